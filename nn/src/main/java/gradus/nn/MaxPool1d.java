// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.MaxPoolOptions;
import gradus.Tensor;

/// The largest element of each window of one dimension: `[N, C, L]` or `[C, L]` keeps its channels.
/// See [Tensor#maxPool1d].
///
/// PyTorch: `torch.nn.MaxPool1d`.
public final class MaxPool1d extends Layer {
  private final MaxPoolOptions options;

  /// Makes the layer with windows of this size, side by side.
  ///
  /// @throws IllegalArgumentException if the size is not positive
  public MaxPool1d(int kernelSize) {
    this(MaxPoolOptions.kernel(kernelSize));
  }

  /// Makes the layer.
  public MaxPool1d(MaxPoolOptions options) {
    this.options = options;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.maxPool1d(x, options);
  }

  @Override
  protected String extraRepr() {
    return Kernels.repr(options);
  }
}
