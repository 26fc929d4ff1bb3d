// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// Double-precision definitions that `StrictMath` lacks.
final class Scalars {
  private static final double TWO_OVER_SQRT_PI = 1.1283791670955126;
  private static final double LN_2 = 0.6931471805599453;

  private Scalars() {}

  /// 1 / (1 + exp(-x)), without overflow.
  static double sigmoid(double x) {
    double z = StrictMath.exp(-Math.abs(x));
    return (x < 0 ? z : 1) / (1 + z);
  }

  /// The error function 2/√π ∫₀ˣ exp(-t²) dt. Abramowitz and Stegun, Handbook of Mathematical
  /// Functions: the series 7.1.6, whose terms all have one sign, and for larger arguments the
  /// continued fraction 7.1.14 of the complement.
  static double erf(double x) {
    double t = Math.abs(x);
    if (t < 2.5) {
      double term = x;
      double sum = x;
      double twoSquares = 2 * x * x;
      for (int n = 3; Math.abs(term) > 0x1p-54 * Math.abs(sum); n += 2) {
        term *= twoSquares / n;
        sum += term;
      }
      return TWO_OVER_SQRT_PI * StrictMath.exp(-x * x) * sum;
    }
    return Double.isNaN(x) ? x : Math.copySign(1 - complement(t), x);
  }

  /// 1 - erf x, which keeps its digits where erf x is close to 1.
  static double erfc(double x) {
    return x < 2.5 ? 1 - erf(x) : Double.isNaN(x) ? x : complement(x);
  }

  /// 1 - erf t for t of at least 2.5, by the continued fraction.
  private static double complement(double t) {
    double fraction = t;
    for (int n = 60; n > 0; n--) {
      fraction = t + 0.5 * n / fraction;
    }
    return 0.5 * TWO_OVER_SQRT_PI * StrictMath.exp(-t * t) / fraction;
  }

  /// The binary logarithm, exact of powers of two.
  static double log2(double x) {
    double y = StrictMath.log(x) / LN_2;
    double whole = Math.rint(y);
    return Math.scalb(1.0, (int) whole) == x ? whole : y;
  }
}
