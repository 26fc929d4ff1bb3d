// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Parameter;
import gradus.Tensor;
import org.jspecify.annotations.Nullable;

/// A table of vectors by number: what words and other discrete things are looked up in.
///
/// Shapes: the input is `[*]` of int64 in 0 … numEmbeddings − 1, the output `[*, embeddingDim]`,
/// the parameter `weight` `[numEmbeddings, embeddingDim]`, which starts standard normal, but 0 in
/// the padding row.
///
/// PyTorch: `torch.nn.Embedding`; gradients are dense.
public final class Embedding extends Layer {
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
    this(Lookup.start("Embedding", numEmbeddings, embeddingDim, options.paddingIdx()), options);
  }

  private Embedding(Tensor table, Options options) {
    this.weight = new Parameter(table);
    this.options =
        options.paddingIdx(Lookup.padding("Embedding", table.size(0), options.paddingIdx()));
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
    return new Options(null, null, 2, false);
  }

  /// Settings of an [Embedding].
  ///
  /// @param paddingIdx the row that starts at 0 and gets no gradient; negative ones count from the
  ///   end; null for none
  /// @param maxNorm what the norm of a vector is brought down to when it is looked up; null for no
  ///   limit
  /// @param normType the p of that norm
  /// @param scaleGradByFreq whether to divide the gradient of a vector by how often it was looked
  ///   up
  public record Options(
      @Nullable Integer paddingIdx,
      @Nullable Double maxNorm,
      double normType,
      boolean scaleGradByFreq) {
    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if `maxNorm` or `normType` is not positive
    public Options {
      if (maxNorm != null) {
        Check.positive("Embedding: maxNorm", maxNorm.doubleValue());
      }
      Check.norm("Embedding: normType", normType);
    }

    /// Returns a copy with another padding row; null for none.
    public Options paddingIdx(@Nullable Integer value) {
      return new Options(value, maxNorm, normType, scaleGradByFreq);
    }

    /// Returns a copy with another limit of norms; null for none.
    public Options maxNorm(@Nullable Double value) {
      return new Options(paddingIdx, value, normType, scaleGradByFreq);
    }

    /// Returns a copy with another norm.
    public Options normType(double value) {
      return new Options(paddingIdx, maxNorm, value, scaleGradByFreq);
    }

    /// Returns a copy whose gradients are scaled by frequency, or not.
    public Options scaleGradByFreq(boolean value) {
      return new Options(paddingIdx, maxNorm, normType, value);
    }
  }

  /// Returns the table, `[numEmbeddings, embeddingDim]`.
  public Parameter weight() {
    return weight;
  }

  @Override
  protected Tensor forward(Tensor x) {
    Double maxNorm = options.maxNorm();
    if (maxNorm != null) {
      Lookup.limit(weight, x, maxNorm, options.normType());
    }
    return Lookup.rows(x, weight, options.paddingIdx(), options.scaleGradByFreq());
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
    if (options.scaleGradByFreq()) {
      text.append(", scale_grad_by_freq=True");
    }
    return text.toString();
  }
}
