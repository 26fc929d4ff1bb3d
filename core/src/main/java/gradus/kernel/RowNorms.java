// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import org.jspecify.annotations.Nullable;

/// Layer normalisation: every row of a contiguous `x[rows, n]` is normalised by its own mean and
/// variance, or, where there is no array for means, by its mean square alone (RMS normalisation).
///
/// The float versions work row by row, in steps that stay in the cache. The sums of a row have the
/// order of [Reduce]; those over rows are taken [#CHUNK] rows at a time, one after the other, and
/// then added up in the order of [Reduce].
public final class RowNorms {
  /// Rows whose share of the gradients by gamma and beta is added up by one thread.
  private static final int CHUNK = 64;

  /// Elements below which it is not worth handing over to another thread.
  private static final int GRAIN = 1 << 14;

  private RowNorms() {}

  /// (x - mean) · invStd · gamma + beta in each row, with 1 for no gamma and 0 for no beta; and the
  /// rows' means and invStd = 1 / √(variance + eps).
  public static void forward(
      float[] x,
      int xo,
      int rows,
      int n,
      float @Nullable [] gamma,
      float @Nullable [] beta,
      double eps,
      float @Nullable [] mean,
      float[] invStd,
      float[] out) {
    Parallel.forRange(
        rows,
        Math.max(GRAIN / Math.max(n, 1), 1),
        (first, last) -> {
          var scratch = new Scratch(n);
          for (int r = first; r < last; r++) {
            int at = r * n;
            if (mean != null) {
              mean[r] = scratch.sums.consecutive(x, xo + at, n) / n;
            }
            scratch.centre(x, xo + at, mean, r, out, at);
            float variance = scratch.dot(out, at, out, at) / n;
            invStd[r] = (float) (1 / Math.sqrt(variance + eps));
            Binary.MUL.run(out, at, 1, invStd, r, 0, out, at, n);
            if (gamma != null) {
              Binary.MUL.run(out, at, 1, gamma, 0, 1, out, at, n);
            }
            if (beta != null) {
              Binary.ADD.run(out, at, 1, beta, 0, 1, out, at, n);
            }
          }
        });
  }

  /// The gradients of [#forward] where mean and invStd are those of x itself: with x̂ = (x - mean)
  /// · invStd and g = dy · gamma, dx = invStd · (g - Σ g / n - x̂ · Σ (g · x̂) / n), the first sum
  /// only where there are means, dgamma = Σ dy · x̂ and dbeta = Σ dy over all rows.
  public static void backward(
      float[] x,
      int xo,
      float[] dy,
      int dyo,
      int rows,
      int n,
      float @Nullable [] mean,
      float[] invStd,
      float @Nullable [] gamma,
      float[] dx,
      float[] dgamma,
      float[] dbeta) {
    int chunks = Math.ceilDiv(rows, CHUNK);
    var gammas = new float[chunks * n];
    var betas = new float[chunks * n];
    Parallel.forRange(
        chunks,
        Math.max(GRAIN / Math.max(n * CHUNK, 1), 1),
        (first, last) -> {
          var scratch = new Scratch(n);
          for (int c = first; c < last; c++) {
            for (int r = c * CHUNK; r < Math.min((c + 1) * CHUNK, rows); r++) {
              int from = dyo + r * n;
              float[] normal = scratch.a;
              float[] g = scratch.b;
              scratch.centre(x, xo + r * n, mean, r, normal, 0);
              Binary.MUL.run(normal, 0, 1, invStd, r, 0, normal, 0, n);
              Binary.MUL.run(dy, from, 1, normal, 0, 1, g, 0, n);
              Binary.ADD.run(gammas, c * n, 1, g, 0, 1, gammas, c * n, n);
              Binary.ADD.run(betas, c * n, 1, dy, from, 1, betas, c * n, n);
              if (gamma == null) {
                System.arraycopy(dy, from, g, 0, n);
              } else {
                Binary.MUL.run(dy, from, 1, gamma, 0, 1, g, 0, n);
              }
              scratch.gradient(g, normal, mean != null, invStd, r, dx, r * n);
            }
          }
        });
    Reduce.sum(gammas, 0, 1, chunks, n, dgamma);
    Reduce.sum(betas, 0, 1, chunks, n, dbeta);
  }

