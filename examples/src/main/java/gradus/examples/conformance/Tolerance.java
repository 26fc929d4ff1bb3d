// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

/// How far a number may be from the recorded one: `|actual − expected| ≤ absolute + relative ·
/// |expected|`. NaN equals NaN, and an infinity itself.
record Tolerance(double absolute, double relative) {
  /// Accepts nothing but the very number.
  static final Tolerance EXACT = new Tolerance(0, 0);

  boolean accepts(double actual, double expected) {
    if (actual == expected || (Double.isNaN(actual) && Double.isNaN(expected))) {
      return true;
    }
    return Double.isFinite(expected)
        && Math.abs(actual - expected) <= absolute + relative * Math.abs(expected);
  }

  /// Refuses what isn't accepted.
  void check(String what, double actual, double expected) {
    if (!accepts(actual, expected)) {
      throw new Mismatch("%s: %s, expected %s".formatted(what, actual, expected));
    }
  }
}
