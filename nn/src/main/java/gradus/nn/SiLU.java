// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Applies `x · sigmoid(x)`, also called swish, elementwise.
///
/// PyTorch: `torch.nn.SiLU`. Source: Hendrycks and Gimpel, *Gaussian error linear units*, 2016.
public final class SiLU extends Layer {
  @Override
  protected Tensor forward(Tensor x) {
    return x.silu();
  }
}
