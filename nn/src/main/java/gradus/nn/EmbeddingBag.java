// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Parameter;
import gradus.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Sums, means or maxima of bags of vectors, looked up by number in a table: as an [Embedding]
/// whose result is put together bag by bag. The vector of an empty bag is 0.
///
/// Shapes: the input is `[B, N]` of int64, a bag in each row, or `[*]` with offsets `[B]`, where
/// each bag starts; the output is `[B, embeddingDim]`, the parameter `weight` `[numEmbeddings,
/// embeddingDim]`, which starts standard normal, but 0 in the padding row. Rows of the padding do
/// not count as members of their bags.
///
/// ```java
/// var bags = new EmbeddingBag(1000, 16, EmbeddingBag.options().mode(EmbeddingBag.Mode.SUM));
/// Tensor two = bags.apply(Tensor.of(7, 3, 4), Tensor.of(0, 1)); // 7 alone; 3 and 4
/// ```
///
/// PyTorch: `torch.nn.EmbeddingBag`; gradients are dense.
public final class EmbeddingBag extends Module {
  private final Parameter weight;
  private final Options options;

  /// Makes a table of `numEmbeddings` vectors of `embeddingDim` elements, for means.
  ///
  /// @throws IllegalArgumentException if a size is not positive
  public EmbeddingBag(int numEmbeddings, int embeddingDim) {
    this(numEmbeddings, embeddingDim, options());
  }

  /// Makes a table of `numEmbeddings` vectors of `embeddingDim` elements; draws from
  /// [gradus.Generator#current()].
  ///
  /// @throws IllegalArgumentException if a size is not positive or the padding is no row of it
  public EmbeddingBag(int numEmbeddings, int embeddingDim, Options options) {
    weight =
        new Parameter(
            Lookup.start("EmbeddingBag", numEmbeddings, embeddingDim, options.paddingIdx()));
    this.options =
        options.paddingIdx(Lookup.padding("EmbeddingBag", numEmbeddings, options.paddingIdx()));
  }

  /// Returns PyTorch's defaults: means, no limit of norms, no padding, offsets without an end.
  public static Options options() {
    return new Options(Mode.MEAN, null, 2, false, false, null);
  }

  /// What becomes of the vectors in a bag.
  public enum Mode {
    /// They are added, each times its weight if there are weights.
    SUM,
    /// They are averaged.
    MEAN,
    /// The largest of each element is taken; gradients flow to the first of equal ones.
    MAX
  }

  /// Settings of an [EmbeddingBag].
  ///
  /// @param mode what becomes of the vectors in a bag
  /// @param maxNorm what the norm of a vector is brought down to when it is looked up; null for no
  ///   limit
  /// @param normType the p of that norm
  /// @param scaleGradByFreq whether to divide the gradient of a vector by how often it was looked
  ///   up; not for maxima
  /// @param includeLastOffset whether the last offset is the end of the last bag, rather than the
  ///   start of one more
  /// @param paddingIdx the row that starts at 0, gets no gradient and counts in no bag; negative
  ///   ones count from the end; null for none
  public record Options(
      Mode mode,
      @Nullable Double maxNorm,
      double normType,
      boolean scaleGradByFreq,
      boolean includeLastOffset,
      @Nullable Integer paddingIdx) {
    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if `maxNorm` or `normType` is not positive, or gradients of
    ///   maxima are to be scaled by frequency
    public Options {
      if (maxNorm != null) {
        Check.positive("EmbeddingBag: maxNorm", maxNorm.doubleValue());
      }
      Check.norm("EmbeddingBag: normType", normType);
      if (scaleGradByFreq && mode == Mode.MAX) {
        throw new IllegalArgumentException(
            "EmbeddingBag: scaleGradByFreq does not go with the mode MAX");
      }
    }

    /// Returns a copy with another mode.
    public Options mode(Mode value) {
      return new Options(value, maxNorm, normType, scaleGradByFreq, includeLastOffset, paddingIdx);
    }

    /// Returns a copy with another limit of norms; null for none.
    public Options maxNorm(@Nullable Double value) {
      return new Options(mode, value, normType, scaleGradByFreq, includeLastOffset, paddingIdx);
    }

    /// Returns a copy with another norm.
    public Options normType(double value) {
      return new Options(mode, maxNorm, value, scaleGradByFreq, includeLastOffset, paddingIdx);
    }

    /// Returns a copy whose gradients are scaled by frequency, or not.
    public Options scaleGradByFreq(boolean value) {
      return new Options(mode, maxNorm, normType, value, includeLastOffset, paddingIdx);
    }

    /// Returns a copy whose offsets end with the end of the last bag, or not.
    public Options includeLastOffset(boolean value) {
      return new Options(mode, maxNorm, normType, scaleGradByFreq, value, paddingIdx);
    }

    /// Returns a copy with another padding row; null for none.
    public Options paddingIdx(@Nullable Integer value) {
      return new Options(mode, maxNorm, normType, scaleGradByFreq, includeLastOffset, value);
    }
  }

