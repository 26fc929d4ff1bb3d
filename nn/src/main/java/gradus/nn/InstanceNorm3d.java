// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

/// Instance normalisation of `[N, C, D, H, W]` or, for one example, `[C, D, H, W]`; see
/// [InstanceNorm].
///
/// PyTorch: `torch.nn.InstanceNorm3d`.
public final class InstanceNorm3d extends InstanceNorm {
  /// Makes the layer for `numFeatures` channels, with PyTorch's defaults.
  ///
  /// @throws IllegalArgumentException if `numFeatures` is not positive
  public InstanceNorm3d(int numFeatures) {
    this(numFeatures, options());
  }

  /// Makes the layer for `numFeatures` channels.
  ///
  /// @throws IllegalArgumentException if `numFeatures` is not positive
  public InstanceNorm3d(int numFeatures, Options options) {
    super(numFeatures, options);
  }

  @Override
  int batchDims() {
    return 5;
  }
}
