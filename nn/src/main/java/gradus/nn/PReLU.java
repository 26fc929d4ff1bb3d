// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Parameter;
import gradus.Tensor;

/// Applies `x` where `x > 0`, else `weight · x`, with a learned slope for all elements or one per
/// channel (dimension 1).
///
/// State: the parameter `weight`, `[numParameters]`, which starts at 0.25. Weight decay on it is
/// not advised.
///
/// PyTorch: `torch.nn.PReLU`. Source: He et al., *Delving deep into rectifiers*, ICCV 2015.
public final class PReLU extends Layer {
  private final Parameter weight;

  /// Makes the layer with one slope.
  public PReLU() {
    this(1);
  }

  /// Makes the layer with `numParameters` slopes: 1, or one per channel.
  ///
  /// @throws IllegalArgumentException if the number is not positive
  public PReLU(int numParameters) {
    this(numParameters, 0.25);
  }

  /// Makes the layer with `numParameters` slopes that start at `init`.
  ///
  /// @throws IllegalArgumentException if the number is not positive or `init` is not finite
  public PReLU(int numParameters, double init) {
    Check.positive("PReLU: numParameters", numParameters);
    Check.finite("PReLU: init", init);
    weight = new Parameter(Tensor.full(init, numParameters));
  }

  /// Returns the slopes, `[numParameters]`.
  public Parameter weight() {
    return weight;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return x.prelu(weight);
  }

  @Override
  protected String extraRepr() {
    return "num_parameters=" + weight.numel();
  }
}
