// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import gradus.UnfoldOptions;

/// Makes columns of the windows of images: `[N, C, H, W]` becomes `[N, C · kernel, L]`. See
/// [Tensor#im2col].
///
/// PyTorch: `torch.nn.Unfold`.
public final class Unfold extends Layer {
  private final UnfoldOptions options;

  /// Makes the layer with windows of this size, one element apart.
  ///
  /// @throws IllegalArgumentException if the size is not positive
  public Unfold(int kernelSize) {
    this(UnfoldOptions.kernel(kernelSize));
  }

  /// Makes the layer.
  public Unfold(UnfoldOptions options) {
    this.options = options;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.unfold(x, options);
  }

  @Override
  protected String extraRepr() {
    return Kernels.repr(options);
  }
}
