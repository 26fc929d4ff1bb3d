// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Approximate;
import gradus.Tensor;
import java.util.Locale;

/// Applies `x · Φ(x)`, where `Φ` is the normal distribution, or what approximates it, elementwise.
///
/// PyTorch: `torch.nn.GELU`. Source: Hendrycks and Gimpel, *Gaussian error linear units*, 2016.
public final class GELU extends Layer {
  private final Approximate approximate;

  /// Makes the layer of the exact function.
  public GELU() {
    this(Approximate.NONE);
  }

  /// Makes the layer of the function or its approximation by tanh.
  public GELU(Approximate approximate) {
    this.approximate = approximate;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return x.gelu(approximate);
  }

  @Override
  protected String extraRepr() {
    return "approximate='" + approximate.name().toLowerCase(Locale.ROOT) + "'";
  }
}
