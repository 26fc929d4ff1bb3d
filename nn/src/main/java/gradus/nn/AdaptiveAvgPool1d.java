// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// The means of windows that cover the dimension evenly, whatever the input's size: `[N, C, L]` or
/// `[C, L]` keeps its channels. See [Tensor#adaptiveAvgPool1d].
///
/// PyTorch: `torch.nn.AdaptiveAvgPool1d`.
public final class AdaptiveAvgPool1d extends Layer {
  private final int outputSize;

  /// Makes the layer.
  public AdaptiveAvgPool1d(int outputSize) {
    this.outputSize = outputSize;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.adaptiveAvgPool1d(x, outputSize);
  }

  @Override
  protected String extraRepr() {
    return "output_size=" + outputSize;
  }
}
