// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import java.util.List;

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

  /// Checks that there is one element, or one for each group.
  static void perGroup(String owner, String option, List<?> list, Optimizer<?> optimizer) {
    int groups = optimizer.groups().size();
    if (list.size() != 1 && list.size() != groups) {
      throw new IllegalArgumentException(
          "%s: %d %s for %d parameter groups; give one, or one for each"
              .formatted(owner, list.size(), option, groups));
    }
  }

  /// Returns the element of a group in a list of one, or one for each group.
  static <T> T ofGroup(List<T> list, int group) {
    return list.get(list.size() == 1 ? 0 : group);
  }

  /// Checks that there are schedulers, all of one optimizer, and returns that.
  static Optimizer<?> parts(String owner, List<LRScheduler> schedulers) {
    if (schedulers.isEmpty()) {
      throw new IllegalArgumentException(owner + ": no schedulers; give at least one");
    }
    Optimizer<?> optimizer = schedulers.getFirst().optimizer();
    parts(owner, schedulers, optimizer);
    return optimizer;
  }

  /// Checks that there are schedulers, all of this optimizer.
  static void parts(String owner, List<LRScheduler> schedulers, Optimizer<?> optimizer) {
    if (schedulers.isEmpty()) {
      throw new IllegalArgumentException(owner + ": no schedulers; give at least one");
    }
    for (int i = 0; i < schedulers.size(); i++) {
      if (!schedulers.get(i).optimizer().equals(optimizer)) {
        throw new IllegalArgumentException(
            owner + ": scheduler " + i + " is of another optimizer; they must share one");
      }
    }
  }

  static void that(boolean holds, String owner, String option, Object value, String wanted) {
    if (!holds) {
      throw new IllegalArgumentException(owner + ": " + option + " " + value + " is not " + wanted);
    }
  }
}
