// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Applies `x` where `x > 0`, else `negativeSlope · x`, elementwise.
///
/// PyTorch: `torch.nn.LeakyReLU`.
public final class LeakyReLU extends Layer {
  private final double negativeSlope;

  /// Makes the layer with a slope of 0.01.
  public LeakyReLU() {
    this(0.01);
  }

  /// Makes the layer with the slope given.
  ///
  /// @throws IllegalArgumentException if the slope is not finite
  public LeakyReLU(double negativeSlope) {
    Check.finite("negativeSlope", negativeSlope);
    this.negativeSlope = negativeSlope;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return x.leakyRelu(negativeSlope);
  }

  @Override
  protected String extraRepr() {
    return "negative_slope=" + Repr.of(negativeSlope);
  }
}
