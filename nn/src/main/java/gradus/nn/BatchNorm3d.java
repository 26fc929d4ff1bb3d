// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Batch normalisation of `[N, C, D, H, W]`; see [BatchNorm].
///
/// PyTorch: `torch.nn.BatchNorm3d`.
public final class BatchNorm3d extends BatchNorm {
  /// Makes the layer for `numFeatures` channels, with PyTorch's defaults.
  ///
  /// @throws IllegalArgumentException if `numFeatures` is not positive
  public BatchNorm3d(int numFeatures) {
    this(numFeatures, options());
  }

  /// Makes the layer for `numFeatures` channels.
  ///
  /// @throws IllegalArgumentException if `numFeatures` is not positive
  public BatchNorm3d(int numFeatures, Options options) {
    super(numFeatures, options);
  }

  @Override
  void checkDims(Tensor x) {
    if (x.dim() != 5) {
      throw new IllegalArgumentException(
          "BatchNorm3d: the input " + x.shape() + " is not [N, C, D, H, W]");
    }
  }
}
