// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.DType;

/// The type that a case is computed in, with the tolerances that the golden data's README gives for
/// it.
enum Precision {
  FLOAT64(DType.FLOAT64),
  FLOAT32(DType.FLOAT32);

  private final DType dtype;

  Precision(DType dtype) {
    this.dtype = dtype;
  }

  DType dtype() {
    return dtype;
  }

  /// Returns the tolerance of outputs and gradients.
  Tolerance ops() {
    return this == FLOAT64 ? new Tolerance(1e-10, 1e-9) : new Tolerance(1e-5, 1e-4);
  }

  /// Returns the tolerance of outputs and gradients of `c`.
  ///
  /// Cases tagged `f32_loose` lose digits in float32 by cancellation whoever computes them: a mean
  /// of 4096 is rounded by 2·10⁻⁴, which stays in differences from it of about 0.5. They get two
  /// digits more.
  Tolerance ops(Case c) {
    return this == FLOAT32 && c.tagged("f32_loose") ? new Tolerance(1e-3, 1e-2) : ops();
  }

  /// Returns the tolerance of optimizers and training, relative to 1 + |expected|.
  Tolerance training() {
    double t = this == FLOAT64 ? 1e-9 : 1e-4;
    return new Tolerance(t, t);
  }

  /// Returns `float64` or `float32`.
  @Override
  public String toString() {
    return dtype.toString();
  }
}
