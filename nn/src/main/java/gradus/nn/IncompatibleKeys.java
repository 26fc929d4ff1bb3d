// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import java.util.List;

/// What [Module#loadMatching] could not match.
///
/// PyTorch: the result of `load_state_dict(strict=False)`.
///
/// @param missing names of the module that the loaded state lacks
/// @param unexpected names of the loaded state that the module lacks
public record IncompatibleKeys(List<String> missing, List<String> unexpected) {
  /// Copies the lists.
  public IncompatibleKeys {
    missing = List.copyOf(missing);
    unexpected = List.copyOf(unexpected);
  }

  /// Returns whether all names matched.
  public boolean isEmpty() {
    return missing.isEmpty() && unexpected.isEmpty();
  }
}
