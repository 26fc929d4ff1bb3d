// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Grad;
import gradus.Parameter;
import gradus.Tensor;
import org.jspecify.annotations.Nullable;

/// A table of vectors by number: what words and other discrete things are looked up in.
///
/// Shapes: the input is `[*]` of int64 in 0 … numEmbeddings − 1, the output `[*, embeddingDim]`,
/// the parameter `weight` `[numEmbeddings, embeddingDim]`, which starts standard normal, but 0 in
/// the padding row.
///
/// PyTorch: `torch.nn.Embedding`; gradients are dense, not scaled by frequency.
public final class Embedding extends Layer {
  private static final double NORM_EPS = 1e-7;

  private final Parameter weight;
  private final Options options;

  /// Makes a table of `numEmbeddings` vectors of `embeddingDim` elements, without padding.
  ///
  /// @throws IllegalArgumentException if a size is not positive
  public Embedding(int numEmbeddings, int embeddingDim) {
    this(numEmbeddings, embeddingDim, options());
  }

  /// Makes a table of `numEmbeddings` vectors of `embeddingDim` elements; draws from
  /// [gradus.Generator#current()].
  ///
  /// @throws IllegalArgumentException if a size is not positive or the padding is no row of it
  public Embedding(int numEmbeddings, int embeddingDim, Options options) {
    this(start(numEmbeddings, embeddingDim, options), options);
  }

  private Embedding(Tensor table, Options options) {
    this.weight = new Parameter(table);
    this.options = options.paddingIdx(padding(table.size(0), options));
  }

  /// Returns a layer that holds a copy of `table`, `[numEmbeddings, embeddingDim]`, and is frozen:
  /// PyTorch's `Embedding.from_pretrained`. To train it, `requiresGrad(true)`.
  ///
  /// @throws IllegalArgumentException if `table` is no floating-point matrix
  public static Embedding fromPretrained(Tensor table) {
    return fromPretrained(table, options());
  }

  /// As [#fromPretrained(Tensor)], with options.
  ///
  /// @throws IllegalArgumentException if `table` is no floating-point matrix or the padding is no
  ///   row of it
  public static Embedding fromPretrained(Tensor table, Options options) {
    Check.floating("Embedding", "table", table);
    if (table.dim() != 2) {
      throw new IllegalArgumentException(
          "Embedding: the table " + table.shape() + " is not [numEmbeddings, embeddingDim]");
    }
    var layer = new Embedding(table, options);
    layer.requiresGrad(false);
    return layer;
  }

  /// Returns PyTorch's defaults: no padding, no limit of norms.
  public static Options options() {
    return new Options(null, null, 2);
  }

  /// Settings of an [Embedding].
  ///
  /// @param paddingIdx the row that starts at 0 and gets no gradient; negative ones count from the
  ///   end; null for none
  /// @param maxNorm what the norm of a vector is brought down to when it is looked up; null for no
  ///   limit
  /// @param normType the p of that norm
  public record Options(@Nullable Integer paddingIdx, @Nullable Double maxNorm, double normType) {
    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if `maxNorm` or `normType` is not positive
    public Options {
      if (maxNorm != null) {
        Check.positive("Embedding: maxNorm", maxNorm.doubleValue());
      }
      Check.positive("Embedding: normType", normType);
    }

    /// Returns a copy with another padding row; null for none.
    public Options paddingIdx(@Nullable Integer value) {
      return new Options(value, maxNorm, normType);
    }

    /// Returns a copy with another limit of norms; null for none.
    public Options maxNorm(@Nullable Double value) {
      return new Options(paddingIdx, value, normType);
    }

    /// Returns a copy with another norm.
    public Options normType(double value) {
      return new Options(paddingIdx, maxNorm, value);
    }
  }

  private static Tensor start(int numEmbeddings, int embeddingDim, Options options) {
    Check.positive("Embedding: numEmbeddings", numEmbeddings);
    Check.positive("Embedding: embeddingDim", embeddingDim);
    Integer padding = padding(numEmbeddings, options);
    Tensor table = Tensor.randn(numEmbeddings, embeddingDim);
    if (padding == null) {
      return table;
    }
    Tensor row = Tensor.arange(numEmbeddings).eq(Tensor.scalar(padding.longValue())).unsqueeze(1);
    return Tensor.where(row, Tensor.scalar(0.0), table);
  }

  /// Returns the padding row of a table of `rows`, counted from the beginning.
  private static @Nullable Integer padding(int rows, Options options) {
    Integer padding = options.paddingIdx();
    if (padding == null) {
      return null;
    }
    if (padding < -rows || padding >= rows) {
      throw new IllegalArgumentException(
          "Embedding: paddingIdx: %s is no row of a table of %s".formatted(padding, rows));
    }
    return padding < 0 ? padding + rows : padding;
  }

  /// Returns the table, `[numEmbeddings, embeddingDim]`.
  public Parameter weight() {
    return weight;
  }

  @Override
  protected Tensor forward(Tensor x) {
    if (options.maxNorm() != null) {
      limit(x, options.maxNorm());
    }
    Integer padding = options.paddingIdx();
    return padding == null ? F.embedding(x, weight) : F.embedding(x, weight, padding);
  }

  /// Scales those rows down that `x` names and that are too long.
  private void limit(Tensor x, double maxNorm) {
    try (var _ = Grad.off()) {
      Tensor named =
          Tensor.zeros(weight.dtype(), weight.size(0))
              .scatterAdd(0, x.flatten(), Tensor.ones(weight.dtype(), x.numel()))
              .gt(Tensor.scalar(0.0));
      Tensor norm = weight.norm(options.normType(), 1);
      Tensor tooLong = named.logicalAnd(norm.gt(Tensor.scalar(maxNorm, weight.dtype())));
      Tensor scale = norm.add(NORM_EPS).reciprocal().mul(maxNorm);
      Tensor factor = Tensor.where(tooLong, scale, Tensor.onesLike(scale));
      weight.assign(weight.mul(factor.unsqueeze(1)));
    }
  }

  @Override
  protected String extraRepr() {
    var text = new StringBuilder().append(weight.size(0)).append(", ").append(weight.size(1));
    if (options.paddingIdx() != null) {
      text.append(", padding_idx=").append(options.paddingIdx());
    }
    if (options.maxNorm() != null) {
      text.append(", max_norm=").append(Repr.of(options.maxNorm()));
    }
    if (options.normType() != 2) {
      text.append(", norm_type=").append(Repr.of(options.normType()));
    }
    return text.toString();
  }
}
