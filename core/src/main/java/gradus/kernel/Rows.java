// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// Softmax and its logarithm over the rows of a contiguous `[rows, n]`, and their derivatives. Sums
/// have the order of [Reduce].
///
/// The float versions work on a few rows at a time, which stay in the cache, and step by step: the
/// exponentials of short rows then fill the vectors too.
public final class Rows {
  /// Elements worked on at a time, but at least one row.
  private static final int BLOCK = 1 << 12;

  /// Elements below which it is not worth handing over to another thread.
  private static final int GRAIN = 1 << 14;

  private Rows() {}

  /// exp(x - max) / Σ exp(x - max) in each row.
  public static void softmax(float[] x, int xo, int rows, int n, float[] out) {
    blocks(
        rows,
        n,
        (scratch, first, last) -> {
          for (int r = first; r < last; r++) {
            scratch.minusMax(x, xo + r * n, out, r * n, n);
          }
          Unary.EXP.run(out, first * n, out, first * n, (last - first) * n);
          for (int r = first; r < last; r++) {
            scratch.number[0] = scratch.sums.consecutive(out, r * n, n);
            Binary.DIV.run(out, r * n, 1, scratch.number, 0, 0, out, r * n, n);
          }
        });
  }

  /// x - max - log Σ exp(x - max) in each row.
  public static void logSoftmax(float[] x, int xo, int rows, int n, float[] out) {
    blocks(
        rows,
        n,
        (scratch, first, last) -> {
          float[] exp = scratch.elements;
          float[] log = scratch.numbers;
          for (int r = first; r < last; r++) {
            scratch.minusMax(x, xo + r * n, out, r * n, n);
          }
          Unary.EXP.run(out, first * n, exp, 0, (last - first) * n);
          for (int r = first; r < last; r++) {
            log[r - first] = scratch.sums.consecutive(exp, (r - first) * n, n);
          }
          Unary.LOG.run(log, 0, log, 0, last - first);
          for (int r = first; r < last; r++) {
            Binary.SUB.run(out, r * n, 1, log, r - first, 0, out, r * n, n);
          }
        });
  }

  /// The gradient of [#softmax]: y · (dy - Σ dy · y) in each row, where y is its value.
  public static void softmaxGrad(
      float[] dy, int dyo, float[] y, int yo, int rows, int n, float[] out) {
    blocks(
        rows,
        n,
        (scratch, first, last) -> {
          int size = (last - first) * n;
          float[] product = scratch.elements;
          Binary.MUL.run(dy, dyo + first * n, 1, y, yo + first * n, 1, product, 0, size);
          for (int r = first; r < last; r++) {
            scratch.number[0] = scratch.sums.consecutive(product, (r - first) * n, n);
            Binary.SUB.run(dy, dyo + r * n, 1, scratch.number, 0, 0, out, r * n, n);
          }
          Binary.MUL.run(out, first * n, 1, y, yo + first * n, 1, out, first * n, size);
        });
  }

  /// The gradient of [#logSoftmax]: dy - exp(y) · Σ dy in each row, where y is its value.
  public static void logSoftmaxGrad(
      float[] dy, int dyo, float[] y, int yo, int rows, int n, float[] out) {
    blocks(
        rows,
        n,
        (scratch, first, last) -> {
          int size = (last - first) * n;
          float[] exp = scratch.elements;
          Unary.EXP.run(y, yo + first * n, exp, 0, size);
          for (int r = first; r < last; r++) {
            int at = (r - first) * n;
            scratch.number[0] = scratch.sums.consecutive(dy, dyo + r * n, n);
            Binary.MUL.run(exp, at, 1, scratch.number, 0, 0, exp, at, n);
          }
          Binary.SUB.run(dy, dyo + first * n, 1, exp, 0, 1, out, first * n, size);
        });
  }

  /// What one thread needs for some rows.
  private static final class Scratch {
    final Sums sums = new Sums();
    final float[] number = new float[1];
    final float[] numbers;
    final float[] elements;

    Scratch(int rows, int n) {
      numbers = new float[rows];
      elements = new float[rows * n];
    }

    /// x - max for one row.
    void minusMax(float[] x, int xo, float[] out, int oo, int n) {
      number[0] = Extremes.max(x, xo, n, 1);
      Binary.SUB.run(x, xo, 1, number, 0, 0, out, oo, n);
    }
  }

  /// Works on the rows from `first` (inclusive) to `last` (exclusive).
  @FunctionalInterface
  private interface Block {
    void run(Scratch scratch, int first, int last);
  }

  /// Calls `body` for some rows at a time, from all threads.
  private static void blocks(int rows, int n, Block body) {
    int block = Math.min(Math.max(BLOCK / Math.max(n, 1), 1), rows);
    Parallel.forRange(
        rows,
        Math.max(GRAIN / Math.max(n, 1), 1),
        (from, to) -> {
          var scratch = new Scratch(block, n);
          for (int first = from; first < to; first += block) {
            body.run(scratch, first, Math.min(first + block, to));
          }
        });
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
