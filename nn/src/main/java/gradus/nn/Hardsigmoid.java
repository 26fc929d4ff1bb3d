// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Applies `(x + 3) / 6` held within 0 … 1 elementwise.
///
/// PyTorch: `torch.nn.Hardsigmoid`.
public final class Hardsigmoid extends Layer {
  @Override
  protected Tensor forward(Tensor x) {
    return x.hardsigmoid();
  }
}
