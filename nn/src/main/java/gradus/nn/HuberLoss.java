// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// The squared error `½ d²` where `|d| ≤ delta`, else what goes on straight from there, `delta ·
/// (|d| − ½ delta)`, with `d = input − target`. Its derivative is `d`, held within ±delta.
///
/// Shapes: `input` and `target` alike, or one broadcast to the other.
///
/// PyTorch: `torch.nn.HuberLoss`. Source: Huber, *Robust Estimation of a Location Parameter*, 1964.
public final class HuberLoss extends Loss {
  private final Options options;

  /// Makes the mean loss with a delta of 1.
  public HuberLoss() {
    this(options());
  }

  /// Makes the loss with the settings given.
  public HuberLoss(Options options) {
    this.options = options;
  }

  /// Returns PyTorch's defaults: the mean, `delta` 1.
  public static Options options() {
    return new Options(Reduction.MEAN, 1);
  }

  /// Settings of the loss.
  ///
  /// @param reduction what to make of the element losses
  /// @param delta where the parabola ends
  public record Options(Reduction reduction, double delta) {
    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if `delta` is not positive and finite
    public Options {
      Check.positive("huberLoss: delta", delta);
    }

    /// Returns a copy with another reduction.
    public Options reduction(Reduction value) {
      return new Options(value, delta);
    }

    /// Returns a copy with another delta.
    public Options delta(double value) {
      return new Options(reduction, value);
    }
  }

  @Override
  protected Tensor forward(Tensor input, Tensor target) {
    return F.huberLoss(input, target, options);
  }
}
