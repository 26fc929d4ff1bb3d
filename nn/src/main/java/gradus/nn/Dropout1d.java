// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Zeroes each channel of `[N, C, L]` or `[C, L]` with probability `p` in training and scales the
/// others by `1 / (1 − p)`; returns its input in evaluation.
///
/// PyTorch: `torch.nn.Dropout1d`. Source: Tompson et al., *Efficient object localization using
/// convolutional networks*, CVPR 2015.
public final class Dropout1d extends DropoutLayer {
  /// Makes the layer with `p = 0.5`.
  public Dropout1d() {
    this(0.5);
  }

  /// Makes the layer with the probability given.
  ///
  /// @throws IllegalArgumentException if `p` is not in [0, 1]
  public Dropout1d(double p) {
    super("dropout1d", p);
  }

  @Override
  Tensor drop(Tensor x, double p) {
    return F.dropout1d(x, p);
  }
}
