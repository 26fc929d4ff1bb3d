// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static gradus.nn.Numbers.assertClose;
import static gradus.nn.Numbers.f64;
import static gradus.nn.Numbers.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.Generator;
import gradus.Tensor;
import org.junit.jupiter.api.Test;

class EmbeddingTest {
  private static final Tensor TABLE = f64(shape(3, 2), 1, 2, 3, 4, 5, 6);

  private static Tensor indices(int[] shape, long... values) {
    return Tensor.of(values, shape);
  }

  @Test
  void looksRowsUp() {
    var layer = Embedding.fromPretrained(TABLE);
    layer.requiresGrad(true);
    Tensor y = layer.apply(indices(shape(2, 2), 2, 0, 2, 1));
    assertThat(y.shape().toArray()).containsExactly(2, 2, 2);
    assertClose(y, 5, 6, 1, 2, 5, 6, 3, 4);
    y.mul(y).sum().backward();
    assertClose(layer.weight().grad(), 2, 4, 6, 8, 20, 24);
    assertClose(layer.apply(indices(shape(), 1)), 3, 4);
    assertThat(layer.apply(indices(shape(0))).shape().toArray()).containsExactly(0, 2);
  }

  @Test
  void paddingGetsNoGradient() {
    for (int padding : new int[] {1, -2}) {
      var layer = Embedding.fromPretrained(TABLE, Embedding.options().paddingIdx(padding));
      layer.requiresGrad(true);
      Tensor y = layer.apply(indices(shape(3), 0, 1, 1));
      assertClose(y, 1, 2, 3, 4, 3, 4);
      y.sum().backward();
      assertClose(layer.weight().grad(), 1, 1, 0, 0, 0, 0);
      assertThat(layer).hasToString("Embedding(3, 2, padding_idx=1)");
    }
  }

  @Test
  void startsStandardNormalButForThePadding() {
    try (var _ = Generator.scope(1)) {
      var layer = new Embedding(50, 40, Embedding.options().paddingIdx(-1));
      assertThat(layer.weight().select(0, 49).abs().max().item()).isZero();
      Tensor drawn = layer.weight().narrow(0, 0, 49);
      assertThat(drawn.mean().item()).isBetween(-0.1, 0.1);
      assertThat(drawn.std().item()).isBetween(0.95, 1.05);
    }
  }

  /// Rows that are looked up are brought down to the norm, to PyTorch's digits, and stay so.
  @Test
  void maxNormShortensWhatIsLookedUp() {
    var layer = Embedding.fromPretrained(TABLE, Embedding.options().maxNorm(5.0));
    double scale = 5 / (Math.sqrt(61) + 1e-7);
    assertClose(layer.apply(indices(shape(2), 2, 0)), 5 * scale, 6 * scale, 1, 2);
    assertClose(layer.weight(), 1, 2, 3, 4, 5 * scale, 6 * scale);
    var taxicab = Embedding.fromPretrained(TABLE, Embedding.options().maxNorm(3.5).normType(1));
    double factor = 3.5 / (7 + 1e-7);
    assertClose(taxicab.apply(indices(shape(1), 1)), 3 * factor, 4 * factor);
    assertThat(taxicab).hasToString("Embedding(3, 2, max_norm=3.5, norm_type=1.0)");
  }

  @Test
  void pretrainedIsFrozen() {
    var layer = Embedding.fromPretrained(TABLE);
    assertThat(layer.weight().requiresGrad()).isFalse();
    assertThat(layer.apply(indices(shape(1), 0)).requiresGrad()).isFalse();
  }

  @Test
  void errors() {
    var layer = Embedding.fromPretrained(TABLE);
    assertThatThrownBy(() -> layer.apply(indices(shape(1), 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3");
    assertThatThrownBy(() -> layer.apply(Tensor.ones(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("int64");
    assertThatThrownBy(() -> new Embedding(0, 2))
        .hasMessage("Embedding: numEmbeddings: 0 is not positive");
    assertThatThrownBy(() -> new Embedding(2, 0))
        .hasMessage("Embedding: embeddingDim: 0 is not positive");
    assertThatThrownBy(() -> new Embedding(3, 2, Embedding.options().paddingIdx(3)))
        .hasMessage("Embedding: paddingIdx: 3 is no row of a table of 3");
    assertThatThrownBy(() -> Embedding.fromPretrained(Tensor.ones(3)))
        .hasMessage("Embedding: the table [3] is not [numEmbeddings, embeddingDim]");
    assertThatThrownBy(() -> F.embedding(indices(shape(1), 0), Tensor.ones(3)))
        .hasMessage("embedding: the weight [3] is not [numEmbeddings, embeddingDim]");
    assertThatThrownBy(() -> Embedding.fromPretrained(indices(shape(1, 1), 1)))
        .hasMessageStartingWith("Embedding: the table [1, 1] is int64, not floating");
    assertThatThrownBy(() -> Embedding.options().maxNorm(0.0))
        .hasMessage("Embedding: maxNorm: 0.0 is not in (0, ∞)");
    assertThatThrownBy(() -> Embedding.options().normType(-1))
        .hasMessage("Embedding: normType: -1.0 is not in (0, ∞]");
  }
}
