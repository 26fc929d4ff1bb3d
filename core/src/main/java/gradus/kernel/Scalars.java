// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// Double-precision definitions that `StrictMath` lacks.
final class Scalars {
  private static final double TWO_OVER_SQRT_PI = 1.1283791670955126;

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
    if (t < 6) {
      double fraction = t;
      for (int n = 60; n > 0; n--) {
        fraction = t + 0.5 * n / fraction;
      }
      double complement = 0.5 * TWO_OVER_SQRT_PI * StrictMath.exp(-t * t) / fraction;
      return Math.copySign(1 - complement, x);
    }
    return Double.isNaN(x) ? x : Math.signum(x);
  }
}
