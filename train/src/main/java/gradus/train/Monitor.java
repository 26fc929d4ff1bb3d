// SPDX-License-Identifier: Apache-2.0
package gradus.train;

/// Which number of the [History] decides what epoch is the best, and when to stop.
///
/// @param metric its name, such as `val_loss`
/// @param mode whether smaller or larger is better
/// @param minDelta how much better an epoch must be than the best so far to count, ≥ 0
public record Monitor(String metric, Mode mode, double minDelta) {
  /// Whether a smaller or a larger number is better.
  public enum Mode {
    /// Smaller is better, as of a loss.
    MIN,
    /// Larger is better, as of an accuracy.
    MAX
  }

  /// Checks the components.
  ///
  /// @throws IllegalArgumentException if `minDelta` is negative or not finite
  public Monitor {
    Check.that(
        minDelta >= 0 && minDelta < Double.POSITIVE_INFINITY,
        "Monitor",
        "minDelta",
        minDelta,
        "a number ≥ 0");
  }

  /// Returns a monitor of a metric of which any smaller value is better, such as `val_loss`.
  public static Monitor min(String metric) {
    return new Monitor(metric, Mode.MIN, 0);
  }

  /// Returns a monitor of a metric of which any larger value is better, such as `val_accuracy`.
  public static Monitor max(String metric) {
    return new Monitor(metric, Mode.MAX, 0);
  }

  /// Returns the same for another metric.
  public Monitor metric(String value) {
    return new Monitor(value, mode, minDelta);
  }

  /// Returns the same with another mode.
  public Monitor mode(Mode value) {
    return new Monitor(metric, value, minDelta);
  }

  /// Returns the same with another smallest improvement ≥ 0.
  public Monitor minDelta(double value) {
    return new Monitor(metric, mode, value);
  }

  /// Returns whether `value` is better than `best`; a NaN never is, and anything is better than a
  /// NaN.
  public boolean isBetter(double value, double best) {
    if (Double.isNaN(value) || Double.isNaN(best)) {
      return !Double.isNaN(value);
    }
    return mode == Mode.MIN ? value < best - minDelta : value > best + minDelta;
  }
}
