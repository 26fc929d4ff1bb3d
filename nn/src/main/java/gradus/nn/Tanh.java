// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Applies `tanh(x)` elementwise.
///
/// PyTorch: `torch.nn.Tanh`.
public final class Tanh extends Layer {
  @Override
  protected Tensor forward(Tensor x) {
    return x.tanh();
  }
}
