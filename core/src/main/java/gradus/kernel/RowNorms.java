// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Layer normalisation: every row of a contiguous `x[rows, n]` is normalised by its own mean and
/// variance, or, where there is no array for means, by its mean square alone (RMS normalisation).
///
/// The float versions work row by row, in steps that stay in the cache. The sums of a row have the
/// order of [Sums]; those over rows are taken [#CHUNK] rows at a time, one after the other, and
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
    boolean affine = gamma != null || beta != null;
    float[] scales = gamma == null && affine ? ones(n) : gamma;
    float[] shifts = beta == null && affine ? new float[n] : beta;
    Parallel.forRange(
        rows,
        Math.max(GRAIN / Math.max(n, 1), 1),
        (first, last) -> {
          var moments = new Moments();
          for (int r = first; r < last; r++) {
            int at = xo + r * n;
            float centre = mean == null ? 0 : moments.mean(x, at, n);
            float s = invStd(moments.squares(x, at, n, centre), n, eps);
            invStd[r] = s;
            if (mean != null) {
              mean[r] = centre;
            }
            if (scales == null || shifts == null) {
              RowLoops.normalize(x, at, centre, s, 0, out, r * n, n);
            } else {
              RowLoops.normalize(x, at, centre, s, scales, shifts, out, r * n, n);
            }
          }
        });
  }

  static float invStd(float squares, int n, double eps) {
    float variance = squares / n;
    return (float) (1 / Math.sqrt(variance + eps));
  }

  private static float[] ones(int n) {
    var ones = new float[n];
    Arrays.fill(ones, 1);
    return ones;
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
    float[] means = mean == null ? new float[rows] : mean;
    int chunks = Math.ceilDiv(rows, CHUNK);
    var gammas = new float[chunks * n];
    var betas = new float[chunks * n];
    Parallel.forRange(
        chunks,
        Math.max(GRAIN / Math.max(n * CHUNK, 1), 1),
        (first, last) -> {
          var moments = new Moments();
          var scaled = new float[gamma == null ? 0 : n];
          for (int r = first * CHUNK; r < Math.min(last * CHUNK, rows); r++) {
            int at = xo + r * n;
            int to = r / CHUNK * n;
            if (r % 4 == 0 && r + 4 <= rows) {
              RowLoops.addGradientsOfFour(
                  dy, dyo + r * n, x, at, means, invStd, r, gammas, betas, to, n);
            } else if (r >= rows / 4 * 4) {
              RowLoops.addGradients(
                  dy, dyo + r * n, x, at, means[r], invStd[r], gammas, betas, to, n);
            }
            float[] g = gamma == null ? dy : scaled;
            int go = gamma == null ? dyo + r * n : 0;
            if (gamma != null) {
              Binary.MUL.run(dy, dyo + r * n, 1, gamma, 0, 1, g, go, n);
            }
            moments.products(g, go, x, at, n, means[r]);
            float s = invStd[r];
            float slope = moments.product * s / n * s * s;
            float offset = mean == null ? 0 : moments.sum * s / n;
            RowLoops.gradient(g, go, s, x, at, means[r], slope, offset, dx, r * n, n);
          }
        });
    Reduce.sum(gammas, 0, 1, chunks, n, dgamma);
    Reduce.sum(betas, 0, 1, chunks, n, dbeta);
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
