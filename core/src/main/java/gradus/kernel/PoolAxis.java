// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// One spatial dimension of a pooling: output o looks at inputs `start[o]`, `start[o] + step`, …
/// before `end[o]`, all of which exist.
///
/// @param in the size of the input
/// @param count what a mean over each window is divided by, in this dimension
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PoolAxis(int in, int[] start, int[] end, int step, int[] count) {
  /// A dimension that is not there.
  public static final PoolAxis NONE = new PoolAxis(1, new int[1], new int[] {1}, 1, new int[] {1});

  /// The size of the output.
  public int out() {
    return start.length;
  }
}
