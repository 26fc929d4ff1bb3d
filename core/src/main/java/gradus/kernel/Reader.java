// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.Arrays;

/// Reads the elements of a strided array in row-major order, some at a time.
final class Reader {
  private final float[] x;
  private final Walk walk;

  /// Elements of the walk's present stretch that were read.
  private int done;

  /// Reads `x[xo + Σ index · xs]` from index number `from` of `shape` on.
  Reader(float[] x, int xo, int[] xs, int[] shape, int from) {
    this.x = x;
    this.walk = new Walk(shape, new int[] {xo}, new int[][] {xs}, from, Walk.size(shape));
  }

  /// Copies the next `n` elements to the first of `out`.
  void read(float[] out, int n) {
    int run;
    for (int i = 0; i < n; i += run, done += run) {
      if (done == walk.length) {
        walk.advance();
        done = 0;
      }
      run = Math.min(n - i, walk.length - done);
      int step = walk.step[0];
      int at = walk.at[0] + done * step;
      switch (step) {
        case 0 -> Arrays.fill(out, i, i + run, x[at]);
        case 1 -> System.arraycopy(x, at, out, i, run);
        default -> {
          for (int k = 0; k < run; k++) {
            out[i + k] = x[at + k * step];
          }
        }
      }
    }
  }
}
