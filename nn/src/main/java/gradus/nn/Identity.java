// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Returns its input: a placeholder.
///
/// PyTorch: `torch.nn.Identity`.
public final class Identity extends Layer {
  @Override
  protected Tensor forward(Tensor x) {
    return x;
  }
}
