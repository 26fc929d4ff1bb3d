// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Generator;

/// Checks the numbers that augmentations are made with.
final class Ranges {
  private Ranges() {}

  /// Refuses a value outside [0, max].
  static void check(String owner, String name, double value, double max) {
    if (!(value >= 0 && value <= max)) {
      String range = max == Double.MAX_VALUE ? "a finite number ≥ 0" : "in [0, " + max + "]";
      throw new IllegalArgumentException(owner + ": " + name + " " + value + " is not " + range);
    }
  }

  /// Returns a number uniform in [low, high).
  static double between(Generator random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }
}
