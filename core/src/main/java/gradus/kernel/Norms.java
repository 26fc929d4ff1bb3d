// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Batch normalisation: every channel of a contiguous `x[n, c, inner]` is normalised over n and
/// inner.
///
/// The float versions take x as n rows of c · inner columns: a channel's mean and scale are
/// repeated for its columns, and its sums are those of its columns, added up. The sums have the
/// orders of [Reduce].
public final class Norms {
  /// Columns worked on at a time, by one thread.
  private static final int COLUMNS = 1024;

  /// Elements below which it is not worth handing over to another thread.
  private static final int GRAIN = 1 << 15;

  private Norms() {}

  /// The mean and the biased variance, Σ (x - mean)² / count, of every channel of `x[n, c, inner]`.
  public static void stats(float[] x, int xo, int n, int c, int inner, float[] mean, float[] var) {
    int width = c * inner;
    var sums = new float[width];
    Reduce.sum(x, xo, 1, n, width, sums);
    channels(sums, c, inner, mean);
    divide(mean, c, n * inner);
    float[] means = repeat(mean, c, inner);
    columns(
        n,
        width,
        (j, columns) ->
            sum(
                n,
                columns,
                sums,
                j,
                (r, to) -> NormLoops.addSquares(x, xo + r * width + j, means, j, to, columns)));
    channels(sums, c, inner, var);
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
    int width = c * inner;
    float[] means = repeat(mean, c, inner);
    float[] scales = repeat(scale(invStd, gamma, c), c, inner);
    float[] shifts = beta == null ? new float[width] : repeat(beta, c, inner);
    columns(
        n,
        width,
        (j, columns) -> {
          for (int r = 0; r < n; r++) {
            int at = r * width + j;
            NormLoops.normalize(x, xo + at, means, scales, shifts, j, out, at, columns);
          }
        });
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
    int width = c * inner;
    var sums = new float[width];
    float[] means = repeat(mean, c, inner);
    Reduce.sum(dy, dyo, 1, n, width, sums);
    channels(sums, c, inner, dbeta);
    columns(
        n,
        width,
        (j, columns) ->
            sum(
                n,
                columns,
                sums,
                j,
                (r, to) -> {
                  int at = r * width + j;
                  NormLoops.addProducts(dy, dyo + at, x, xo + at, means, j, to, columns);
                }));
    channels(sums, c, inner, dgamma);
    Binary.MUL.run(dgamma, 0, 1, invStd, 0, 1, dgamma, 0, c);

    var offset = new float[c];
    var slope = new float[c];
    for (int k = 0; k < c; k++) {
      offset[k] = dbeta[k] / (n * inner);
      slope[k] = dgamma[k] * invStd[k] / (n * inner);
    }
    float[] offsets = repeat(offset, c, inner);
    float[] slopes = repeat(slope, c, inner);
    float[] scales = repeat(scale(invStd, gamma, c), c, inner);
    columns(
        n,
        width,
        (j, columns) -> {
          for (int r = 0; r < n; r++) {
            int at = r * width + j;
            NormLoops.gradient(
                dy, dyo + at, x, xo + at, means, slopes, offsets, scales, j, dx, at, columns);
          }
        });
  }

  /// Works on `columns` columns from j on.
  @FunctionalInterface
  private interface Columns {
    void run(int j, int columns);
  }

  private static void columns(int n, int width, Columns body) {
    int blocks = Math.ceilDiv(width, COLUMNS);
    Parallel.forRange(
        blocks,
        Math.max(GRAIN / Math.clamp((long) n * COLUMNS, 1, GRAIN), 1),
        (first, last) -> {
          for (int b = first; b < last; b++) {
            body.run(b * COLUMNS, Math.min(COLUMNS, width - b * COLUMNS));
          }
        });
  }

  /// Adds what comes of row r to a sum for each column.
  @FunctionalInterface
  private interface Row {
    void addTo(int r, float[] sum);
  }

  /// The sums of what comes of `n` rows, to `out` from j on, in the order of [Reduce].
  private static void sum(int n, int columns, float[] out, int j, Row row) {
    var chunk = new float[columns];
    Arrays.fill(out, j, j + columns, 0);
    for (int r = 0; r < n; ) {
      Arrays.fill(chunk, 0);
      for (int end = Math.min(r + Reduce.ROWS, n); r < end; r++) {
        row.addTo(r, chunk);
      }
      Binary.ADD.run(out, j, 1, chunk, 0, 1, out, j, columns);
    }
  }

  /// Adds up the columns of each channel.
  private static void channels(float[] columns, int c, int inner, float[] out) {
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
    for (int k = 0; k < c; k++) {
      double sum = 0;
      double dot = 0;
      for (int b = 0; b < n; b++) {
        for (int i = 0; i < inner; i++) {
          int at = (b * c + k) * inner + i;
          sum += dy[dyo + at];
          dot += dy[dyo + at] * (x[xo + at] - mean[k]) * invStd[k];
        }
      }
      dbeta[k] = sum;
      dgamma[k] = dot;
      double scale = gamma == null ? invStd[k] : invStd[k] * gamma[k];
      for (int b = 0; b < n; b++) {
        for (int i = 0; i < inner; i++) {
          int at = (b * c + k) * inner + i;
          double normal = (x[xo + at] - mean[k]) * invStd[k];
          dx[at] = (scale * (dy[dyo + at] - sum / count - normal * dot / count));
        }
      }
    }
  }
}
