// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// Running sums and products along the middle dimension of a contiguous `[outer, r, inner]`.
///
/// Each is made from one element to the next, in order, float sums and products in double: the bits
/// depend on nothing else.
public final class Scan {
  private Scan() {}

  /// Running sums, from the last element to the first if `reverse`.
  public static void sum(
      float[] x, int xo, int outer, int r, int inner, boolean reverse, float[] out) {
    each(
        outer,
        r,
        inner,
        reverse,
        (at, step) -> {
          double sum = 0;
          for (int k = 0, i = at; k < r; k++, i += step) {
            sum += x[xo + i];
            out[i] = (float) sum;
          }
        });
  }

  /// Running sums, from the last element to the first if `reverse`.
  public static void sum(
      double[] x, int xo, int outer, int r, int inner, boolean reverse, double[] out) {
    each(
        outer,
        r,
        inner,
        reverse,
        (at, step) -> {
          double sum = 0;
          for (int k = 0, i = at; k < r; k++, i += step) {
            sum += x[xo + i];
            out[i] = sum;
          }
        });
  }

  /// Running sums that wrap around, from the last element to the first if `reverse`.
  public static void sum(
      long[] x, int xo, int outer, int r, int inner, boolean reverse, long[] out) {
    each(
        outer,
        r,
        inner,
        reverse,
        (at, step) -> {
          long sum = 0;
          for (int k = 0, i = at; k < r; k++, i += step) {
            sum += x[xo + i];
            out[i] = sum;
          }
        });
  }

  /// Running products.
  public static void prod(float[] x, int xo, int outer, int r, int inner, float[] out) {
    each(
        outer,
        r,
        inner,
        false,
        (at, step) -> {
          double product = 1;
          for (int k = 0, i = at; k < r; k++, i += step) {
            product *= x[xo + i];
            out[i] = (float) product;
          }
        });
  }

  /// Running products.
  public static void prod(double[] x, int xo, int outer, int r, int inner, double[] out) {
    each(
        outer,
        r,
        inner,
        false,
        (at, step) -> {
          double product = 1;
          for (int k = 0, i = at; k < r; k++, i += step) {
            product *= x[xo + i];
            out[i] = product;
          }
        });
  }

  /// Running products that wrap around.
  public static void prod(long[] x, int xo, int outer, int r, int inner, long[] out) {
    each(
        outer,
        r,
        inner,
        false,
        (at, step) -> {
          long product = 1;
          for (int k = 0, i = at; k < r; k++, i += step) {
            product *= x[xo + i];
            out[i] = product;
          }
        });
  }

  /// The derivative of running products, of which `dy` are the cotangents. No quotient is taken, so
  /// zeros are nothing special: with s(k) = dy(k) + x(k + 1) · s(k + 1), which needs only what
  /// comes after k, dx(k) is s(k) times the product of what comes before.
  public static void prodGrad(
      float[] dy, int dyo, float[] x, int xo, int outer, int r, int inner, float[] dx) {
    each(
        outer,
        r,
        inner,
        false,
        (at, step) -> {
          double[] before = new double[r];
          double product = 1;
          for (int k = 0; k < r; k++) {
            before[k] = product;
            product *= x[xo + at + k * step];
          }
          double after = 0;
          for (int k = r - 1, i = at + k * step; k >= 0; k--, i -= step) {
            double s = dy[dyo + i] + after;
            dx[i] = (float) (before[k] * s);
            after = x[xo + i] * s;
          }
        });
  }

  /// The derivative of running products, of which `dy` are the cotangents.
  public static void prodGrad(
      double[] dy, int dyo, double[] x, int xo, int outer, int r, int inner, double[] dx) {
    each(
        outer,
        r,
        inner,
        false,
        (at, step) -> {
          double[] before = new double[r];
          double product = 1;
          for (int k = 0; k < r; k++) {
            before[k] = product;
            product *= x[xo + at + k * step];
          }
          double after = 0;
          for (int k = r - 1, i = at + k * step; k >= 0; k--, i -= step) {
            double s = dy[dyo + i] + after;
            dx[i] = before[k] * s;
            after = x[xo + i] * s;
          }
        });
  }

  /// A line of `r` elements: from `at` on, every `step`-th.
  @FunctionalInterface
  private interface Line {
    void run(int at, int step);
  }

  private static void each(int outer, int r, int inner, boolean reverse, Line line) {
    int grain = Math.max(1, (1 << 14) / Math.max(1, r));
    Parallel.forRange(
        r == 0 ? 0 : outer * inner,
        grain,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int first = i / inner * r * inner + i % inner;
            line.run(reverse ? first + (r - 1) * inner : first, reverse ? -inner : inner);
          }
        });
  }
}
