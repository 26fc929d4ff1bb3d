// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

/// How far a number may be from the recorded one: `|actual − expected| ≤ absolute + relative ·
/// |expected|`. NaN equals NaN, and an infinity itself.
record Tolerance(double absolute, double relative) {
  boolean accepts(double actual, double expected) {
    if (actual == expected || (Double.isNaN(actual) && Double.isNaN(expected))) {
      return true;
    }
    return Double.isFinite(expected)
        && Math.abs(actual - expected) <= absolute + relative * Math.abs(expected);
  }
}
