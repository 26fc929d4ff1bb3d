// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Applies `max(0, x)` elementwise.
///
/// PyTorch: `torch.nn.ReLU`.
public final class ReLU extends Layer {
  @Override
  protected Tensor forward(Tensor x) {
    return x.relu();
  }
}
