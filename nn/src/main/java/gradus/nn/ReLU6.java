// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Applies `x` held within 0 … 6 elementwise; the derivative at both ends is 0.
///
/// PyTorch: `torch.nn.ReLU6`.
public final class ReLU6 extends Layer {
  @Override
  protected Tensor forward(Tensor x) {
    return x.relu6();
  }
}
