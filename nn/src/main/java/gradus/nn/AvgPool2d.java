// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.AvgPoolOptions;
import gradus.Shape;
import gradus.Tensor;

/// The mean of each window of two dimensions: `[N, C, H, W]` or `[C, H, W]` keeps its channels. See
/// [Tensor#avgPool2d].
///
/// PyTorch: `torch.nn.AvgPool2d`.
public final class AvgPool2d extends Layer {
  private final AvgPoolOptions options;

  /// Makes the layer with windows of this size, side by side.
  ///
  /// @throws IllegalArgumentException if the size is not positive
  public AvgPool2d(int kernelSize) {
    this(AvgPoolOptions.kernel(kernelSize));
  }

  /// Makes the layer.
  public AvgPool2d(AvgPoolOptions options) {
    this.options = options;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.avgPool2d(x, options);
  }

  @Override
  protected String extraRepr() {
    Shape stride = options.stride();
    return "kernel_size=%s, stride=%s, padding=%s"
        .formatted(
            Kernels.number(options.kernelSize()),
            Kernels.number(stride == null ? options.kernelSize() : stride),
            Kernels.number(options.padding()));
  }
}
