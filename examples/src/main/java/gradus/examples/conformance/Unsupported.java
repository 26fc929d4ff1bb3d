// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import java.util.List;

/// A case needs functions, layers or optimizers whose names have no line in any table.
final class Unsupported extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> names;

  Unsupported(List<String> names) {
    super(String.join(", ", names), null, false, false);
    this.names = List.copyOf(names);
  }

  /// Returns the names without a line, as the case spells them.
  List<String> names() {
    return names;
  }
}
