// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// As [AlphaDropout], for each channel of `[N, C, …]` as a whole.
///
/// PyTorch: `torch.nn.FeatureAlphaDropout`. Source: Klambauer et al., *Self-normalizing neural
/// networks*, NeurIPS 2017.
public final class FeatureAlphaDropout extends DropoutLayer {
  /// Makes the layer with `p = 0.5`.
  public FeatureAlphaDropout() {
    this(0.5);
  }

  /// Makes the layer with the probability given.
  ///
  /// @throws IllegalArgumentException if `p` is not in [0, 1]
  public FeatureAlphaDropout(double p) {
    super("featureAlphaDropout", p);
  }

  @Override
  Tensor drop(Tensor x, double p) {
    return F.featureAlphaDropout(x, p);
  }
}
