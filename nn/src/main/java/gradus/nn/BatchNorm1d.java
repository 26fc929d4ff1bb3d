// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Batch normalisation of `[N, C]` or `[N, C, L]`; see [BatchNorm].
///
/// PyTorch: `torch.nn.BatchNorm1d`.
public final class BatchNorm1d extends BatchNorm {
  /// Makes the layer for `numFeatures` channels, with PyTorch's defaults.
  ///
  /// @throws IllegalArgumentException if `numFeatures` is not positive
  public BatchNorm1d(int numFeatures) {
    this(numFeatures, options());
  }

  /// Makes the layer for `numFeatures` channels.
  ///
  /// @throws IllegalArgumentException if `numFeatures` is not positive
  public BatchNorm1d(int numFeatures, Options options) {
    super(numFeatures, options);
  }

  @Override
  void checkDims(Tensor x) {
    if (x.dim() != 2 && x.dim() != 3) {
      throw new IllegalArgumentException(
          "BatchNorm1d: the input " + x.shape() + " is neither [N, C] nor [N, C, L]");
    }
  }
}
