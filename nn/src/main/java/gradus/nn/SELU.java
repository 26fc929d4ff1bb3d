// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Applies the self-normalising `1.0507… · elu(x, 1.6733…)` elementwise; see [Tensor#selu].
///
/// PyTorch: `torch.nn.SELU`. Source: Klambauer et al., *Self-normalizing neural networks*, NeurIPS
/// 2017.
public final class SELU extends Layer {
  @Override
  protected Tensor forward(Tensor x) {
    return x.selu();
  }
}
