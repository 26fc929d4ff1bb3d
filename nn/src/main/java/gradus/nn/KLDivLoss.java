// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// The Kullback–Leibler divergence of log probabilities `input` from probabilities `target`:
/// `target · (ln target − input)`, 0 where the target is.
///
/// The divergence of a batch of distributions is its sum over all but the batch:
/// [Reduction#BATCHMEAN], rather than the mean over everything, which is PyTorch's default.
///
/// Shapes: `input` and `target` alike, or one broadcast to the other.
///
/// PyTorch: `torch.nn.KLDivLoss`.
public final class KLDivLoss extends Loss {
  private final Options options;

  /// Makes the loss with a mean over all elements.
  public KLDivLoss() {
    this(options());
  }

  /// Makes the loss with the settings given.
  public KLDivLoss(Options options) {
    this.options = options;
  }

  /// Returns PyTorch's defaults: the mean over all elements, a target of probabilities.
  public static Options options() {
    return new Options(Reduction.MEAN, false);
  }

  /// Settings of the divergence.
  ///
  /// @param reduction what to make of the element losses
  /// @param logTarget whether the target is given as log probabilities too
  public record Options(Reduction reduction, boolean logTarget) {
    /// Returns a copy with another reduction.
    public Options reduction(Reduction value) {
      return new Options(value, logTarget);
    }

    /// Returns a copy whose target is given as log probabilities, or not.
    public Options logTarget(boolean value) {
      return new Options(reduction, value);
    }
  }

  @Override
  protected Tensor forward(Tensor input, Tensor target) {
    return F.klDiv(input, target, options);
  }
}
