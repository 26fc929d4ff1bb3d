// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Applies `x · tanh(softplus(x))` elementwise.
///
/// PyTorch: `torch.nn.Mish`. Source: Misra, *Mish: a self regularized non-monotonic activation
/// function*, BMVC 2020.
public final class Mish extends Layer {
  @Override
  protected Tensor forward(Tensor x) {
    return x.mish();
  }
}
