// SPDX-License-Identifier: Apache-2.0
package gradus.train;

/// What options and arguments must hold, and the line that says so where they don't.
final class Check {
  private Check() {}

  static void positive(String owner, String option, int value) {
    that(value > 0, owner, option, value, "positive");
  }

  static void notNegative(String owner, String option, int value) {
    that(value >= 0, owner, option, value, "a number ≥ 0");
  }

  static void that(boolean holds, String owner, String option, Object value, String wanted) {
    if (!holds) {
      throw new IllegalArgumentException(owner + ": " + option + " " + value + " is not " + wanted);
    }
  }
}
