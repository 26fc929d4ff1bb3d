// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.Generator;
import gradus.Grad;
import gradus.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The dropouts beside the plain one, and sampling at test time.
class DropoutTest {
  @Test
  void wholeChannelsAreDropped() {
    try (var _ = Generator.scope(2)) {
      assertChannels(new Dropout1d(0.25).apply(Tensor.ones(40, 5, 7)), 7, 4.0 / 3);
      assertChannels(new Dropout1d(0.25).apply(Tensor.ones(200, 7)), 7, 4.0 / 3);
      assertChannels(new Dropout2d(0.25).apply(Tensor.ones(40, 5, 2, 3)), 6, 4.0 / 3);
    }
  }

  /// Each run of `size` elements is 0 or `scale` throughout, a quarter of them 0.
  private static void assertChannels(Tensor y, int size, double scale) {
    Tensor runs = y.reshape(-1, size);
    assertThat(runs.amax(1).toFloatArray()).isEqualTo(runs.amin(1).toFloatArray());
    int dropped = 0;
    for (float value : runs.select(1, 0).toFloatArray()) {
      assertThat(value).isIn(0f, (float) scale);
      dropped += value == 0 ? 1 : 0;
    }
    assertThat(dropped / (double) runs.size(0)).isBetween(0.15, 0.35);
  }

  @Test
  void alphaDropoutKeepsMeanAndVariance() {
    try (var _ = Generator.scope(3)) {
      Tensor x = Tensor.randn(100, 50, 20);
      for (Layer layer : new Layer[] {new AlphaDropout(0.2), new FeatureAlphaDropout(0.2)}) {
        Tensor y = layer.apply(x);
        assertThat(y.mean().item()).isCloseTo(0, within(0.05));
        assertThat(y.std().item()).isCloseTo(1, within(0.05));
      }
    }
  }

  @Test
  void alphaDropoutSetsToTheLowerLimitOfSelu() {
    double limit = -1.0507009873554805 * 1.6732632423543772;
    double p = 0.3;
    double a = 1 / Math.sqrt((1 - p) * (1 + p * limit * limit));
    double b = -a * limit * p;
    try (var _ = Generator.scope(4)) {
      Tensor x = Tensor.full(2.0, 500);
      float[] y = new AlphaDropout(p).apply(x).toFloatArray();
      int dropped = 0;
      for (float value : y) {
        boolean out = value < 0;
        dropped += out ? 1 : 0;
        assertThat((double) value).isCloseTo(a * (out ? limit : 2) + b, within(1e-5));
      }
      assertThat(dropped).isBetween(110, 190);
      Tensor channels = new FeatureAlphaDropout(p).apply(Tensor.full(2.0, 9, 8, 5));
      assertThat(channels.amax(2).toFloatArray()).isEqualTo(channels.amin(2).toFloatArray());
      assertThat(channels.lt(Tensor.scalar(0.0)).any().item()).isEqualTo(1);
    }
  }

  static Stream<DropoutLayer> layers() {
    return Stream.of(
        new Dropout(),
        new Dropout1d(),
        new Dropout2d(),
        new AlphaDropout(),
        new FeatureAlphaDropout());
  }

  @Test
  void allReturnTheirInputInEvaluationAndPrintAsInPyTorch() {
    Tensor x = Tensor.ones(2, 3, 4, 5);
    layers()
        .forEach(
            layer -> {
              layer.eval();
              assertThat(layer.apply(x)).isSameAs(x);
              assertThat(layer.p()).isEqualTo(0.5);
              assertThat(layer)
                  .hasToString(layer.getClass().getSimpleName() + "(p=0.5, inplace=False)");
            });
    assertThat(F.alphaDropout(x, 0)).isSameAs(x);
    assertThat(F.alphaDropout(x, 1).sum().item()).isZero();
  }

  /// The programme of [DropoutLayer]'s Javadoc: the samples differ, their mean is near what the
  /// network computes without dropout, and the other layers stay in evaluation.
  @Test
  void monteCarloDropoutSamplesAtTestTime() {
    try (var _ = Generator.scope(5)) {
      var model =
          new Sequential(
              new Linear(4, 64),
              new BatchNorm1d(64),
              new ReLU(),
              new Dropout(0.2),
              new Linear(64, 3));
      Tensor x = Tensor.randn(6, 4);
      try (var _ = model.evaluating();
          var _ = Grad.off()) {
        Tensor plain = model.apply(x).softmax(1);
        model.apply(
            m -> {
              if (m instanceof DropoutLayer) {
                m.train();
              }
            });
        Tensor samples =
            Tensor.stack(Stream.generate(() -> model.apply(x).softmax(1)).limit(200).toList(), 0);
        assertThat(samples.shape().toArray()).containsExactly(200, 6, 3);
        assertThat(samples.std(0).min().item()).isPositive();
        assertThat(samples.mean(0).sub(plain).abs().max().item()).isLessThan(0.05);
        assertThat(model.children().get(1).isTraining()).isFalse();
      }
    }
  }

  @Test
  void errors() {
    assertThatThrownBy(() -> new Dropout1d().apply(Tensor.ones(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dropout1d: the input [3] is neither [N, C, L] nor [C, L]");
    assertThatThrownBy(() -> new Dropout2d().apply(Tensor.ones(3, 4, 5)))
        .hasMessage(
            "dropout2d: the input [3, 4, 5] is not [N, C, H, W]; for one image x.unsqueeze(0), for"
                + " [N, C, L] dropout1d");
    assertThatThrownBy(() -> new FeatureAlphaDropout().apply(Tensor.ones(3)))
        .hasMessage("featureAlphaDropout: the input [3] is not [N, C, …]");
    assertThatThrownBy(() -> new AlphaDropout(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("alphaDropout: p: 2.0 is not in [0, 1]");
    assertThatThrownBy(() -> F.alphaDropout(Tensor.of(new long[] {1}), 0.5))
        .hasMessageStartingWith("alphaDropout: the input [1] is int64, not floating");
  }
}
