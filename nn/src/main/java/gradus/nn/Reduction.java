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
  NONE;

  Tensor of(Tensor losses) {
    return switch (this) {
      case MEAN -> losses.mean();
      case SUM -> losses.sum();
      case NONE -> losses;
    };
  }
}
