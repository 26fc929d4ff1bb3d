// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Zeroes each element with probability `p` in training and scales the others by `1 / (1 − p)`;
/// returns its input in evaluation. Draws from [gradus.Generator#current()].
///
/// PyTorch: `torch.nn.Dropout`. Source: Srivastava et al., *Dropout*, JMLR 15 (2014).
public final class Dropout extends DropoutLayer {
  /// Makes the layer with `p = 0.5`.
  public Dropout() {
    this(0.5);
  }

  /// Makes the layer with the probability given.
  ///
  /// @throws IllegalArgumentException if `p` is not in [0, 1]
  public Dropout(double p) {
    super("dropout", p);
  }

  @Override
  Tensor drop(Tensor x, double p) {
    return F.dropout(x, p);
  }
}
