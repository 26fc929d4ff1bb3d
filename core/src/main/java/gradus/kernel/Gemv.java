// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// Products of a matrix and a vector: bound by the reading of the matrix, which happens once.
///
/// Each element of the result is added up by [Sums#products], wherever its terms lie: what is not
/// consecutive is copied first.
final class Gemv {
  /// Elements of a matrix below which it is not worth handing over to another thread.
  private static final int GRAIN = 1 << 17;

  /// Rows of a matrix that are copied at once: whole squares of [Transpose], or whole lines.
  private static final int COPIED = 16;

  private Gemv() {}

  /// `y[i] = Σ w[i, p] · x[p]` for a matrix `[m, k]` with elements `ws` and `wc` apart, and a
  /// vector with elements `xs` apart.
  static void run(
      int m,
      int k,
      float[] w,
      int wo,
      int ws,
      int wc,
      float[] x,
      int xo,
      int xs,
      float[] y,
      int yo) {
    if (xs != 1 && k > 1) {
      var consecutive = new float[k];
      copy(x, xo, 0, xs, 1, k, consecutive);
      run(m, k, w, wo, ws, wc, consecutive, 0, 1, y, yo);
      return;
    }
    Parallel.forRange(
        m,
        Math.max(1, GRAIN / Math.max(k, 1)),
        (from, to) -> {
          var sums = new Sums();
          if (wc == 1 || k <= 1) {
            rows(sums, to - from, k, w, wo + from * ws, ws, x, xo, y, yo + from);
            return;
          }
          int most = Math.min(COPIED, to - from);
          var copied = new float[most * k];
          for (int i = from; i < to; i += most) {
            int rows = Math.min(most, to - i);
            copy(w, wo + i * ws, ws, wc, rows, k, copied);
            rows(sums, rows, k, copied, 0, k, x, xo, y, yo + i);
          }
        });
  }

  private static void rows(
      Sums sums, int m, int k, float[] w, int wo, int ws, float[] x, int xo, float[] y, int yo) {
    // Rows far apart are read ahead as two streams; an odd one is computed twice.
    int half = Math.ceilDiv(m, 2);
    for (int i = 0; i < half; i++) {
      int other = Math.min(i + half, m - 1);
      sums.products(w, wo + i * ws, wo + other * ws, x, xo, k, y, yo + i, yo + other);
    }
  }

  /// Copies a matrix `[m, k]`, so that its rows are consecutive.
  private static void copy(float[] w, int wo, int ws, int wc, int m, int k, float[] out) {
    if (ws == 1) {
      Transpose.matrix(w, wo, wc, k, m, out, 0, k);
    } else {
      Copy.strided(w, wo, new int[] {ws, wc}, new int[] {m, k}, out, 0);
    }
  }
}
