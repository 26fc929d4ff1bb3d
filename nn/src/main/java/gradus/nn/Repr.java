// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Shape;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Texts as Python prints them, so that a printed module reads as in PyTorch.
final class Repr {
  private Repr() {}

  /// Returns Python's `repr` of a float: `0.1`, `1e-05`, `1e+16`.
  static String of(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return Double.toString(value);
    }
    var digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      return digits.scale() > 0 ? digits.toPlainString() : digits.toPlainString() + ".0";
    }
    return digits.scaleByPowerOfTen(-exponent).toPlainString()
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }

  /// Returns Python's `True` or `False`.
  static String of(boolean value) {
    return value ? "True" : "False";
  }

  /// Returns the simple name of a class; for an anonymous one that of its superclass.
  static String name(Class<?> type) {
    return type.isAnonymousClass() ? name(type.getSuperclass()) : type.getSimpleName();
  }

  /// Returns Python's tuple: `(4,)`, `(2, 3)`.
  static String of(Shape shape) {
    return Arrays.stream(shape.toArray())
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "(", shape.dim() == 1 ? ",)" : ")"));
  }
}
