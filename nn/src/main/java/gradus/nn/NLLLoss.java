// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Buffer;
import gradus.Tensor;
import org.jspecify.annotations.Nullable;

/// The negative log likelihood of target classes, `−input[target]`, for log probabilities such as
/// `logSoftmax` gives; shapes as for [CrossEntropyLoss].
///
/// PyTorch: `torch.nn.NLLLoss`.
public final class NLLLoss extends Loss {
  private final @Nullable Buffer weight;
  private final Options options;

  /// Makes the mean negative log likelihood.
  public NLLLoss() {
    this(options());
  }

  /// Makes the loss with the settings given; a class weight becomes the buffer `weight`.
  public NLLLoss(Options options) {
    this.weight = buffer(options.weight());
    this.options = options.weight(null);
  }

  /// Returns PyTorch's defaults: no class weight, `ignoreIndex` −100, the mean.
  public static Options options() {
    return new Options(null, -100, Reduction.MEAN);
  }

  /// Settings of the negative log likelihood.
  ///
  /// @param weight a factor for each class, `[C]`, or null for all 1
  /// @param ignoreIndex the target class whose elements do not count
  /// @param reduction what to make of the element losses
  public record Options(@Nullable Tensor weight, long ignoreIndex, Reduction reduction) {
    /// Returns a copy with other class weights.
    public Options weight(@Nullable Tensor value) {
      return new Options(value, ignoreIndex, reduction);
    }

    /// Returns a copy with another class to ignore.
    public Options ignoreIndex(long value) {
      return new Options(weight, value, reduction);
    }

    /// Returns a copy with another reduction.
    public Options reduction(Reduction value) {
      return new Options(weight, ignoreIndex, value);
    }
  }

  @Override
  protected Tensor forward(Tensor input, Tensor target) {
    return F.nllLoss(input, target, options.weight(weight));
  }
}
