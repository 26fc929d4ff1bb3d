// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

/// Instance normalisation of `[N, C, H, W]` or, for one example, `[C, H, W]`; see [InstanceNorm].
///
/// PyTorch: `torch.nn.InstanceNorm2d`.
public final class InstanceNorm2d extends InstanceNorm {
  /// Makes the layer for `numFeatures` channels, with PyTorch's defaults.
  ///
  /// @throws IllegalArgumentException if `numFeatures` is not positive
  public InstanceNorm2d(int numFeatures) {
    this(numFeatures, options());
  }

  /// Makes the layer for `numFeatures` channels.
  ///
  /// @throws IllegalArgumentException if `numFeatures` is not positive
  public InstanceNorm2d(int numFeatures, Options options) {
    super(numFeatures, options);
  }

  @Override
  int batchDims() {
    return 4;
  }
}
