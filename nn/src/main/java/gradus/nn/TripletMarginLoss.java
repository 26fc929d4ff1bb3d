// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import java.util.List;

/// How much farther the anchor is from the positive than from the negative: `max(0, d(a, p) − d(a,
/// n) + margin)`, with the distance of [PairwiseDistance].
///
/// Shapes: `[N, D]` or `[D]` each, the loss `[N]` or a scalar.
///
/// PyTorch: `torch.nn.TripletMarginLoss`. Source: Balntas et al., *Learning Local Feature
/// Descriptors with Triplets and Shallow Convolutional Neural Networks*, BMVC 2016.
public final class TripletMarginLoss extends Module {
  private final Options options;

  /// Makes the mean loss with a margin of 1.
  public TripletMarginLoss() {
    this(options());
  }

  /// Makes the loss with the settings given.
  public TripletMarginLoss(Options options) {
    this.options = options;
  }

  /// Returns PyTorch's defaults: `margin` 1, Euclidean distances, `eps` 1e-6, no swap, the mean.
  public static Options options() {
    return new Options(1, 2, 1e-6, false, Reduction.MEAN);
  }

  /// Settings of the triplet loss.
  ///
  /// @param margin how far apart things should be
  /// @param p the norm of the distance
  /// @param eps added to differences
  /// @param swap whether to take the distance from positive to negative where it is shorter than
  ///   that from the anchor
  /// @param reduction what to make of the element losses
  public record Options(double margin, double p, double eps, boolean swap, Reduction reduction) {
    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if `margin` is not finite or `eps` is negative or not
    ///   finite
    public Options {
      Check.finite("tripletMarginLoss: margin", margin);
      Check.nonNegative("tripletMarginLoss: eps", eps);
    }

    /// Returns a copy with another margin.
    public Options margin(double value) {
      return new Options(value, p, eps, swap, reduction);
    }

    /// Returns a copy with another norm.
    public Options p(double value) {
      return new Options(margin, value, eps, swap, reduction);
    }

    /// Returns a copy with another `eps`.
    public Options eps(double value) {
      return new Options(margin, p, value, swap, reduction);
    }

    /// Returns a copy that swaps anchor and positive, or not.
    public Options swap(boolean value) {
      return new Options(margin, p, eps, value, reduction);
    }

    /// Returns a copy with another reduction.
    public Options reduction(Reduction value) {
      return new Options(margin, p, eps, swap, value);
    }
  }

  /// Returns the loss, running the forward hooks around it; see [F#tripletMarginLoss].
  public Tensor apply(Tensor anchor, Tensor positive, Tensor negative) {
    return call(
        List.of(anchor, positive, negative),
        in -> F.tripletMarginLoss(in.get(0), in.get(1), in.get(2), options));
  }
}
