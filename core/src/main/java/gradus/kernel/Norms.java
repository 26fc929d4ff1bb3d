// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Batch normalisation: every channel of a contiguous `x[n, c, inner]` is normalised over n and
/// inner.
///
/// The float versions take x as n rows of c · inner columns: a channel's mean and scale are
/// repeated for its columns, and its sums are those of its columns, added up. The sums of a column
/// are taken over [#ROWS] rows at a time, one after the other, and then added up in the order of
/// [Reduce]. Channels that are [#LONG] are left to [ChannelRows].
public final class Norms {
  /// Columns worked on at a time, by one thread.
  private static final int COLUMNS = 1024;

  /// Rows worked on at a time: few enough to be still in the cache when they are read again.
  private static final int ROWS = 128;

  /// Consecutive elements of a channel from which on each of its rows is worth a loop.
  private static final int LONG = 64;

  /// Elements below which it is not worth handing over to another thread.
  private static final int GRAIN = 1 << 15;

  private Norms() {}

  /// The mean and the biased variance, Σ (x - mean)² / count, of every channel of `x[n, c, inner]`.
  ///
  /// The squares are first those of distances to the mean of some rows, to which those of the means
  /// from each other are added. (Chan, Golub and LeVeque, *Algorithms for Computing the Sample
  /// Variance*, 1983.)
  public static void stats(float[] x, int xo, int n, int c, int inner, float[] mean, float[] var) {
    if (inner >= LONG) {
      ChannelRows.stats(x, xo, n, c, inner, mean, var);
      return;
    }
    int width = c * inner;
    int chunks = Math.ceilDiv(n, ROWS);
    var sums = new float[chunks * width];
    var centres = new float[chunks * width];
    var squares = new float[chunks * width];
    tiles(
        n,
        width,
        (r, rows, j, columns, to) -> {
          int at = xo + r * width + j;
          Sums.rows(x, at, width, rows, columns, sums, to);
          Binary.DIV.run(sums, to, 1, new float[] {rows}, 0, 0, centres, to, columns);
          NormLoops.addSquares(x, at, width, rows, centres, to, squares, to, columns);
        });
    channels(sums, chunks, c, inner, mean);
    divide(mean, c, n * inner);
    float[] means = repeat(mean, c, inner);
    for (int i = 0, r = 0; i < chunks; i++, r += ROWS) {
      for (int j = 0, at = i * width; j < width; j++, at++) {
        float d = centres[at] - means[j];
        squares[at] = Math.fma(d * d, Math.min(ROWS, n - r), squares[at]);
      }
    }
    channels(squares, chunks, c, inner, var);
    divide(var, c, n * inner);
  }

  /// (x - mean) · (invStd · gamma) + beta, with 1 for no gamma and 0 for no beta.
  public static void forward(
      float[] x,
      int xo,
      int n,
      int c,
      int inner,
      float[] mean,
      float[] invStd,
      float @Nullable [] gamma,
      float @Nullable [] beta,
      float[] out) {
    if (inner >= LONG) {
      ChannelRows.forward(x, xo, n, c, inner, mean, scale(invStd, gamma, c), beta, out);
      return;
    }
    int width = c * inner;
    float[] means = repeat(mean, c, inner);
    float[] scales = repeat(scale(invStd, gamma, c), c, inner);
    float[] shifts = beta == null ? new float[width] : repeat(beta, c, inner);
    tiles(
        n,
        width,
        (r, rows, j, columns, _) -> {
          for (int i = r; i < r + rows; i++) {
            int at = i * width + j;
            NormLoops.normalize(x, xo + at, means, scales, shifts, j, out, at, columns);
          }
        });
  }

