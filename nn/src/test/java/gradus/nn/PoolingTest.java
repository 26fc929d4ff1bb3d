// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static gradus.nn.Numbers.assertClose;
import static gradus.nn.Numbers.f64;
import static gradus.nn.Numbers.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.AvgPoolOptions;
import gradus.MaxPoolOptions;
import gradus.MaxResult;
import gradus.Shape;
import gradus.Tensor;
import gradus.UnfoldOptions;
import org.junit.jupiter.api.Test;

/// The layers that look at windows or change sizes; against PyTorch's numbers they are held by the
/// golden cases.
class PoolingTest {
  private static Tensor numbers(int... shape) {
    return Tensor.arange(Shape.of(shape).numel()).to(gradus.DType.FLOAT64).reshape(shape);
  }

  @Test
  void poolings() {
    assertClose(new MaxPool1d(2).apply(f64(shape(1, 5), 3, 1, -2, -1, 9)), 3, -1);
    assertClose(new AvgPool1d(2).apply(f64(shape(1, 5), 3, 1, -2, -1, 9)), 2, -1.5);
    Tensor x = numbers(1, 4, 4);
    assertClose(new MaxPool2d(2).apply(x), 5, 7, 13, 15);
    assertClose(new AvgPool2d(2).apply(x), 2.5, 4.5, 10.5, 12.5);
    assertClose(new AdaptiveAvgPool1d(2).apply(f64(shape(1, 3), 1, 2, 6)), 1.5, 4);
    assertClose(new AdaptiveAvgPool2d(1).apply(x), 7.5);
    assertClose(new AdaptiveAvgPool2d(1, -1).apply(x), 6, 7, 8, 9);
    assertClose(new AdaptiveMaxPool2d(1, 2).apply(x), 13, 15);
    assertClose(F.avgPool1d(f64(shape(1, 2), 1, 3), 2), 2);
    assertClose(F.maxPool1d(f64(shape(1, 2), 1, 3), 2), 3);
    assertClose(F.avgPool2d(x, 4), 7.5);
    assertClose(F.maxPool2d(x, 4), 15);
  }

  @Test
  void theFirstOfEqualsIsPickedAndTheLastNaN() {
    double nan = Double.NaN;
    Tensor x = f64(shape(1, 4), 2, 2, 1, 2);
    assertThat(x.maxPool1dWithIndices(MaxPoolOptions.kernel(4)).indices().toLongArray())
        .containsExactly(0);
    MaxResult max = f64(shape(1, 4), 2, nan, nan, 3).maxPool1dWithIndices(MaxPoolOptions.kernel(4));
    assertThat(max.indices().toLongArray()).containsExactly(2);
    assertThat(max.values().item()).isNaN();
    Tensor lost = f64(shape(1, 2), -1 / 0.0, -1 / 0.0);
    assertThat(lost.maxPool1dWithIndices(MaxPoolOptions.kernel(2)).indices().toLongArray())
        .containsExactly(0);
  }

  @Test
  void windowsOfABatchOfNothing() {
    Tensor x = Tensor.zeros(0, 3, 4, 4);
    assertThat(new MaxPool2d(2).apply(x).shape()).isEqualTo(Shape.of(0, 3, 2, 2));
    assertThat(new AdaptiveAvgPool2d(3).apply(x).shape()).isEqualTo(Shape.of(0, 3, 3, 3));
    assertThat(new Conv2d(3, 5, 3).apply(x).shape()).isEqualTo(Shape.of(0, 5, 2, 2));
  }

  @Test
  void windowsAsColumns() {
    var options = UnfoldOptions.kernel(2).stride(2);
    Tensor x = numbers(1, 1, 4, 4);
    Tensor columns = new Unfold(options).apply(x);
    assertClose(columns, 0, 2, 8, 10, 1, 3, 9, 11, 4, 6, 12, 14, 5, 7, 13, 15);
    assertThat(columns.shape()).isEqualTo(Shape.of(1, 4, 4));
    assertClose(new Fold(Shape.of(4, 4), options).apply(columns), x.toDoubleArray());
    Tensor often = new Fold(Shape.of(3), UnfoldOptions.kernel(2)).apply(Tensor.ones(4, 4));
    assertThat(often.toFloatArray()).containsExactly(1, 2, 1, 2, 4, 2, 1, 2, 1);
    assertThat(new Unfold(2).apply(x).shape()).isEqualTo(Shape.of(1, 4, 9));
  }

  @Test
  void pixelsOfChannels() {
    Tensor x = numbers(1, 4, 1, 2);
    Tensor y = new PixelShuffle(2).apply(x);
    assertClose(y, 0, 2, 1, 3, 4, 6, 5, 7);
    assertThat(y.shape()).isEqualTo(Shape.of(1, 1, 2, 4));
    assertClose(F.pixelUnshuffle(y, 2), x.toDoubleArray());
    assertThatThrownBy(() -> F.pixelShuffle(Tensor.zeros(1, 6, 2, 2), 2))
        .hasMessage("pixelShuffle: the input [1, 6, 2, 2] is not [*, C · 4, H, W]");
    assertThatThrownBy(() -> F.pixelUnshuffle(Tensor.zeros(1, 6, 2, 3), 2))
        .hasMessage("pixelUnshuffle: the input [1, 6, 2, 3] is not [*, C, H · 2, W · 2]");
    assertThatThrownBy(() -> new PixelShuffle(0))
        .hasMessage("PixelShuffle: upscaleFactor: 0 is not positive");
  }

