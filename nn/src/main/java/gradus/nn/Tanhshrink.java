// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Applies `x − tanh(x)` elementwise.
///
/// PyTorch: `torch.nn.Tanhshrink`.
public final class Tanhshrink extends Layer {
  @Override
  protected Tensor forward(Tensor x) {
    return x.tanhshrink();
  }
}
