// SPDX-License-Identifier: Apache-2.0
package gradus;

/// Which way a recurrent layer goes along a sequence.
public enum Direction {
  /// From the first step to the last.
  FORWARD,
  /// From the last step to the first.
  REVERSE
}
