// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Applies `x · hardsigmoid(x)` elementwise.
///
/// PyTorch: `torch.nn.Hardswish`. Source: Howard et al., *Searching for MobileNetV3*, ICCV 2019.
public final class Hardswish extends Layer {
  @Override
  protected Tensor forward(Tensor x) {
    return x.hardswish();
  }
}