  /// What one thread needs for a row.
  private static final class Scratch {
    final Sums sums = new Sums();
    final int n;
    final float[] a;
    final float[] b;
    final float[] product;
    final float[] number = new float[1];

    Scratch(int n) {
      this.n = n;
      a = new float[n];
      b = new float[n];
      product = new float[n];
    }

    /// x - mean, or x where there is no mean.
    void centre(float[] x, int xo, float @Nullable [] mean, int r, float[] out, int oo) {
      if (mean == null) {
        System.arraycopy(x, xo, out, oo, n);
      } else {
        Binary.SUB.run(x, xo, 1, mean, r, 0, out, oo, n);
      }
    }

    float dot(float[] x, int xo, float[] y, int yo) {
      Binary.MUL.run(x, xo, 1, y, yo, 1, product, 0, n);
      return sums.consecutive(product, 0, n);
    }

    /// (g - Σ g / n - normal · Σ (g · normal) / n) · invStd, which spends both.
    void gradient(
        float[] g, float[] normal, boolean centred, float[] invStd, int r, float[] out, int oo) {
      float slope = dot(g, 0, normal, 0) / n;
      if (centred) {
        number[0] = sums.consecutive(g, 0, n) / n;
        Binary.SUB.run(g, 0, 1, number, 0, 0, g, 0, n);
      }
      number[0] = slope;
      Binary.MUL.run(normal, 0, 1, number, 0, 0, normal, 0, n);
      Binary.SUB.run(g, 0, 1, normal, 0, 1, g, 0, n);
      Binary.MUL.run(g, 0, 1, invStd, r, 0, out, oo, n);
    }
  }

  /// (x - mean) · invStd · gamma + beta in each row, with 1 for no gamma and 0 for no beta; and the
  /// rows' means and invStd = 1 / √(variance + eps).
  public static void forward(
      double[] x,
      int xo,
      int rows,
      int n,
      double @Nullable [] gamma,
      double @Nullable [] beta,
      double eps,
      double @Nullable [] mean,
      double[] invStd,
      double[] out) {
    for (int r = 0; r < rows; r++) {
      double centre = 0;
      if (mean != null) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
          sum += x[xo + r * n + i];
        }
        centre = sum / n;
        mean[r] = centre;
      }
      double squares = 0;
      for (int i = 0; i < n; i++) {
        double d = x[xo + r * n + i] - centre;
        squares += d * d;
      }
      invStd[r] = 1 / Math.sqrt(squares / n + eps);
      for (int i = 0; i < n; i++) {
        double normal = (x[xo + r * n + i] - centre) * invStd[r];
        double scaled = gamma == null ? normal : normal * gamma[i];
        out[r * n + i] = beta == null ? scaled : scaled + beta[i];
      }
    }
  }

  /// The gradients of [#forward] where mean and invStd are those of x itself: with x̂ = (x - mean)
  /// · invStd and g = dy · gamma, dx = invStd · (g - Σ g / n - x̂ · Σ (g · x̂) / n), the first sum
  /// only where there are means, dgamma = Σ dy · x̂ and dbeta = Σ dy over all rows.
  public static void backward(
      double[] x,
      int xo,
      double[] dy,
      int dyo,
      int rows,
      int n,
      double @Nullable [] mean,
      double[] invStd,
      double @Nullable [] gamma,
      double[] dx,
      double[] dgamma,
      double[] dbeta) {
    var normal = new double[n];
    var g = new double[n];
    for (int r = 0; r < rows; r++) {
      double centre = mean == null ? 0 : mean[r];
      double sum = 0;
      double dot = 0;
      for (int i = 0; i < n; i++) {
        double d = dy[dyo + r * n + i];
        normal[i] = (x[xo + r * n + i] - centre) * invStd[r];
        g[i] = gamma == null ? d : d * gamma[i];
        sum += g[i];
        dot += g[i] * normal[i];
        dgamma[i] += d * normal[i];
        dbeta[i] += d;
      }
      double shift = mean == null ? 0 : sum / n;
      for (int i = 0; i < n; i++) {
        dx[r * n + i] = invStd[r] * (g[i] - shift - normal[i] * (dot / n));
      }
    }
  }
}
