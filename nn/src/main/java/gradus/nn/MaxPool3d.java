// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.MaxPoolOptions;
import gradus.Tensor;

/// The largest element of each window of three dimensions: `[N, C, D, H, W]` or `[C, D, H, W]`
/// keeps its channels. See [Tensor#maxPool3d].
///
/// PyTorch: `torch.nn.MaxPool3d`.
public final class MaxPool3d extends Layer {
  private final MaxPoolOptions options;

  /// Makes the layer with windows of this size, side by side.
  ///
  /// @throws IllegalArgumentException if the size is not positive
  public MaxPool3d(int kernelSize) {
    this(MaxPoolOptions.kernel(kernelSize));
  }

  /// Makes the layer.
  public MaxPool3d(MaxPoolOptions options) {
    this.options = options;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.maxPool3d(x, options);
  }

  @Override
  protected String extraRepr() {
    return Kernels.repr(options);
  }
}