  @Test
  void otherSizes() {
    Tensor row = f64(shape(1, 1, 3), 1, 2, 4);
    assertClose(new Upsample(2).apply(row), 1, 1, 2, 2, 4, 4);
    assertClose(new Upsample(Upsample.size(2)).apply(row), 1, 2);
    var linear = Upsample.size(5).mode(Upsample.Mode.LINEAR);
    assertClose(new Upsample(linear).apply(row), 1, 1.4, 2, 3.2, 4);
    assertClose(new Upsample(linear.alignCorners(true)).apply(row), 1, 1.5, 2, 3, 4);
    Tensor image = f64(shape(1, 1, 2, 2), 0, 1, 2, 3);
    var corners = Upsample.size(3, 2).mode(Upsample.Mode.BILINEAR).alignCorners(true);
    assertClose(F.interpolate(image, corners), 0, 1, 1, 2, 2, 3);
    var cube = Upsample.scale(1.5).mode(Upsample.Mode.TRILINEAR);
    assertThat(F.interpolate(Tensor.zeros(1, 1, 2, 4, 6), cube).shape())
        .isEqualTo(Shape.of(1, 1, 3, 6, 9));
  }

  @Test
  void otherSizesThatCannotBe() {
    Tensor image = Tensor.zeros(1, 1, 2, 2);
    assertThatThrownBy(() -> F.interpolate(image, Upsample.size(3).mode(Upsample.Mode.LINEAR)))
        .hasMessage(
            "interpolate: the input [1, 1, 2, 2] has 4 dimensions, not the 3 of mode LINEAR");
    assertThatThrownBy(() -> F.interpolate(Tensor.zeros(2, 2), Upsample.size(3)))
        .hasMessage(
            "interpolate: the input [2, 2] has 2 dimensions, not the 3 to 5 of mode NEAREST");
    assertThatThrownBy(() -> F.interpolate(image, Upsample.scale(0.4)))
        .hasMessage("interpolate: the input [1, 1, 2, 2] would become of size 0 in dimension 2");
    assertThatThrownBy(() -> F.interpolate(image, Upsample.size(1, 2, 3)))
        .hasMessage("interpolate: size [1, 2, 3]: expected one number or 2");
    assertThatThrownBy(() -> new Upsample(0))
        .hasMessage("upsample: scaleFactor: 0.0 is not in (0, ∞)");
    assertThatThrownBy(() -> new Upsample.Options(null, null, Upsample.Mode.NEAREST, false, false))
        .hasMessage("upsample: size null and scaleFactor null: expected one of them");
  }

  @Test
  void printLikePyTorch() {
    assertThat(new MaxPool2d(2))
        .hasToString("MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)");
    assertThat(new MaxPool1d(MaxPoolOptions.kernel(3).stride(1).padding(1).ceilMode(true)))
        .hasToString("MaxPool1d(kernel_size=3, stride=1, padding=1, dilation=1, ceil_mode=True)");
    assertThat(new AvgPool2d(AvgPoolOptions.kernel(2, 3)))
        .hasToString("AvgPool2d(kernel_size=(2, 3), stride=(2, 3), padding=0)");
    assertThat(new AvgPool1d(2))
        .hasToString("AvgPool1d(kernel_size=(2,), stride=(2,), padding=(0,))");
    assertThat(new AdaptiveAvgPool2d(1)).hasToString("AdaptiveAvgPool2d(output_size=1)");
    assertThat(new AdaptiveMaxPool2d(-1, 2))
        .hasToString("AdaptiveMaxPool2d(output_size=(None, 2))");
    assertThat(new AdaptiveAvgPool1d(4)).hasToString("AdaptiveAvgPool1d(output_size=4)");
    assertThat(new Upsample(2)).hasToString("Upsample(scale_factor=2.0, mode='nearest')");
    assertThat(new Upsample(Upsample.size(4, 5).mode(Upsample.Mode.BILINEAR)))
        .hasToString("Upsample(size=(4, 5), mode='bilinear')");
    assertThat(new PixelShuffle(3)).hasToString("PixelShuffle(upscale_factor=3)");
    assertThat(new Unfold(2)).hasToString("Unfold(kernel_size=2, dilation=1, padding=0, stride=1)");
    assertThat(new Fold(Shape.of(4, 5), UnfoldOptions.kernel(2)))
        .hasToString("Fold(output_size=(4, 5), kernel_size=2, dilation=1, padding=0, stride=1)");
  }
}
