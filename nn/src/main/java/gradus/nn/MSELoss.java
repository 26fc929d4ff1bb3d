// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// The squared error `(input − target)²`, its mean by default; see [F#mseLoss(Tensor, Tensor)].
///
/// PyTorch: `torch.nn.MSELoss`.
public final class MSELoss extends Loss {
  private final Reduction reduction;

  /// Makes the mean squared error.
  public MSELoss() {
    this(Reduction.MEAN);
  }

  /// Makes the squared error with the reduction given.
  public MSELoss(Reduction reduction) {
    this.reduction = reduction;
  }

  @Override
  protected Tensor forward(Tensor input, Tensor target) {
    return F.mseLoss(input, target, reduction);
  }
}
