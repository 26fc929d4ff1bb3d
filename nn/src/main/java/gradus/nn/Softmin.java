// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Applies `e⁻ˣ / Σe⁻ˣ` along a dimension, so that it sums to 1.
///
/// PyTorch: `torch.nn.Softmin`.
public final class Softmin extends Layer {
  private final int dim;

  /// Makes the layer along dimension `dim`; a negative one counts from the end.
  public Softmin(int dim) {
    this.dim = dim;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.softmin(x, dim);
  }

  @Override
  protected String extraRepr() {
    return "dim=" + dim;
  }
}
