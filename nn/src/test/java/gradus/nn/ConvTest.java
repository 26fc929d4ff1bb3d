// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static gradus.nn.Numbers.assertClose;
import static gradus.nn.Numbers.f64;
import static gradus.nn.Numbers.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.DType;
import gradus.Generator;
import gradus.Padding;
import gradus.Parameter;
import gradus.Shape;
import gradus.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The layers that convolve; against PyTorch's numbers they are held by the golden cases.
class ConvTest {
  @Test
  void aKernelSlidesOverTheInput() {
    var conv = new Conv1d(1, 1, 2);
    conv.to(DType.FLOAT64);
    conv.weight().assign(f64(shape(1, 1, 2), 1, -2));
    conv.bias().assign(f64(shape(1), 0.5));
    assertClose(conv.apply(f64(shape(1, 1, 4), 1, 2, 4, 8)), -2.5, -5.5, -11.5);
    assertClose(conv.apply(f64(shape(1, 3), 1, 2, 4)), -2.5, -5.5);
  }

  @Test
  void theTransposedKernelIsLaidDownForEachInput() {
    var conv = new ConvTranspose1d(1, 1, 2, ConvTranspose.options().stride(2));
    conv.to(DType.FLOAT64);
    conv.weight().assign(f64(shape(1, 1, 2), 1, -2));
    conv.bias().assign(f64(shape(1), 0.5));
    assertClose(conv.apply(f64(shape(1, 1, 2), 1, 2)), 1.5, -1.5, 2.5, -3.5);
  }

  @Test
  void shapes() {
    Tensor x = Tensor.zeros(2, 4, 9, 8);
    assertThat(new Conv2d(4, 6, 3).apply(x).shape()).isEqualTo(Shape.of(2, 6, 7, 6));
    var options = Conv2d.options().stride(2).padding(1).groups(2);
    assertThat(new Conv2d(4, 6, 3, options).apply(x).shape()).isEqualTo(Shape.of(2, 6, 5, 4));
    var same = Conv2d.options().padding(Padding.SAME);
    assertThat(Conv2d.withoutBias(4, 6, Shape.of(3, 2), same).apply(x).shape())
        .isEqualTo(Shape.of(2, 6, 9, 8));
    var up = ConvTranspose2d.options().stride(2).padding(1).outputPadding(1);
    assertThat(new ConvTranspose2d(4, 6, 3, up).apply(x).shape()).isEqualTo(Shape.of(2, 6, 18, 16));
  }

  @Test
  void state() {
    var grouped = new Conv2d(4, 6, 3, Conv2d.options().groups(2));
    assertThat(grouped.stateDict().keySet()).containsExactly("weight", "bias");
    assertThat(grouped.weight().shape()).isEqualTo(Shape.of(6, 2, 3, 3));
    var transposed = new ConvTranspose2d(4, 6, 3, ConvTranspose2d.options().groups(2));
    assertThat(transposed.weight().shape()).isEqualTo(Shape.of(4, 3, 3, 3));
    assertThat(transposed.bias().shape()).isEqualTo(Shape.of(6));
    assertThat(Conv1d.withoutBias(1, 2, 3, Conv1d.options()).stateDict().keySet())
        .containsExactly("weight");
    assertThat(ConvTranspose1d.withoutBias(1, 2, 3, ConvTranspose1d.options()).bias()).isNull();
    var narrow = ConvTranspose2d.withoutBias(1, 2, 3, ConvTranspose2d.options());
    assertThat(narrow.bias()).isNull();
  }

  @Test
  void startsUniformInOneOverTheRootOfTheProductsInputs() {
    try (var _ = Generator.scope(3)) {
      for (Layer layer :
          List.of(
              new Conv2d(8, 200, 5, Conv2d.options().groups(2)),
              new ConvTranspose2d(200, 8, 5, ConvTranspose2d.options().groups(2)))) {
        Parameter weight = layer.parameters().getFirst();
        assertThat(weight.abs().max().item()).isBetween(0.0999, 0.1);
        assertThat(weight.mean().item()).isBetween(-0.001, 0.001);
      }
    }
  }

  @Test
  void printsLikePyTorch() {
    assertThat(new Conv1d(1, 2, 3)).hasToString("Conv1d(1, 2, kernel_size=(3,), stride=(1,))");
    assertThat(new Conv2d(3, 32, 3, Conv2d.options().padding(1)))
        .hasToString("Conv2d(3, 32, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1))");
    assertThat(
            Conv2d.withoutBias(
                4,
                6,
                Shape.of(3, 2),
                Conv2d.options().stride(2, 1).padding(Padding.SAME).dilation(2).groups(2)))
        .hasToString(
            "Conv2d(4, 6, kernel_size=(3, 2), stride=(2, 1), padding=same, dilation=(2, 2),"
                + " groups=2, bias=False)");
    assertThat(
            new ConvTranspose2d(
                4, 6, 3, ConvTranspose2d.options().stride(2).padding(0, 1).outputPadding(1)))
        .hasToString(
            "ConvTranspose2d(4, 6, kernel_size=(3, 3), stride=(2, 2), padding=(0, 1),"
                + " output_padding=(1, 1))");
  }

  @Test
  void errors() {
    assertThatThrownBy(() -> new Conv2d(0, 2, 3))
        .hasMessage("Conv2d: inChannels: 0 is not positive");
    assertThatThrownBy(() -> new Conv1d(1, 0, 3))
        .hasMessage("Conv1d: outChannels: 0 is not positive");
    assertThatThrownBy(() -> new Conv2d(1, 2, 0))
        .hasMessage("Conv2d: kernelSize [0, 0] is not 2 positive numbers");
    assertThatThrownBy(() -> new Conv2d(1, 2, Shape.of(3), Conv2d.options()))
        .hasMessage("Conv2d: kernelSize [3] is not 2 positive numbers");
    assertThatThrownBy(() -> new ConvTranspose2d(3, 2, 3, ConvTranspose2d.options().groups(2)))
        .hasMessage(
            "ConvTranspose2d: 3 input and 2 output channels cannot both be divided into 2 groups");
    assertThatThrownBy(() -> new Conv2d(3, 4, 3).apply(Tensor.zeros(1, 2, 8, 8)))
        .hasMessage(
            "conv2d: the input [1, 2, 8, 8] has 2 channels, but the weight [4, 3, 3, 3] with"
                + " 1 group takes 3");
  }
}
