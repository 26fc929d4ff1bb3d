// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Makes a square of pixels of each pixel and as many channels: `[*, C · r², H, W]` becomes `[*, C,
/// H · r, W · r]`. See [F#pixelShuffle].
///
/// PyTorch: `torch.nn.PixelShuffle`.
public final class PixelShuffle extends Layer {
  private final int upscaleFactor;

  /// Makes the layer.
  ///
  /// @throws IllegalArgumentException if the factor is not positive
  public PixelShuffle(int upscaleFactor) {
    Check.positive("PixelShuffle: upscaleFactor", upscaleFactor);
    this.upscaleFactor = upscaleFactor;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.pixelShuffle(x, upscaleFactor);
  }

  @Override
  protected String extraRepr() {
    return "upscale_factor=" + upscaleFactor;
  }
}
