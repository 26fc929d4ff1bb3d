// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

/// Something that remembers: its state can be taken out, saved, and put back, so that an
/// interrupted training continues as if it had never stopped.
public interface Stateful {

  /// Returns a copy of the state, which later steps leave untouched.
  StateDict stateDict();

  /// Replaces the state by a copy of `state`, completely or, if anything in it does not fit, not at
  /// all.
  ///
  /// @throws IllegalArgumentException if entries are missing, unexpected or of another shape; the
  ///   message names all of them
  void loadStateDict(StateDict state);
}
