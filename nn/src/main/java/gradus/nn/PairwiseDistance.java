// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import java.util.List;

/// The distance of vectors, `‖x1 − x2 + eps‖ₚ` over the last dimension.
///
/// Shapes: both `[*, D]`, or broadcast; the distance `[*]`, or `[*, 1]` with `keepdim`.
///
/// PyTorch: `torch.nn.PairwiseDistance`.
public final class PairwiseDistance extends Module {
  private final Options options;

  /// Makes the Euclidean distance.
  public PairwiseDistance() {
    this(options());
  }

  /// Makes the distance with the settings given.
  public PairwiseDistance(Options options) {
    this.options = options;
  }

  /// Returns PyTorch's defaults: the Euclidean norm, `eps` 1e-6, no dimension kept.
  public static Options options() {
    return new Options(2, 1e-6, false);
  }

  /// Settings of the distance.
  ///
  /// @param p the norm
  /// @param eps added to differences, so that the derivative of no distance is finite
  /// @param keepdim whether the last dimension stays, with size 1
  public record Options(double p, double eps, boolean keepdim) {
    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if `eps` is negative or not finite
    public Options {
      Check.nonNegative("pairwiseDistance: eps", eps);
    }

    /// Returns a copy with another norm.
    public Options p(double value) {
      return new Options(value, eps, keepdim);
    }

    /// Returns a copy with another `eps`.
    public Options eps(double value) {
      return new Options(p, value, keepdim);
    }

    /// Returns a copy that keeps the last dimension, or not.
    public Options keepdim(boolean value) {
      return new Options(p, eps, value);
    }
  }

  /// Returns the distance, running the forward hooks around it; see [F#pairwiseDistance].
  public Tensor apply(Tensor x1, Tensor x2) {
    return call(List.of(x1, x2), in -> F.pairwiseDistance(in.get(0), in.get(1), options));
  }
}
