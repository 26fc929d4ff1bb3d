// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Applies `x` held within `minVal` … `maxVal` elementwise; the derivative at both ends is 0.
///
/// PyTorch: `torch.nn.Hardtanh`.
public final class Hardtanh extends Layer {
  private final double minVal;
  private final double maxVal;

  /// Makes the layer with the bounds −1 and 1.
  public Hardtanh() {
    this(-1, 1);
  }

  /// Makes the layer with the bounds given.
  ///
  /// @throws IllegalArgumentException if `minVal` is not below `maxVal`
  public Hardtanh(double minVal, double maxVal) {
    if (!(minVal < maxVal)) {
      throw new IllegalArgumentException(
          "Hardtanh: minVal " + minVal + " is not below maxVal " + maxVal);
    }
    this.minVal = minVal;
    this.maxVal = maxVal;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return x.hardtanh(minVal, maxVal);
  }

  @Override
  protected String extraRepr() {
    return "min_val=" + Repr.of(minVal) + ", max_val=" + Repr.of(maxVal);
  }
}
