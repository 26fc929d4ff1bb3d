// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

/// What options and arguments must hold, and the line that says so where they don't.
final class Check {
  private Check() {}

  /// Checks that the number is finite and ≥ 0.
  static void notNegative(String owner, String option, double value) {
    that(value >= 0 && value < Double.POSITIVE_INFINITY, owner, option, value, "a number ≥ 0");
  }

  /// Checks that the number is finite and > 0.
  static void positive(String owner, String option, double value) {
    that(value > 0 && value < Double.POSITIVE_INFINITY, owner, option, value, "a number > 0");
  }

  /// Checks that the number is ≥ 0.
  static void notNegative(String owner, String option, int value) {
    that(value >= 0, owner, option, value, "a number ≥ 0");
  }

  /// Checks that the number is > 0.
  static void positive(String owner, String option, int value) {
    that(value > 0, owner, option, value, "a number > 0");
  }

  /// Checks that the number is finite.
  static void finite(String owner, String option, double value) {
    that(Double.isFinite(value), owner, option, value, "a finite number");
  }

  /// Checks that 0 ≤ number < 1.
  static void fraction(String owner, String option, double value) {
    that(value >= 0 && value < 1, owner, option, value, "in [0, 1)");
  }

  static void that(boolean holds, String owner, String option, Object value, String wanted) {
    if (!holds) {
      throw new IllegalArgumentException(owner + ": " + option + " " + value + " is not " + wanted);
    }
  }
}
