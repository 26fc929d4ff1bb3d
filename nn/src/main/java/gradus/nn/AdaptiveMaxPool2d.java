// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// The largest elements of windows that cover both dimensions evenly, whatever the input's size:
/// `[N, C, H, W]` or `[C, H, W]` keeps its channels. See [Tensor#adaptiveMaxPool2d].
///
/// PyTorch: `torch.nn.AdaptiveMaxPool2d`.
public final class AdaptiveMaxPool2d extends Layer {
  private final int[] outputSize;

  /// Makes the layer.
  ///
  /// @param outputSize height and width, or one number for both; −1 keeps the input's
  public AdaptiveMaxPool2d(int... outputSize) {
    this.outputSize = outputSize.clone();
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.adaptiveMaxPool2d(x, outputSize);
  }

  @Override
  protected String extraRepr() {
    return "output_size=" + Kernels.sizes(outputSize);
  }
}
