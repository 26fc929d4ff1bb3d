// SPDX-License-Identifier: Apache-2.0
package gradus.data;

/// Which examples an epoch takes, in which order: `torch.utils.data.Sampler`.
///
/// What it returns depends on the number of the epoch and on what it was made with alone, so that a
/// training can go on where it stopped.
public interface Sampler {

  /// Returns how many numbers an epoch has.
  int size();

  /// Returns the numbers of the examples of an epoch, in order; a new array.
  ///
  /// @param epoch the number of the epoch, ≥ 0
  int[] indices(int epoch);
}
