// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Applies the gated linear unit `a · sigmoid(b)`, where `a` and `b` are the first and second half
/// of `x` along a dimension.
///
/// PyTorch: `torch.nn.GLU`.
public final class GLU extends Layer {
  private final int dim;

  /// Makes the layer along the last dimension.
  public GLU() {
    this(-1);
  }

  /// Makes the layer along dimension `dim`; a negative one counts from the end.
  public GLU(int dim) {
    this.dim = dim;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.glu(x, dim);
  }

  @Override
  protected String extraRepr() {
    return "dim=" + dim;
  }
}
