// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/// Rounding to whole numbers in float lanes, by adding 2²³ and taking it away.
final class Rounding {
  private static final int SIGN = 0x8000_0000;

  private Rounding() {}

  /// The magnitude of `magnitude`, which must not have its sign bit set, with the sign of `sign`.
  static FloatVector withSign(FloatVector magnitude, FloatVector sign) {
    var bits = magnitude.reinterpretAsInts().or(sign.reinterpretAsInts().and(SIGN));
    return bits.reinterpretAsFloats();
  }

  /// The nearest whole number, half to even; signed zero, NaN and what is beyond 2²³ stay.
  static FloatVector rint(FloatVector x) {
    var magnitude = x.abs();
    var rounded = withSign(magnitude.add(0x1p23f).sub(0x1p23f), x);
    return x.blend(rounded, magnitude.compare(LT, 0x1p23f));
  }

  /// The greatest whole number not above x.
  static FloatVector floor(FloatVector x) {
    var r = rint(x);
    return r.blend(r.sub(1f), r.compare(GT, x));
  }

  /// The least whole number not below x.
  static FloatVector ceil(FloatVector x) {
    var r = rint(x);
    return withSign(r.blend(r.add(1f), r.compare(LT, x)).abs(), x);
  }

  /// The whole number next to x on the side of zero.
  static FloatVector trunc(FloatVector x) {
    return withSign(floor(x.abs()), x);
  }
}
