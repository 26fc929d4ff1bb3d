// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import gradus.ConvOptions;
import gradus.Generator;
import gradus.Grad;
import gradus.Parameter;
import gradus.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A chain gives the arrays between its layers to the next results: it computes what its layers
/// compute one by one, and what somebody else may have stays.
class SequentialTest {
  private static final int ROWS = 100;
  private static final int FEATURES = 200;

  /// Large enough for its array to be used again.
  private final Tensor x = new Generator(1).uniform(-1, 1, ROWS, FEATURES);

  static Stream<Supplier<Layer>> layers() {
    return Stream.of(
        ReLU::new,
        ReLU6::new,
        LeakyReLU::new,
        PReLU::new,
        ELU::new,
        SELU::new,
        CELU::new,
        GELU::new,
        SiLU::new,
        Mish::new,
        Sigmoid::new,
        LogSigmoid::new,
        Hardsigmoid::new,
        Hardswish::new,
        Hardtanh::new,
        Hardshrink::new,
        Softshrink::new,
        Softplus::new,
        Softsign::new,
        Tanh::new,
        Tanhshrink::new,
        Identity::new,
        () -> new Softmax(1),
        () -> new LogSoftmax(1),
        () -> new Softmin(1),
        () -> new LayerNorm(FEATURES),
        () -> new RMSNorm(FEATURES),
        () -> new GroupNorm(4, FEATURES),
        () -> new BatchNorm1d(FEATURES),
        () -> new Dropout(0.5),
        () -> new Threshold(0.1, 0.2),
        () -> new Unflatten(1, 10, 20));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void computesWhatItsLayersComputeOneByOne(Supplier<Layer> layer) {
    Generator.seed(3);
    Layer inner = layer.get();
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      layers.add(new Linear(FEATURES, FEATURES));
      layers.add(inner);
      layers.add(new Flatten());
      layers.add(inner instanceof Unflatten ? new ReLU() : inner);
    }
    sameAsOneByOne(layers, x);
  }

  @Test
  void convolutionsAndPoolsToo() {
    Generator.seed(3);
    ConvOptions padded = ConvOptions.defaults().padding(1);
    sameAsOneByOne(
        List.of(
            new Conv2d(3, 8, 3, padded),
            new BatchNorm2d(8),
            new ReLU(),
            new Conv2d(8, 8, 3, padded),
            new Sigmoid(),
            new ConvTranspose2d(8, 8, 3),
            new Tanh(),
            new MaxPool2d(2),
            new Conv2d(8, 8, 3, padded),
            new AvgPool2d(3),
            new Flatten(),
            new Linear(200, 10)),
        new Generator(1).uniform(-1, 1, 16, 3, 28, 28));
  }

  private static void sameAsOneByOne(List<? extends Layer> layers, Tensor x) {
    var net = new Sequential(layers);
    for (boolean training : new boolean[] {true, false}) {
      if (training) {
        net.train();
      } else {
        net.eval();
      }
      float[] before = x.toFloatArray();
      List<float[]> expected = null;
      // The later passes find arrays with other values in them.
      for (int pass = 0; pass < 3; pass++) {
        List<float[]> chain = pass(net, x);
        if (expected == null) {
          expected = oneByOne(layers, net, x);
        }
        assertSame(chain, expected);
        assertThat(x.toFloatArray()).isEqualTo(before);
      }
    }
  }

  private static void assertSame(List<float[]> found, List<float[]> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i)).isEqualTo(expected.get(i));
    }
  }

  private static List<float[]> oneByOne(
      List<? extends Layer> layers, Sequential net, Tensor input) {
    return pass(
        net,
        input,
        x -> {
          Tensor y = x;
          for (Layer layer : layers) {
            y = layer.apply(y);
          }
          return y;
        });
  }

  private static List<float[]> pass(Sequential net, Tensor x) {
    return pass(net, x, net);
  }

  /// The output without a graph, the output with one, and the gradients.
  private static List<float[]> pass(Sequential net, Tensor input, UnaryOperator<Tensor> forward) {
    List<float[]> found = new ArrayList<>();
    Generator.seed(7);
    try (var _ = Grad.off()) {
      found.add(forward.apply(input).toFloatArray());
    }
    Tensor x = input.copy().requiresGrad(true);
    Tensor y = forward.apply(x);
    y.mul(new Generator(9).uniform(-1, 1, y.shape().toArray())).sum().backward();
    found.add(y.toFloatArray());
    found.add(requireNonNull(x.grad()).toFloatArray());
    for (Parameter p : net.parameters()) {
      found.add(requireNonNull(p.grad()).toFloatArray());
      p.zeroGrad();
    }
    return found;
  }
}
