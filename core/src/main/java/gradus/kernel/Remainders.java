// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// Quotients as whole numbers, and what they leave.
final class Remainders {
  private Remainders() {}

  static double truncDiv(double a, double b) {
    double quotient = a / b;
    return quotient < 0 ? Math.ceil(quotient) : Math.floor(quotient);
  }

  /// From the remainder, which is exact, as Python and PyTorch do: a / b may have been rounded up
  /// to a whole number.
  static double floorDiv(double a, double b) {
    if (b == 0) {
      return a / b;
    }
    double left = a % b;
    double quotient = (a - left) / b;
    if (left != 0 && (b < 0) != (left < 0)) {
      quotient -= 1;
    }
    if (quotient == 0) {
      return Math.copySign(0, a / b);
    }
    double down = Math.floor(quotient);
    return quotient - down > 0.5 ? down + 1 : down;
  }

  static double remainder(double a, double b) {
    double left = a % b;
    return left != 0 && (b < 0) != (left < 0) ? left + b : left;
  }
}
