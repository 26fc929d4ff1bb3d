// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.AvgPoolOptions;
import gradus.Shape;
import gradus.Tensor;

/// The mean of each window of one dimension: `[N, C, L]` or `[C, L]` keeps its channels. See
/// [Tensor#avgPool1d].
///
/// PyTorch: `torch.nn.AvgPool1d`.
public final class AvgPool1d extends Layer {
  private final AvgPoolOptions options;

  /// Makes the layer with windows of this size, side by side.
  ///
  /// @throws IllegalArgumentException if the size is not positive
  public AvgPool1d(int kernelSize) {
    this(AvgPoolOptions.kernel(kernelSize));
  }

  /// Makes the layer.
  public AvgPool1d(AvgPoolOptions options) {
    this.options = options;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.avgPool1d(x, options);
  }

  @Override
  protected String extraRepr() {
    Shape stride = options.stride();
    return "kernel_size=%s, stride=%s, padding=%s"
        .formatted(
            Kernels.tuple(options.kernelSize(), 1),
            Kernels.tuple(stride == null ? options.kernelSize() : stride, 1),
            Kernels.tuple(options.padding(), 1));
  }
}
