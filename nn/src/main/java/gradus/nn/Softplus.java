// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Applies `ln(1 + e^(beta · x)) / beta`, or `x` where `beta · x > threshold`, elementwise.
///
/// PyTorch: `torch.nn.Softplus`.
public final class Softplus extends Layer {
  private final double beta;
  private final double threshold;

  /// Makes the layer with beta 1 and threshold 20.
  public Softplus() {
    this(1, 20);
  }

  /// Makes the layer with the slope and threshold given.
  ///
  /// @throws IllegalArgumentException if `beta` is not positive or either is not finite
  public Softplus(double beta, double threshold) {
    Check.positive("Softplus: beta", beta);
    Check.finite("Softplus: threshold", threshold);
    this.beta = beta;
    this.threshold = threshold;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return x.softplus(beta, threshold);
  }

  @Override
  protected String extraRepr() {
    return "beta=" + Repr.of(beta) + ", threshold=" + Repr.of(threshold);
  }
}
