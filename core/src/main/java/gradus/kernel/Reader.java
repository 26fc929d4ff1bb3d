// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// Reads the elements of a strided array in row-major order, some at a time.
final class Reader {
  private final Copy.Pair pair;
  private final Walk walk;

  /// Elements of the walk's present stretch that were read.
  private int done;

  /// Reads `x[xo + Σ index · xs]` from index number `from` of `shape` on, to the start of `out`.
  Reader(float[] x, int xo, int[] xs, int[] shape, int from, float[] out) {
    this.pair = new Copy.Floats(x, out);
    this.walk = new Walk(shape, new int[] {xo}, new int[][] {xs}, from, Walk.size(shape));
  }

  /// Copies the next `n` elements.
  void read(int n) {
    int run;
    for (int i = 0; i < n; i += run, done += run) {
      if (done == walk.length) {
        walk.advance();
        done = 0;
      }
      run = Math.min(n - i, walk.length - done);
      pair.copy(walk.at[0] + done * walk.step[0], walk.step[0], i, run);
    }
  }
}
