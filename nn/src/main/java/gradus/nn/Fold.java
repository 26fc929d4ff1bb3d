// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Shape;
import gradus.Tensor;
import gradus.UnfoldOptions;

/// Adds up windows to images: `[N, C · kernel, L]` becomes `[N, C, height, width]`. See
/// [Tensor#col2im].
///
/// PyTorch: `torch.nn.Fold`.
public final class Fold extends Layer {
  private final Shape outputSize;
  private final UnfoldOptions options;

  /// Makes the layer.
  ///
  /// @param outputSize height and width of the images, or one number for both
  public Fold(Shape outputSize, UnfoldOptions options) {
    this.outputSize = outputSize;
    this.options = options;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.fold(x, outputSize, options);
  }

  @Override
  protected String extraRepr() {
    return "output_size=" + Kernels.number(outputSize) + ", " + Kernels.repr(options);
  }
}
