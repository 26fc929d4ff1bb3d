// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// The largest elements of windows that cover the dimension evenly, whatever the input's size: `[N,
/// C, L]` or `[C, L]` keeps its channels. See [Tensor#adaptiveMaxPool1d].
///
/// PyTorch: `torch.nn.AdaptiveMaxPool1d`.
public final class AdaptiveMaxPool1d extends Layer {
  private final int outputSize;

  /// Makes the layer.
  public AdaptiveMaxPool1d(int outputSize) {
    this.outputSize = outputSize;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.adaptiveMaxPool1d(x, outputSize);
  }

  @Override
  protected String extraRepr() {
    return "output_size=" + outputSize;
  }
}
