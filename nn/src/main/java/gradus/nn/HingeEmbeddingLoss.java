// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// For distances x of pairs that belong together or not: `x` where the target is 1, and `max(0,
/// margin − x)` where it is −1.
///
/// Shapes: `input` and `target` alike, or one broadcast to the other; the target may be of any
/// dtype.
///
/// PyTorch: `torch.nn.HingeEmbeddingLoss`.
public final class HingeEmbeddingLoss extends Loss {
  private final Options options;

  /// Makes the mean loss with a margin of 1.
  public HingeEmbeddingLoss() {
    this(options());
  }

  /// Makes the loss with the settings given.
  public HingeEmbeddingLoss(Options options) {
    this.options = options;
  }

  /// Returns PyTorch's defaults: `margin` 1, the mean.
  public static Options options() {
    return new Options(1, Reduction.MEAN);
  }

  /// Settings of the loss.
  ///
  /// @param margin how far apart things should be
  /// @param reduction what to make of the element losses
  public record Options(double margin, Reduction reduction) {
    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if `margin` is not finite
    public Options {
      Check.finite("hingeEmbeddingLoss: margin", margin);
    }

    /// Returns a copy with another margin.
    public Options margin(double value) {
      return new Options(value, reduction);
    }

    /// Returns a copy with another reduction.
    public Options reduction(Reduction value) {
      return new Options(margin, value);
    }
  }

  @Override
  protected Tensor forward(Tensor input, Tensor target) {
    return F.hingeEmbeddingLoss(input, target, options);
  }
}
