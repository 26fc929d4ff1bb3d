// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Applies `ln sigmoid(x)` elementwise, without overflow.
///
/// PyTorch: `torch.nn.LogSigmoid`.
public final class LogSigmoid extends Layer {
  @Override
  protected Tensor forward(Tensor x) {
    return x.logsigmoid();
  }
}
