// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Applies `eˣ / Σeˣ` along a dimension, so that it sums to 1.
///
/// PyTorch: `torch.nn.Softmax`.
public final class Softmax extends Layer {
  private final int dim;

  /// Makes the layer along dimension `dim`; a negative one counts from the end.
  public Softmax(int dim) {
    this.dim = dim;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return x.softmax(dim);
  }

  @Override
  protected String extraRepr() {
    return "dim=" + dim;
  }
}
