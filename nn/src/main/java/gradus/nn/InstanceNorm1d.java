// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

/// Instance normalisation of `[N, C, L]` or, for one example, `[C, L]`; see [InstanceNorm].
///
/// PyTorch: `torch.nn.InstanceNorm1d`.
public final class InstanceNorm1d extends InstanceNorm {
  /// Makes the layer for `numFeatures` channels, with PyTorch's defaults.
  ///
  /// @throws IllegalArgumentException if `numFeatures` is not positive
  public InstanceNorm1d(int numFeatures) {
    this(numFeatures, options());
  }

  /// Makes the layer for `numFeatures` channels.
  ///
  /// @throws IllegalArgumentException if `numFeatures` is not positive
  public InstanceNorm1d(int numFeatures, Options options) {
    super(numFeatures, options);
  }

  @Override
  int batchDims() {
    return 3;
  }
}
