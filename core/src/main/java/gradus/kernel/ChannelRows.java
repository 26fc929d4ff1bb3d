// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import org.jspecify.annotations.Nullable;

/// [Norms] of channels with many consecutive elements: x is `n` · `c` rows of `inner` elements. The
/// sums of a row have the order of [Sums], those of a channel's rows the order of [Reduce].
final class ChannelRows {
  /// Elements below which it is not worth handing over to another thread.
  private static final int GRAIN = 1 << 15;

  private ChannelRows() {}

  /// [Norms#stats], with the squares of each row about its own mean.
  static void stats(float[] x, int xo, int n, int c, int inner, float[] mean, float[] var) {
    var centres = new float[n * c];
    var squares = new float[n * c];
    rows(
        n,
        c,
        inner,
        (moments, r, _) -> {
          centres[r] = moments.mean(x, xo + r * inner, inner);
          squares[r] = moments.squares(x, xo + r * inner, inner, centres[r]);
        });
    Reduce.sum(centres, 0, 1, n, c, mean);
    for (int k = 0; k < c; k++) {
      mean[k] /= n;
    }
    for (int r = 0; r < n * c; r++) {
      float d = centres[r] - mean[r % c];
      squares[r] = Math.fma(d * d, inner, squares[r]);
    }
    Reduce.sum(squares, 0, 1, n, c, var);
    for (int k = 0; k < c; k++) {
      var[k] /= n * inner;
    }
  }

  /// (x - mean) · scale + shift, with 0 for no shift.
  static void forward(
      float[] x,
      int xo,
      int n,
      int c,
      int inner,
      float[] mean,
      float[] scale,
      float @Nullable [] shift,
      float[] out) {
    rows(
        n,
        c,
        inner,
        (_, r, k) -> {
          float b = shift == null ? 0 : shift[k];
          int at = r * inner;
          RowLoops.normalize(x, xo + at, mean[k], scale[k], b, out, at, inner);
        });
  }

  /// Σ dy · (x - mean) and Σ dy.
  static void sums(
      float[] x,
      int xo,
      float[] dy,
      int dyo,
      int n,
      int c,
      int inner,
      float[] mean,
      float[] products,
      float[] sums) {
    var product = new float[n * c];
    var sum = new float[n * c];
    rows(
        n,
        c,
        inner,
        (moments, r, k) -> {
          moments.products(dy, dyo + r * inner, x, xo + r * inner, inner, mean[k]);
          product[r] = moments.product;
          sum[r] = moments.sum;
        });
    Reduce.sum(product, 0, 1, n, c, products);
    Reduce.sum(sum, 0, 1, n, c, sums);
  }

  /// dy · scale - (x - mean) · slope - offset.
  static void gradient(
      float[] x,
      int xo,
      float[] dy,
      int dyo,
      int n,
      int c,
      int inner,
      float[] mean,
      float[] scale,
      float[] slope,
      float[] offset,
      float[] dx) {
    rows(
        n,
        c,
        inner,
        (_, r, k) -> {
          int at = r * inner;
          RowLoops.gradient(
              dy, dyo + at, scale[k], x, xo + at, mean[k], slope[k], offset[k], dx, at, inner);
        });
  }

  /// Works on row r, which belongs to channel k.
  @FunctionalInterface
  private interface Row {
    void run(Moments moments, int r, int k);
  }

  private static void rows(int n, int c, int inner, Row body) {
    Parallel.forRange(
        n * c,
        Math.max(GRAIN / inner, 1),
        (first, last) -> {
          var moments = new Moments();
          for (int r = first; r < last; r++) {
            body.run(moments, r, r % c);
          }
        });
  }
}
