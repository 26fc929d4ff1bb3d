// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// What a loss makes of its element losses.
///
/// PyTorch: the `reduction` argument.
public enum Reduction {
  /// Their mean; for class losses with weights, the weighted mean.
  MEAN,
  /// Their sum.
  SUM,
  /// The element losses themselves.
  NONE,
  /// Their sum, divided by the size of the batch, which is dimension 0: the mean of what each
  /// example adds up to.
  BATCHMEAN;

  Tensor of(Tensor losses) {
    return switch (this) {
      case MEAN -> losses.mean();
      case SUM -> losses.sum();
      case NONE -> losses;
      case BATCHMEAN -> losses.sum().div((double) batch(losses));
    };
  }

  private static int batch(Tensor losses) {
    if (losses.dim() == 0) {
      throw new IllegalArgumentException(
          "reduction: BATCHMEAN of a scalar loss, which has no batch; use MEAN");
    }
    return losses.size(0);
  }
}