  /// Σ dy · (x - mean) and Σ dy of every channel: what the gradients of [#forward] are made of.
  public static void sums(
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
    if (inner >= LONG) {
      ChannelRows.sums(x, xo, dy, dyo, n, c, inner, mean, products, sums);
      return;
    }
    int width = c * inner;
    int chunks = Math.ceilDiv(n, ROWS);
    float[] means = repeat(mean, c, inner);
    var sum = new float[chunks * width];
    var product = new float[chunks * width];
    tiles(
        n,
        width,
        (r, rows, j, columns, to) -> {
          int at = r * width + j;
          NormLoops.addProducts(
              dy, dyo + at, x, xo + at, width, rows, means, j, sum, product, to, columns);
        });
    channels(sum, chunks, c, inner, sums);
    channels(product, chunks, c, inner, products);
  }

  /// The gradients of [#forward] where mean and invStd are those of x itself: with x̂ = (x - mean)
  /// · invStd, dgamma = Σ dy · x̂, dbeta = Σ dy, and dx = gamma · invStd · (dy - dbeta / count - x̂
  /// · dgamma / count).
  public static void backward(
      float[] x,
      int xo,
      float[] dy,
      int dyo,
      int n,
      int c,
      int inner,
      float[] mean,
      float[] invStd,
      float @Nullable [] gamma,
      float[] dx,
      float[] dgamma,
      float[] dbeta) {
    sums(x, xo, dy, dyo, n, c, inner, mean, dgamma, dbeta);
    Binary.MUL.run(dgamma, 0, 1, invStd, 0, 1, dgamma, 0, c);

    float[] scale = scale(invStd, gamma, c);
    var offset = new float[c];
    var slope = new float[c];
    for (int k = 0; k < c; k++) {
      offset[k] = dbeta[k] / (n * inner) * scale[k];
      slope[k] = dgamma[k] / (n * inner) * invStd[k] * scale[k];
    }
    if (inner >= LONG) {
      ChannelRows.gradient(x, xo, dy, dyo, n, c, inner, mean, scale, slope, offset, dx);
      return;
    }
    int width = c * inner;
    float[] means = repeat(mean, c, inner);
    float[] offsets = repeat(offset, c, inner);
    float[] slopes = repeat(slope, c, inner);
    float[] scales = repeat(scale, c, inner);
    tiles(
        n,
        width,
        (r, rows, j, columns, _) -> {
          for (int i = r; i < r + rows; i++) {
            int at = i * width + j;
            NormLoops.gradient(
                dy, dyo + at, x, xo + at, means, slopes, offsets, scales, j, dx, at, columns);
          }
        });
  }

  /// Works on `rows` rows from r on, `columns` columns from j on; their sums belong to `to`.
  @FunctionalInterface
  private interface Tile {
    void run(int r, int rows, int j, int columns, int to);
  }

  private static void tiles(int n, int width, Tile body) {
    int blocks = Math.ceilDiv(width, COLUMNS);
    Parallel.forRange(
        Math.ceilDiv(n, ROWS) * blocks,
        Math.max(GRAIN / (Math.min(n, ROWS) * Math.min(width, COLUMNS)), 1),
        (first, last) -> {
          for (int i = first; i < last; i++) {
            int chunk = i / blocks;
            int j = i % blocks * COLUMNS;
            body.run(
                chunk * ROWS,
                Math.min(ROWS, n - chunk * ROWS),
                j,
                Math.min(COLUMNS, width - j),
                chunk * width + j);
          }
        });
  }

  /// Adds up the chunks of each column, and the columns of each channel.
  private static void channels(float[] x, int chunks, int c, int inner, float[] out) {
    var columns = new float[c * inner];
    Reduce.sum(x, 0, 1, chunks, c * inner, columns);
    Reduce.sum(columns, 0, c, inner, 1, out);
  }

  private static void divide(float[] x, int c, int count) {
    for (int k = 0; k < c; k++) {
      x[k] /= count;
    }
  }

  private static float[] scale(float[] invStd, float @Nullable [] gamma, int c) {
    if (gamma == null) {
      return invStd;
    }
    var scale = new float[c];
    Binary.MUL.run(invStd, 0, 1, gamma, 0, 1, scale, 0, c);
    return scale;
  }

