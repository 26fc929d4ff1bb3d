// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// The means of windows that cover all three dimensions evenly, whatever the input's size: `[N, C,
/// H, W]` or `[C, D, H, W]` keeps its channels. See [Tensor#adaptiveAvgPool3d].
///
/// PyTorch: `torch.nn.AdaptiveAvgPool3d`.
public final class AdaptiveAvgPool3d extends Layer {
  private final int[] outputSize;

  /// Makes the layer.
  ///
  /// @param outputSize depth, height and width, or one number for all; −1 keeps the input's
  public AdaptiveAvgPool3d(int... outputSize) {
    this.outputSize = outputSize.clone();
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.adaptiveAvgPool3d(x, outputSize);
  }

  @Override
  protected String extraRepr() {
    return "output_size=" + Kernels.sizes(outputSize);
  }
}
