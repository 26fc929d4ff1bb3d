// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Buffer;
import gradus.Tensor;
import org.jspecify.annotations.Nullable;

/// The binary cross entropy of probabilities: `−w · (t · ln x + (1 − t) · ln(1 − x))`, with
/// logarithms of at least −100, for an `input` x and a `target` t in 0…1. For logits,
/// [BCEWithLogitsLoss] is exact where a probability rounds to 0 or 1.
///
/// Shapes: `input` and `target` alike; the weight is broadcast to them.
///
/// PyTorch: `torch.nn.BCELoss`.
public final class BCELoss extends Loss {
  private final @Nullable Buffer weight;
  private final Options options;

  /// Makes the mean binary cross entropy.
  public BCELoss() {
    this(options());
  }

  /// Makes the loss with the settings given; a weight becomes the buffer `weight`.
  public BCELoss(Options options) {
    weight = buffer(options.weight());
    this.options = options.weight(null);
  }

  /// Returns PyTorch's defaults: no weight, the mean.
  public static Options options() {
    return new Options(null, Reduction.MEAN);
  }

  /// Settings of the binary cross entropy.
  ///
  /// @param weight a factor of the element losses, or null for all 1
  /// @param reduction what to make of the element losses
  public record Options(@Nullable Tensor weight, Reduction reduction) {
    /// Returns a copy with other weights.
    public Options weight(@Nullable Tensor value) {
      return new Options(value, reduction);
    }

    /// Returns a copy with another reduction.
    public Options reduction(Reduction value) {
      return new Options(weight, value);
    }
  }

  @Override
  protected Tensor forward(Tensor input, Tensor target) {
    return F.binaryCrossEntropy(input, target, options.weight(weight));
  }
}
