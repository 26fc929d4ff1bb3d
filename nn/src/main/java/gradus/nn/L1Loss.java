// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// The absolute error `|input − target|`, its mean by default; see [F#l1Loss(Tensor, Tensor)].
///
/// PyTorch: `torch.nn.L1Loss`.
public final class L1Loss extends Loss {
  private final Reduction reduction;

  /// Makes the mean absolute error.
  public L1Loss() {
    this(Reduction.MEAN);
  }

  /// Makes the absolute error with the reduction given.
  public L1Loss(Reduction reduction) {
    this.reduction = reduction;
  }

  @Override
  protected Tensor forward(Tensor input, Tensor target) {
    return F.l1Loss(input, target, reduction);
  }
}
