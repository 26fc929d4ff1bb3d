// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// The largest elements of windows that cover all three dimensions evenly, whatever the input's
/// size: `[N, C, D, H, W]` or `[C, D, H, W]` keeps its channels. See [Tensor#adaptiveMaxPool3d].
///
/// PyTorch: `torch.nn.AdaptiveMaxPool3d`.
public final class AdaptiveMaxPool3d extends Layer {
  private final int[] outputSize;

  /// Makes the layer.
  ///
  /// @param outputSize depth, height and width, or one number for all; −1 keeps the input's
  public AdaptiveMaxPool3d(int... outputSize) {
    this.outputSize = outputSize.clone();
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.adaptiveMaxPool3d(x, outputSize);
  }

  @Override
  protected String extraRepr() {
    return "output_size=" + Kernels.sizes(outputSize);
  }
}