  /// Returns the table, `[numEmbeddings, embeddingDim]`.
  public Parameter weight() {
    return weight;
  }

  /// Returns a vector for each row of `indices`, `[B, N]`, running the forward hooks.
  ///
  /// @throws IllegalArgumentException if `indices` is of another shape or dtype
  public Tensor apply(Tensor indices) {
    return apply(indices, null, null);
  }

  /// Returns a vector for each bag of `indices`, `[*]`, which start at `offsets`, `[B]`; runs the
  /// forward hooks.
  ///
  /// @throws IllegalArgumentException if shapes or dtypes are others, or the offsets do not ascend
  public Tensor apply(Tensor indices, Tensor offsets) {
    return apply(indices, offsets, null);
  }

  /// As [#apply(Tensor, Tensor)], with a weight for each member of a bag.
  ///
  /// @param offsets where each bag starts, or null if each row of `indices` is one
  /// @param perSampleWeights what each vector is multiplied by, of the shape of `indices`, for the
  ///   mode SUM alone; or null
  /// @throws IllegalArgumentException if shapes or dtypes are others, or the offsets do not ascend
  public Tensor apply(Tensor indices, @Nullable Tensor offsets, @Nullable Tensor perSampleWeights) {
    List<Tensor> inputs = new ArrayList<>(List.of(indices));
    if (offsets != null) {
      inputs.add(offsets);
    }
    if (perSampleWeights != null) {
      inputs.add(perSampleWeights);
    }
    return call(
        inputs,
        in ->
            forward(
                in.getFirst(),
                offsets == null ? null : in.get(1),
                perSampleWeights == null ? null : in.getLast()));
  }

  private Tensor forward(
      Tensor indices, @Nullable Tensor offsets, @Nullable Tensor perSampleWeights) {
    Double maxNorm = options.maxNorm();
    if (maxNorm != null) {
      Lookup.limit(weight, indices, maxNorm, options.normType());
    }
    return F.embeddingBag(indices, weight, offsets, perSampleWeights, options.maxNorm(null));
  }

  @Override
  protected String extraRepr() {
    var text = new StringBuilder().append(weight.size(0)).append(", ").append(weight.size(1));
    if (options.maxNorm() != null) {
      text.append(", max_norm=").append(Repr.of(options.maxNorm()));
    }
    if (options.normType() != 2) {
      text.append(", norm_type=").append(Repr.of(options.normType()));
    }
    if (options.scaleGradByFreq()) {
      text.append(", scale_grad_by_freq=True");
    }
    text.append(", mode=").append(options.mode().name().toLowerCase(Locale.ROOT));
    if (options.paddingIdx() != null) {
      text.append(", padding_idx=").append(options.paddingIdx());
    }
    return text.toString();
  }
}
