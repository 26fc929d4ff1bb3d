// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.MaxPoolOptions;
import gradus.Tensor;

/// The largest element of each window of two dimensions: `[N, C, H, W]` or `[C, H, W]` keeps its
/// channels. See [Tensor#maxPool2d].
///
/// PyTorch: `torch.nn.MaxPool2d`.
public final class MaxPool2d extends Layer {
  private final MaxPoolOptions options;

  /// Makes the layer with windows of this size, side by side.
  ///
  /// @throws IllegalArgumentException if the size is not positive
  public MaxPool2d(int kernelSize) {
    this(MaxPoolOptions.kernel(kernelSize));
  }

  /// Makes the layer.
  public MaxPool2d(MaxPoolOptions options) {
    this.options = options;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.maxPool2d(x, options);
  }

  @Override
  protected String extraRepr() {
    return Kernels.repr(options);
  }
}
