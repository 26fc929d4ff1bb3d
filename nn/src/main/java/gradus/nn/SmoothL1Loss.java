// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// The absolute error, rounded off where it is small: `½ d² / beta` where `|d| < beta`, else `|d| −
/// ½ beta`, with `d = input − target`. Its derivative is `d / beta`, held within ±1.
///
/// Shapes: `input` and `target` alike, or one broadcast to the other.
///
/// PyTorch: `torch.nn.SmoothL1Loss`. Source: Girshick, *Fast R-CNN*, ICCV 2015.
public final class SmoothL1Loss extends Loss {
  private final Options options;

  /// Makes the mean loss with a beta of 1.
  public SmoothL1Loss() {
    this(options());
  }

  /// Makes the loss with the settings given.
  public SmoothL1Loss(Options options) {
    this.options = options;
  }

  /// Returns PyTorch's defaults: `beta` 1, the mean.
  public static Options options() {
    return new Options(1, Reduction.MEAN);
  }

  /// Settings of the loss.
  ///
  /// @param beta where the parabola ends; with 0 this is [L1Loss]
  /// @param reduction what to make of the element losses
  public record Options(double beta, Reduction reduction) {
    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if `beta` is negative or not finite
    public Options {
      Check.nonNegative("smoothL1Loss: beta", beta);
    }

    /// Returns a copy with another beta.
    public Options beta(double value) {
      return new Options(value, reduction);
    }

    /// Returns a copy with another reduction.
    public Options reduction(Reduction value) {
      return new Options(beta, value);
    }
  }

  @Override
  protected Tensor forward(Tensor input, Tensor target) {
    return F.smoothL1Loss(input, target, options);
  }
}
