// SPDX-License-Identifier: Apache-2.0
package gradus;

/// Which element comes first.
public enum Order {
  /// The smallest.
  ASCENDING,
  /// The largest.
  DESCENDING
}
