// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Applies `x` where `x > 0`, else `alpha · (eˣ − 1)`, elementwise.
///
/// PyTorch: `torch.nn.ELU`. Source: Clevert et al., *Fast and accurate deep network learning by
/// exponential linear units*, ICLR 2016.
public final class ELU extends Layer {
  private final double alpha;

  /// Makes the layer with alpha 1.
  public ELU() {
    this(1);
  }

  /// Makes the layer with the alpha given.
  ///
  /// @throws IllegalArgumentException if `alpha` is not finite
  public ELU(double alpha) {
    Check.finite("ELU: alpha", alpha);
    this.alpha = alpha;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return x.elu(alpha);
  }

  @Override
  protected String extraRepr() {
    return "alpha=" + Repr.of(alpha);
  }
}
