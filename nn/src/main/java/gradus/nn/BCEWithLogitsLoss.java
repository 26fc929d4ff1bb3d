// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Buffer;
import gradus.Tensor;
import org.jspecify.annotations.Nullable;

/// The binary cross entropy of logits: `−w · (p · t · ln σ(x) + (1 − t) · ln σ(−x))` with the
/// sigmoid function `σ`, for an `input` x, a `target` t in 0…1, a weight w and a weight p of the
/// positive ones, without overflow.
///
/// Shapes: `input` and `target` alike; the weights are broadcast to them.
///
/// PyTorch: `torch.nn.BCEWithLogitsLoss`.
public final class BCEWithLogitsLoss extends Loss {
  private final @Nullable Buffer weight;

  @Name("pos_weight")
  private final @Nullable Buffer posWeight;

  private final Options options;

  /// Makes the mean binary cross entropy of logits.
  public BCEWithLogitsLoss() {
    this(options());
  }

  /// Makes the loss with the settings given; weights become the buffers `weight` and `pos_weight`.
  public BCEWithLogitsLoss(Options options) {
    weight = buffer(options.weight());
    posWeight = buffer(options.posWeight());
    this.options = options.weight(null).posWeight(null);
  }

  /// Returns PyTorch's defaults: no weights, the mean.
  public static Options options() {
    return new Options(null, Reduction.MEAN, null);
  }

  /// Settings of the binary cross entropy.
  ///
  /// @param weight a factor of the element losses, or null for all 1
  /// @param reduction what to make of the element losses
  /// @param posWeight a factor of what positive targets cost, for instance the number of negative
  ///   examples per positive one, or null for all 1
  public record Options(@Nullable Tensor weight, Reduction reduction, @Nullable Tensor posWeight) {
    /// Returns a copy with other weights.
    public Options weight(@Nullable Tensor value) {
      return new Options(value, reduction, posWeight);
    }

    /// Returns a copy with another reduction.
    public Options reduction(Reduction value) {
      return new Options(weight, value, posWeight);
    }

    /// Returns a copy with other weights of positive targets.
    public Options posWeight(@Nullable Tensor value) {
      return new Options(weight, reduction, value);
    }
  }

  @Override
  protected Tensor forward(Tensor input, Tensor target) {
    return F.binaryCrossEntropyWithLogits(
        input, target, options.weight(weight).posWeight(posWeight));
  }
}
