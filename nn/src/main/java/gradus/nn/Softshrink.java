// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Brings `x` nearer to 0 by `lambda`, elementwise, and to 0 where it is not farther than that.
///
/// PyTorch: `torch.nn.Softshrink`.
public final class Softshrink extends Layer {
  private final double lambda;

  /// Makes the layer with lambda 0.5.
  public Softshrink() {
    this(0.5);
  }

  /// Makes the layer with the lambda given.
  ///
  /// @throws IllegalArgumentException if `lambda` is negative or not finite
  public Softshrink(double lambda) {
    Check.nonNegative("Softshrink: lambda", lambda);
    this.lambda = lambda;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return x.softshrink(lambda);
  }

  @Override
  protected String extraRepr() {
    return Repr.of(lambda);
  }
}
