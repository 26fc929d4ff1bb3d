// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import org.jspecify.annotations.Nullable;

/// Batch normalisation: every channel of a contiguous `x[n, c, inner]` is normalised over n and
/// inner.
public final class Norms {
  private Norms() {}

  /// The mean and the biased variance, Σ (x - mean)² / count, of every channel of `x[n, c, inner]`.
  public static void stats(float[] x, int xo, int n, int c, int inner, float[] mean, float[] var) {
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
      mean[k] = (float) m;
      var[k] = (float) (squares / count);
    }
  }

  /// (x - mean) · invStd · gamma + beta, with 1 for no gamma and 0 for no beta.
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
    for (int row = 0; row < n * c; row++) {
      int k = row % c;
      float scale = gamma == null ? invStd[k] : invStd[k] * gamma[k];
      float shift = beta == null ? 0 : beta[k];
      for (int i = 0; i < inner; i++) {
        out[row * inner + i] = Math.fma(x[xo + row * inner + i] - mean[k], scale, shift);
      }
    }
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
    double count = (double) n * inner;
    for (int k = 0; k < c; k++) {
      double sum = 0;
      double dot = 0;
      for (int b = 0; b < n; b++) {
        for (int i = 0; i < inner; i++) {
          int at = (b * c + k) * inner + i;
          sum += dy[dyo + at];
          dot += dy[dyo + at] * ((double) x[xo + at] - mean[k]) * invStd[k];
        }
      }
      dbeta[k] = (float) sum;
      dgamma[k] = (float) dot;
      double scale = gamma == null ? invStd[k] : (double) invStd[k] * gamma[k];
      for (int b = 0; b < n; b++) {
        for (int i = 0; i < inner; i++) {
          int at = (b * c + k) * inner + i;
          double normal = ((double) x[xo + at] - mean[k]) * invStd[k];
          dx[at] = (float) (scale * (dy[dyo + at] - sum / count - normal * dot / count));
        }
      }
    }
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
