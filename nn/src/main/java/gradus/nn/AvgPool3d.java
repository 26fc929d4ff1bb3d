// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.AvgPoolOptions;
import gradus.Shape;
import gradus.Tensor;

/// The mean of each window of three dimensions: `[N, C, D, H, W]` or `[C, D, H, W]` keeps its
/// channels. See [Tensor#avgPool3d].
///
/// PyTorch: `torch.nn.AvgPool3d`.
public final class AvgPool3d extends Layer {
  private final AvgPoolOptions options;

  /// Makes the layer with windows of this size, side by side.
  ///
  /// @throws IllegalArgumentException if the size is not positive
  public AvgPool3d(int kernelSize) {
    this(AvgPoolOptions.kernel(kernelSize));
  }

  /// Makes the layer.
  public AvgPool3d(AvgPoolOptions options) {
    this.options = options;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.avgPool3d(x, options);
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
