// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Applies `x` where `x > 0`, else `alpha · (e^(x / alpha) − 1)`, elementwise.
///
/// PyTorch: `torch.nn.CELU`. Source: Barron, *Continuously differentiable exponential linear
/// units*, 2017.
public final class CELU extends Layer {
  private final double alpha;

  /// Makes the layer with alpha 1.
  public CELU() {
    this(1);
  }

  /// Makes the layer with the alpha given.
  ///
  /// @throws IllegalArgumentException if `alpha` is not positive and finite
  public CELU(double alpha) {
    Check.positive("CELU: alpha", alpha);
    this.alpha = alpha;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return x.celu(alpha);
  }

  @Override
  protected String extraRepr() {
    return "alpha=" + Repr.of(alpha);
  }
}
