// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Refuses values of options that are out of their range or do not go together.
record Usage(CommandLine command) {
  /// @throws ParameterException unless `ok`: the option, its value, and the rule
  void require(String option, @Nullable Object value, boolean ok, String rule) {
    require(option + " " + value, ok, rule);
  }

  /// @throws ParameterException unless `ok`: what was given, and the rule
  void require(String given, boolean ok, String rule) {
    if (!ok) {
      throw new ParameterException(command, given + ": " + rule);
    }
  }

  /// @throws ParameterException unless the value is a finite number ≥ 0, or is not given
  void notNegative(String option, @Nullable Double value) {
    boolean ok = value == null || (value >= 0 && Double.isFinite(value));
    require(option, value, ok, "must not be negative");
  }

  /// @throws ParameterException unless the value is a finite number > 0, or is not given
  void positive(String option, @Nullable Number value) {
    boolean ok = value == null || (value.doubleValue() > 0 && Double.isFinite(value.doubleValue()));
    require(option, value, ok, "must be positive");
  }
}