  /// Each channel's value, for all of its columns.
  private static float[] repeat(float[] x, int c, int inner) {
    if (inner == 1) {
      return x;
    }
    var columns = new float[c * inner];
    for (int k = 0; k < c; k++) {
      Arrays.fill(columns, k * inner, (k + 1) * inner, x[k]);
    }
    return columns;
  }

  /// The mean and the biased variance, Σ (x - mean)² / count, of every channel of `x[n, c, inner]`.
  public static void stats(
      double[] x, int xo, int n, int c, int inner, double[] mean, double[] var) {
    double count = (double) n * inner;
    for (int k = 0; k < c; k++) {
      double sum = 0;
      for (int b = 0; b < n; b++) {
        for (int i = 0; i < inner; i++) {
          sum += x[xo + (b * c + k) * inner + i];
        }
      }
      double m = sum / count;
      double squares = 0;
      for (int b = 0; b < n; b++) {
        for (int i = 0; i < inner; i++) {
          double d = x[xo + (b * c + k) * inner + i] - m;
          squares += d * d;
        }
      }
      mean[k] = m;
      var[k] = (squares / count);
    }
  }

  /// (x - mean) · invStd · gamma + beta, with 1 for no gamma and 0 for no beta.
  public static void forward(
      double[] x,
      int xo,
      int n,
      int c,
      int inner,
      double[] mean,
      double[] invStd,
      double @Nullable [] gamma,
      double @Nullable [] beta,
      double[] out) {
    for (int row = 0; row < n * c; row++) {
      int k = row % c;
      double scale = gamma == null ? invStd[k] : invStd[k] * gamma[k];
      double shift = beta == null ? 0 : beta[k];
      for (int i = 0; i < inner; i++) {
        out[row * inner + i] = Math.fma(x[xo + row * inner + i] - mean[k], scale, shift);
      }
    }
  }

  /// Σ dy · (x - mean) and Σ dy of every channel: what the gradients of [#forward] are made of.
  public static void sums(
      double[] x,
      int xo,
      double[] dy,
      int dyo,
      int n,
      int c,
      int inner,
      double[] mean,
      double[] products,
      double[] sums) {
    for (int k = 0; k < c; k++) {
      double sum = 0;
      double product = 0;
      for (int b = 0; b < n; b++) {
        for (int i = 0; i < inner; i++) {
          int at = (b * c + k) * inner + i;
          sum += dy[dyo + at];
          product += dy[dyo + at] * (x[xo + at] - mean[k]);
        }
      }
      sums[k] = sum;
      products[k] = product;
    }
  }

  /// The gradients of [#forward] where mean and invStd are those of x itself: with x̂ = (x - mean)
  /// · invStd, dgamma = Σ dy · x̂, dbeta = Σ dy, and dx = gamma · invStd · (dy - dbeta / count - x̂
  /// · dgamma / count).
  public static void backward(
      double[] x,
      int xo,
      double[] dy,
      int dyo,
      int n,
      int c,
      int inner,
      double[] mean,
      double[] invStd,
      double @Nullable [] gamma,
      double[] dx,
      double[] dgamma,
      double[] dbeta) {
    double count = (double) n * inner;
    sums(x, xo, dy, dyo, n, c, inner, mean, dgamma, dbeta);
    for (int k = 0; k < c; k++) {
      dgamma[k] *= invStd[k];
      double scale = gamma == null ? invStd[k] : invStd[k] * gamma[k];
      for (int b = 0; b < n; b++) {
        for (int i = 0; i < inner; i++) {
          int at = (b * c + k) * inner + i;
          double normal = (x[xo + at] - mean[k]) * invStd[k];
          dx[at] = scale * (dy[dyo + at] - dbeta[k] / count - normal * dgamma[k] / count);
        }
      }
    }
  }
}
