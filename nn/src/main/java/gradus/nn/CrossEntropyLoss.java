// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Buffer;
import gradus.Tensor;
import org.jspecify.annotations.Nullable;

/// The cross entropy of logits and target classes: `−log softmax(input)[target]`.
///
/// Shapes: `input` is `[N, C]`, `[C]` or `[N, C, d₁, …]`; `target` is int64 (or uint8) classes of
/// the same shape without `C`, or probabilities of the whole shape. With `labelSmoothing` ε, the
/// target becomes `(1 − ε) · target + ε / C`.
///
/// PyTorch: `torch.nn.CrossEntropyLoss`.
public final class CrossEntropyLoss extends Loss {
  private final @Nullable Buffer weight;
  private final Options options;

  /// Makes the mean cross entropy.
  public CrossEntropyLoss() {
    this(options());
  }

  /// Makes the cross entropy with the settings given; a class weight becomes the buffer `weight`.
  public CrossEntropyLoss(Options options) {
    this.weight = buffer(options.weight());
    this.options = options.weight(null);
  }

  /// Returns PyTorch's defaults: no class weight, `ignoreIndex` −100, no smoothing, the mean.
  public static Options options() {
    return new Options(null, -100, 0, Reduction.MEAN);
  }

  /// Settings of the cross entropy.
  ///
  /// @param weight a factor for each class, `[C]`, or null for all 1
  /// @param ignoreIndex the target class whose elements do not count
  /// @param labelSmoothing the part of each target that is spread over all classes, in [0, 1]
  /// @param reduction what to make of the element losses
  public record Options(
      @Nullable Tensor weight, long ignoreIndex, double labelSmoothing, Reduction reduction) {
    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if `labelSmoothing` is not in [0, 1]
    public Options {
      Check.unit("crossEntropy: labelSmoothing", labelSmoothing);
    }

    /// Returns a copy with other class weights.
    public Options weight(@Nullable Tensor value) {
      return new Options(value, ignoreIndex, labelSmoothing, reduction);
    }

    /// Returns a copy with another class to ignore.
    public Options ignoreIndex(long value) {
      return new Options(weight, value, labelSmoothing, reduction);
    }

    /// Returns a copy with another label smoothing.
    public Options labelSmoothing(double value) {
      return new Options(weight, ignoreIndex, value, reduction);
    }

    /// Returns a copy with another reduction.
    public Options reduction(Reduction value) {
      return new Options(weight, ignoreIndex, labelSmoothing, value);
    }
  }

  @Override
  protected Tensor forward(Tensor input, Tensor target) {
    return F.crossEntropy(input, target, options.weight(weight));
  }
}
