// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import java.util.Map;

/// Looks things up by the names that a golden file uses.
final class Named {
  private Named() {}

  /// Returns the `kind` of thing called `name`.
  ///
  /// @throws Mismatch if there is none
  static <T> T get(String kind, Map<String, ? extends T> all, String name) {
    T found = all.get(name);
    if (found == null) {
      throw new Mismatch("there is no %s %s among %s".formatted(kind, name, all.keySet()));
    }
    return found;
  }
}
