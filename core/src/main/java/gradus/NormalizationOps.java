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
    return ChannelNormalization.BatchNorm.of(self(), weight, bias, eps);
  }

  /// Returns weight · (x − mean) / √(var + eps) + bias for each channel of this `[N, C, …]`, with
  /// the mean and the variance given, as batch normalisation does in evaluation. (PyTorch:
  /// `torch.nn.functional.batch_norm(training=False)`.)
  ///
  /// @param mean `[C]`
  /// @param var `[C]`
  /// @param weight `[C]`, or null for ones
  /// @param bias `[C]`, or null for zeros
  /// @throws IllegalArgumentException if this has no channels or isn't floating, or the sizes or
  ///   types don't fit
  default Tensor batchNorm(
      Tensor mean, Tensor var, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    return ChannelNormalization.BatchNormEval.of(self(), mean, var, weight, bias, eps);
  }

  /// Returns weight · (x − mean) / √(var + eps) + bias, where each row of this, which is its last
  /// dimensions `normalizedShape`, has its own mean and (biased) variance. (Ba et al., *Layer
  /// Normalization*, 2016; PyTorch: `torch.nn.functional.layer_norm`.)
  ///
  /// @param weight of the normalized shape, or null for ones
  /// @param bias of the normalized shape, or null for zeros
  /// @throws IllegalArgumentException if this doesn't end in the normalized shape, or the sizes or
  ///   types don't fit
  default Tensor layerNorm(
      Shape normalizedShape, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    return RowNormalization.LayerNorm.layerNorm(self(), normalizedShape, weight, bias, eps);
  }

  /// Returns weight · x / √(mean of x² + eps), with the mean over each row of this, which is its
  /// last dimensions `normalizedShape`. (Zhang and Sennrich, *Root Mean Square Layer
  /// Normalization*, 2019; PyTorch: `torch.nn.functional.rms_norm`.)
  ///
  /// @param weight of the normalized shape, or null for ones
  /// @throws IllegalArgumentException if this doesn't end in the normalized shape, or the sizes or
  ///   types don't fit
  default Tensor rmsNorm(Shape normalizedShape, @Nullable Tensor weight, double eps) {
    return RowNormalization.LayerNorm.rmsNorm(self(), normalizedShape, weight, eps);
  }

  /// Returns weight · (x − mean) / √(var + eps) + bias, where the channels of this `[N, C, …]` are
  /// split into `numGroups` groups, and each group of each example has its own mean and (biased)
  /// variance. (Wu and He, *Group Normalization*, 2018; PyTorch: `torch.nn.functional.group_norm`.)
  ///
  /// @param weight `[C]`, or null for ones
  /// @param bias `[C]`, or null for zeros
  /// @throws IllegalArgumentException if there are no such groups, or the sizes or types don't fit
  default Tensor groupNorm(
      int numGroups, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    return RowNormalization.GroupNorm.of(self(), numGroups, weight, bias, eps);
  }
}
