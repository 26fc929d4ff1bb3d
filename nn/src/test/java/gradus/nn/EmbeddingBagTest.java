// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static gradus.nn.Numbers.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.Generator;
import gradus.Tensor;
import org.junit.jupiter.api.Test;

/// What `golden-variants` does not say of [EmbeddingBag]: where it starts, how it prints, what it
/// refuses.
class EmbeddingBagTest {
  private static final Tensor TABLE = Tensor.of(0, 1, 2, 3, 4, 5).reshape(3, 2);

  private static Tensor longs(long... values) {
    return Tensor.of(values);
  }

  private static Tensor bag(EmbeddingBag.Mode mode, Tensor indices, Tensor offsets) {
    return F.embeddingBag(indices, TABLE, offsets, null, EmbeddingBag.options().mode(mode));
  }

  @Test
  void addsAveragesAndTakesTheLargest() {
    Tensor indices = longs(0, 2, 1);
    Tensor offsets = longs(0, 2, 2);
    assertClose(bag(EmbeddingBag.Mode.SUM, indices, offsets), 4, 6, 0, 0, 2, 3);
    assertClose(bag(EmbeddingBag.Mode.MEAN, indices, offsets), 2, 3, 0, 0, 2, 3);
    assertClose(bag(EmbeddingBag.Mode.MAX, indices, offsets), 4, 5, 0, 0, 2, 3);
    assertClose(bag(EmbeddingBag.Mode.MAX, longs(), longs(0)), 0, 0);
  }

  @Test
  void startsWithZerosInThePaddingRowAlone() {
    try (var _ = Generator.scope(1)) {
      var bag = new EmbeddingBag(3, 2, EmbeddingBag.options().paddingIdx(-2));
      assertThat(bag.weight().eq(0).toBooleanArray())
          .containsExactly(false, false, true, true, false, false);
      assertThat(bag).hasToString("EmbeddingBag(3, 2, mode=mean, padding_idx=1)");
    }
    var options = EmbeddingBag.options().mode(EmbeddingBag.Mode.SUM).maxNorm(1.0).normType(1);
    assertThat(new EmbeddingBag(3, 2, options.scaleGradByFreq(true)))
        .hasToString(
            "EmbeddingBag(3, 2, max_norm=1.0, norm_type=1.0, scale_grad_by_freq=True, mode=sum)");
  }

  /// PyTorch 1.13.1 divides by another row's frequency, so that its numbers are of no use here.
  @Test
  void dividesGradientsByFrequency() {
    var options = EmbeddingBag.options().mode(EmbeddingBag.Mode.SUM).scaleGradByFreq(true);
    var bag = new EmbeddingBag(3, 1, options);
    bag.apply(longs(0, 1, 1, 1), longs(0, 2)).sum().backward();
    assertClose(bag.weight().grad(), 1, 1, 0);
  }

  @Test
  void errors() {
    var bag = new EmbeddingBag(3, 2);
    assertThatThrownBy(() -> bag.apply(longs(0, 1)))
        .hasMessage(
            "embeddingBag: the indices are [2]; without offsets they need [B, N], a bag in each"
                + " row");
    assertThatThrownBy(() -> bag.apply(longs(0, 1), longs(1)))
        .hasMessage(
            "embeddingBag: the offsets [1] do not start at 0 and ascend to at most 2, the number of"
                + " indices");
    assertThatThrownBy(() -> bag.apply(longs(0, 1), longs(0, 3)))
        .hasMessageContaining("do not start at 0 and ascend to at most 2");
    assertThatThrownBy(() -> bag.apply(longs(0, 1).reshape(1, 2), longs(0)))
        .hasMessage(
            "embeddingBag: the indices are [1, 2] and the offsets [1] of int64; they need [*] and"
                + " [B] of int64");
    assertThatThrownBy(() -> bag.apply(longs(0, 1), longs(0), Tensor.ones(2)))
        .hasMessage(
            "embeddingBag: perSampleWeights [2] for indices [2] and mode MEAN; they need the same"
                + " shape and SUM");
    assertThatThrownBy(
            () ->
                F.embeddingBag(
                    longs(0), TABLE, longs(0), null, EmbeddingBag.options().maxNorm(1.0)))
        .hasMessage(
            "embeddingBag: maxNorm changes the table, which only the layer EmbeddingBag can do");
    assertThatThrownBy(() -> F.embedding(longs(0), TABLE, Embedding.options().maxNorm(1.0)))
        .hasMessage("embedding: maxNorm changes the table, which only the layer Embedding can do");
    assertThatThrownBy(
            () -> EmbeddingBag.options().scaleGradByFreq(true).mode(EmbeddingBag.Mode.MAX))
        .hasMessage("EmbeddingBag: scaleGradByFreq does not go with the mode MAX");
    assertThatThrownBy(() -> new EmbeddingBag(3, 2, EmbeddingBag.options().paddingIdx(3)))
        .hasMessage("EmbeddingBag: paddingIdx: 3 is no row of a table of 3");
    assertThatThrownBy(() -> EmbeddingBag.options().maxNorm(0.0))
        .hasMessage("EmbeddingBag: maxNorm: 0.0 is not in (0, ∞)");
  }
}
