// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Sets each element to the lower limit of [SELU] with probability `p` in training, then scales and
/// shifts all so that mean 0 and variance 1 stay what they are; returns its input in evaluation.
///
/// PyTorch: `torch.nn.AlphaDropout`. Source: Klambauer et al., *Self-normalizing neural networks*,
/// NeurIPS 2017.
public final class AlphaDropout extends DropoutLayer {
  /// Makes the layer with `p = 0.5`.
  public AlphaDropout() {
    this(0.5);
  }

  /// Makes the layer with the probability given.
  ///
  /// @throws IllegalArgumentException if `p` is not in [0, 1]
  public AlphaDropout(double p) {
    super("alphaDropout", p);
  }

  @Override
  Tensor drop(Tensor x, double p) {
    return F.alphaDropout(x, p);
  }
}
