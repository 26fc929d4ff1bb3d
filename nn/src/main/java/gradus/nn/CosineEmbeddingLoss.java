// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import java.util.List;

/// For pairs of vectors that should point the same way or not: `1 − cos` where the target is 1, and
/// `max(0, cos − margin)` where it is −1, with `cos` of the angle between them.
///
/// Shapes: both inputs are `[N, D]` or `[D]`; `target` is `[N]` or a scalar, of any dtype.
///
/// PyTorch: `torch.nn.CosineEmbeddingLoss`.
public final class CosineEmbeddingLoss extends Module {
  private final Options options;

  /// Makes the mean loss with a margin of 0.
  public CosineEmbeddingLoss() {
    this(options());
  }

  /// Makes the loss with the settings given.
  public CosineEmbeddingLoss(Options options) {
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
      Check.finite("cosineEmbeddingLoss: margin", margin);
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

  /// Returns the loss, running the forward hooks around it; see [F#cosineEmbeddingLoss].
  public Tensor apply(Tensor input1, Tensor input2, Tensor target) {
    return call(
        List.of(input1, input2, target),
        in -> F.cosineEmbeddingLoss(in.get(0), in.get(1), in.get(2), options));
  }
}
