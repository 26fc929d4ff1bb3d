// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import java.util.List;

/// For pairs of scores: `max(0, −target · (input1 − input2) + margin)`, where a target of 1 says
/// that the first should be higher, and −1 that the second should.
///
/// Shapes: alike, or broadcast.
///
/// PyTorch: `torch.nn.MarginRankingLoss`.
public final class MarginRankingLoss extends Module {
  private final Options options;

  /// Makes the mean loss with a margin of 0.
  public MarginRankingLoss() {
    this(options());
  }

  /// Makes the loss with the settings given.
  public MarginRankingLoss(Options options) {
    this.options = options;
  }

  /// Returns PyTorch's defaults: `margin` 0, the mean.
  public static Options options() {
    return new Options(0, Reduction.MEAN);
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
      Check.finite("marginRankingLoss: margin", margin);
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

  /// Returns the loss, running the forward hooks around it; see [F#marginRankingLoss].
  public Tensor apply(Tensor input1, Tensor input2, Tensor target) {
    return call(
        List.of(input1, input2, target),
        in -> F.marginRankingLoss(in.get(0), in.get(1), in.get(2), options));
  }
}
