// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Applies `x / (1 + |x|)` elementwise.
///
/// PyTorch: `torch.nn.Softsign`.
public final class Softsign extends Layer {
  @Override
  protected Tensor forward(Tensor x) {
    return x.softsign();
  }
}
