// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Joins dimensions `startDim … endDim` into one: `[N, C, H, W]` becomes `[N, C·H·W]` by default.
///
/// PyTorch: `torch.nn.Flatten`.
public final class Flatten extends Layer {
  private final int startDim;
  private final int endDim;

  /// Joins all dimensions but the first.
  public Flatten() {
    this(1, -1);
  }

  /// Joins dimensions `startDim` to `endDim`, both included; negative ones count from the end.
  public Flatten(int startDim, int endDim) {
    this.startDim = startDim;
    this.endDim = endDim;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return x.flatten(startDim, endDim);
  }

  @Override
  protected String extraRepr() {
    return "start_dim=" + startDim + ", end_dim=" + endDim;
  }
}
