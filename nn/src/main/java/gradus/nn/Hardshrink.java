// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Applies `x` where `|x| > lambda`, else 0, elementwise.
///
/// PyTorch: `torch.nn.Hardshrink`.
public final class Hardshrink extends Layer {
  private final double lambda;

  /// Makes the layer with lambda 0.5.
  public Hardshrink() {
    this(0.5);
  }

  /// Makes the layer with the lambda given.
  ///
  /// @throws IllegalArgumentException if `lambda` is not finite
  public Hardshrink(double lambda) {
    Check.finite("Hardshrink: lambda", lambda);
    this.lambda = lambda;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return x.hardshrink(lambda);
  }

  @Override
  protected String extraRepr() {
    return Repr.of(lambda);
  }
}
