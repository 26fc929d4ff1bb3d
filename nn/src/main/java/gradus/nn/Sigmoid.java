// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Applies `1 / (1 + e⁻ˣ)` elementwise.
///
/// PyTorch: `torch.nn.Sigmoid`.
public final class Sigmoid extends Layer {
  @Override
  protected Tensor forward(Tensor x) {
    return x.sigmoid();
  }
}
