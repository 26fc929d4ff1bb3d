// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// The logistic loss `ln(1 + e^(−target · input))` of targets 1 and −1, without overflow.
///
/// Shapes: `input` and `target` alike, or one broadcast to the other; the target may be of any
/// dtype.
///
/// PyTorch: `torch.nn.SoftMarginLoss`.
public final class SoftMarginLoss extends Loss {
  private final Reduction reduction;

  /// Makes the mean logistic loss.
  public SoftMarginLoss() {
    this(Reduction.MEAN);
  }

  /// Makes the logistic loss with the reduction given.
  public SoftMarginLoss(Reduction reduction) {
    this.reduction = reduction;
  }

  @Override
  protected Tensor forward(Tensor input, Tensor target) {
    return F.softMarginLoss(input, target, reduction);
  }
}
