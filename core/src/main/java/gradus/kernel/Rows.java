// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// Softmax and its logarithm over the rows of a contiguous `[rows, n]`, and their derivatives. Sums
/// have the order of [Reduce].
public final class Rows {
  private Rows() {}

  /// exp(x - max) / Σ exp(x - max) in each row.
  public static void softmax(float[] x, int xo, int rows, int n, float[] out) {
    for (int r = 0; r < rows; r++) {
      double max = max(x, xo + r * n, n);
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += StrictMath.exp(x[xo + r * n + i] - max);
      }
      for (int i = 0; i < n; i++) {
        out[r * n + i] = (float) (StrictMath.exp(x[xo + r * n + i] - max) / sum);
      }
    }
  }

  /// x - max - log Σ exp(x - max) in each row.
  public static void logSoftmax(float[] x, int xo, int rows, int n, float[] out) {
    for (int r = 0; r < rows; r++) {
      double max = max(x, xo + r * n, n);
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += StrictMath.exp(x[xo + r * n + i] - max);
      }
      for (int i = 0; i < n; i++) {
        out[r * n + i] = (float) (x[xo + r * n + i] - max - StrictMath.log(sum));
      }
    }
  }

  private static float max(float[] x, int xo, int n) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, x[xo + i]);
    }
    return max;
  }

  /// The gradient of [#softmax]: y · (dy - Σ dy · y) in each row, where y is its value.
  public static void softmaxGrad(
      float[] dy, int dyo, float[] y, int yo, int rows, int n, float[] out) {
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += (double) dy[dyo + r * n + i] * y[yo + r * n + i];
      }
      for (int i = 0; i < n; i++) {
        out[r * n + i] = (float) (y[yo + r * n + i] * (dy[dyo + r * n + i] - sum));
      }
    }
  }

  /// The gradient of [#logSoftmax]: dy - exp(y) · Σ dy in each row, where y is its value.
  public static void logSoftmaxGrad(
      float[] dy, int dyo, float[] y, int yo, int rows, int n, float[] out) {
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += dy[dyo + r * n + i];
      }
      for (int i = 0; i < n; i++) {
        out[r * n + i] = (float) (dy[dyo + r * n + i] - StrictMath.exp(y[yo + r * n + i]) * sum);
      }
    }
  }

  /// exp(x - max) / Σ exp(x - max) in each row.
  public static void softmax(double[] x, int xo, int rows, int n, double[] out) {
    for (int r = 0; r < rows; r++) {
      double max = max(x, xo + r * n, n);
      double sum = 0;
      for (int i = 0; i < n; i++) {
        double e = StrictMath.exp(x[xo + r * n + i] - max);
        out[r * n + i] = e;
        sum += e;
      }
      for (int i = 0; i < n; i++) {
        out[r * n + i] /= sum;
      }
    }
  }

  /// x - max - log Σ exp(x - max) in each row.
  public static void logSoftmax(double[] x, int xo, int rows, int n, double[] out) {
    for (int r = 0; r < rows; r++) {
      double max = max(x, xo + r * n, n);
      double sum = 0;
      for (int i = 0; i < n; i++) {
        double shifted = x[xo + r * n + i] - max;
        out[r * n + i] = shifted;
        sum += StrictMath.exp(shifted);
      }
      double log = StrictMath.log(sum);
      for (int i = 0; i < n; i++) {
        out[r * n + i] -= log;
      }
    }
  }

  private static double max(double[] x, int xo, int n) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, x[xo + i]);
    }
    return max;
  }

  /// The gradient of [#softmax]: y · (dy - Σ dy · y) in each row, where y is its value.
  public static void softmaxGrad(
      double[] dy, int dyo, double[] y, int yo, int rows, int n, double[] out) {
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += dy[dyo + r * n + i] * y[yo + r * n + i];
      }
      for (int i = 0; i < n; i++) {
        out[r * n + i] = y[yo + r * n + i] * (dy[dyo + r * n + i] - sum);
      }
    }
  }

  /// The gradient of [#logSoftmax]: dy - exp(y) · Σ dy in each row, where y is its value.
  public static void logSoftmaxGrad(
      double[] dy, int dyo, double[] y, int yo, int rows, int n, double[] out) {
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += dy[dyo + r * n + i];
      }
      for (int i = 0; i < n; i++) {
        out[r * n + i] = dy[dyo + r * n + i] - StrictMath.exp(y[yo + r * n + i]) * sum;
      }
    }
  }
}
