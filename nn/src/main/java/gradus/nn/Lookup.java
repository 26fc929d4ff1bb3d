// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.CustomOp;
import gradus.Grad;
import gradus.Parameter;
import gradus.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What [Embedding] and [EmbeddingBag] do with their tables.
final class Lookup {
  private static final double NORM_EPS = 1e-7;

  private Lookup() {}

  /// Returns a new table, standard normal but for a padding row of zeros; draws from
  /// [gradus.Generator#current()].
  static Tensor start(
      String layer, int numEmbeddings, int embeddingDim, @Nullable Integer paddingIdx) {
    Check.positive(layer + ": numEmbeddings", numEmbeddings);
    Check.positive(layer + ": embeddingDim", embeddingDim);
    Integer padding = padding(layer, numEmbeddings, paddingIdx);
    Tensor table = Tensor.randn(numEmbeddings, embeddingDim);
    if (padding == null) {
      return table;
    }
    Tensor row = Tensor.arange(numEmbeddings).eq(Tensor.scalar(padding.longValue())).unsqueeze(1);
    return Tensor.where(row, Tensor.scalar(0.0), table);
  }

  /// Returns the padding row of a table of `rows`, counted from the beginning.
  static @Nullable Integer padding(String layer, int rows, @Nullable Integer padding) {
    if (padding == null) {
      return null;
    }
    if (padding < -rows || padding >= rows) {
      throw new IllegalArgumentException(
          "%s: paddingIdx: %s is no row of a table of %s".formatted(layer, padding, rows));
    }
    return padding < 0 ? padding + rows : padding;
  }

  /// Scales those rows of `weight` down that `indices` name and that are too long.
  static void limit(Parameter weight, Tensor indices, double maxNorm, double normType) {
    try (var _ = Grad.off()) {
      Tensor named =
          Tensor.zeros(weight.dtype(), weight.size(0))
              .scatterAdd(0, indices.flatten(), Tensor.ones(weight.dtype(), indices.numel()))
              .gt(Tensor.scalar(0.0));
      Tensor norm = weight.norm(normType, 1);
      Tensor tooLong = named.logicalAnd(norm.gt(Tensor.scalar(maxNorm, weight.dtype())));
      Tensor scale = norm.add(NORM_EPS).reciprocal().mul(maxNorm);
      Tensor factor = Tensor.where(tooLong, scale, Tensor.onesLike(scale));
      weight.assign(weight.mul(factor.unsqueeze(1)));
    }
  }

  /// Returns the rows that `indices` name: `[*]` and `[n, d]` give `[*, d]`.
  ///
  /// @param paddingIdx the row that gets no gradient, or null
  /// @param byFrequency whether a row's gradient is divided by how often it is named
  static Tensor rows(
      Tensor indices, Tensor weight, @Nullable Integer paddingIdx, boolean byFrequency) {
    if (weight.dim() != 2) {
      throw new IllegalArgumentException(
          "embedding: the weight " + weight.shape() + " is not [numEmbeddings, embeddingDim]");
    }
    int[] shape = Arrays.copyOf(indices.shape().toArray(), indices.dim() + 1);
    shape[indices.dim()] = weight.size(1);
    Tensor flat = weight.indexSelect(0, indices.flatten());
    Tensor rows = (byFrequency ? byFrequency(flat, indices, weight.size(0)) : flat).reshape(shape);
    if (paddingIdx == null) {
      return rows;
    }
    long row = paddingIdx < 0 ? paddingIdx + weight.size(0) : paddingIdx;
    Tensor padding = indices.eq(Tensor.scalar(row)).unsqueeze(-1);
    return Tensor.where(padding, rows.detach(), rows);
  }

  /// Returns `rows` with gradients divided by how often `indices` name each of them.
  private static Tensor byFrequency(Tensor rows, Tensor indices, int count) {
    Tensor flat = indices.flatten();
    Tensor frequency = flat.bincount(count).indexSelect(0, flat).to(rows.dtype()).unsqueeze(1);
    return new DividedGradient(frequency).apply(rows);
  }

  /// The input itself, whose gradient is divided by a number for each row.
  private static final class DividedGradient extends CustomOp {
    private final Tensor divisor;

    DividedGradient(Tensor divisor) {
      this.divisor = divisor;
    }

    @Override
    protected Tensor forward(Context context, List<Tensor> inputs) {
      return inputs.getFirst();
    }

    @Override
    protected List<Tensor> vjp(Context context, Tensor grad) {
      return List.of(grad.div(divisor));
    }
  }
}
