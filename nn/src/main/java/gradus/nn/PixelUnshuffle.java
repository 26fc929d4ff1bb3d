// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Makes a pixel and as many channels of each square of pixels: `[*, C, H · r, W · r]` becomes `[*,
/// C · r², H, W]`. See [F#pixelUnshuffle].
///
/// PyTorch: `torch.nn.PixelUnshuffle`.
public final class PixelUnshuffle extends Layer {
  private final int downscaleFactor;

  /// Makes the layer.
  ///
  /// @throws IllegalArgumentException if the factor is not positive
  public PixelUnshuffle(int downscaleFactor) {
    Check.positive("PixelUnshuffle: downscaleFactor", downscaleFactor);
    this.downscaleFactor = downscaleFactor;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.pixelUnshuffle(x, downscaleFactor);
  }

  @Override
  protected String extraRepr() {
    return "downscale_factor=" + downscaleFactor;
  }
}
