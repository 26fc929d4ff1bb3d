// SPDX-License-Identifier: Apache-2.0
package gradus;

import org.jspecify.annotations.Nullable;

/// The ops of a [Tensor] that bring rows or channels to a common scale.
public sealed interface NormalizationOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// Returns eˣ / Σeˣ over dimension `dim`. (PyTorch: `torch.softmax`.)
  ///
  /// @throws IllegalArgumentException if the type isn't floating
  default Tensor softmax(int dim) {
    return Normalization.Softmax.of(self(), dim);
  }

  /// Returns x − ln Σeˣ over dimension `dim`, exact where softmax would underflow. (PyTorch:
  /// `torch.log_softmax`.)
  ///
  /// @throws IllegalArgumentException if the type isn't floating
  default Tensor logSoftmax(int dim) {
    return Normalization.LogSoftmax.of(self(), dim);
  }

  /// Returns weight · (x − mean) / √(var + eps) + bias with the statistics of each channel of this
  /// `[N, C, …]`, and those statistics. (Ioffe and Szegedy, 2015; PyTorch:
  /// `torch.nn.functional.batch_norm` in training.)
  ///
  /// @param weight `[C]`, or null for ones
  /// @param bias `[C]`, or null for zeros
  /// @throws IllegalArgumentException if this is empty or has no channels, or the sizes or types
  ///   don't fit
  default BatchNormResult batchNorm(@Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    return Normalization.BatchNorm.of(self(), weight, bias, eps);
  }
}
