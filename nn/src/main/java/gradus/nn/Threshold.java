// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Applies `x` where `x > threshold`, else `value`, elementwise.
///
/// PyTorch: `torch.nn.Threshold`.
public final class Threshold extends Layer {
  private final double threshold;
  private final double value;

  /// Makes the layer with the threshold, and the value for what is not above it given.
  ///
  /// @throws IllegalArgumentException if either is not finite
  public Threshold(double threshold, double value) {
    Check.finite("Threshold: threshold", threshold);
    Check.finite("Threshold: value", value);
    this.threshold = threshold;
    this.value = value;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return x.threshold(threshold, value);
  }

  @Override
  protected String extraRepr() {
    return "threshold=" + Repr.of(threshold) + ", value=" + Repr.of(value);
  }
}
