// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reductions of the middle dimension of a contiguous `[outer, r, inner]`, to `[outer, inner]`.
///
/// The order in which floats are added is part of the definition, so that the bits are the same at
/// every vector width and thread count. With `inner == 1`, every stretch of [#CHUNK] elements has
/// 64 partial sums, all from +0: element i goes to sum i mod 64. They are added up as a tree, sum j
/// to sum j + 32, then j + 16, and so on. With `inner > 1`, every [#ROWS] rows are added one after
/// the other, from +0. In both cases, the sums of the stretches are then added from first to last.
public final class Reduce {
  /// Elements of a stretch, where they are consecutive.
  static final int CHUNK = Sums.CHUNK;

  /// Rows of a stretch, where they are not.
  static final int ROWS = 512;

  private static final int PARTIALS = Sums.PARTIALS;

  /// Columns handed over at once.
  private static final int COLUMNS = 1024;

  /// Elements below which it is not worth handing over to another thread.
  private static final int GRAIN = 1 << 15;

  private Reduce() {}

  /// Sums; 0 where `r` is 0.
  public static void sum(float[] x, int xo, int outer, int r, int inner, float[] out) {
    if (inner == 1) {
      sumConsecutive(x, xo, outer, r, out);
    } else {
      sumRows(x, xo, outer, r, inner, out);
    }
  }

  /// Sums of `r` elements at a time of a `shape`, in row-major order, that are read with the
  /// strides `xs`; 0 where `r` is 0.
  ///
  /// Elements that are not consecutive are copied a stretch at a time, which then is in the cache.
  public static void sum(float[] x, int xo, int[] xs, int[] shape, int outer, int r, float[] out) {
    if (r == 0 || Walk.flat(shape, xs) == 1) {
      sumConsecutive(x, xo, outer, r, out);
    } else if (Copy.transposes(shape, xs)) {
      var copy = new float[outer * r];
      Copy.strided(x, xo, xs, shape, copy, 0);
      sumConsecutive(copy, 0, outer, r, out);
    } else {
      sumChunks(
          outer,
          r,
          out,
          (first, last, chunks, sums) -> {
            var adder = new Sums();
            var chunk = new float[Math.min(r, CHUNK)];
            int start = first / chunks * r + first % chunks * CHUNK;
            var reader = new Reader(x, xo, xs, shape, start, chunk);
            for (int i = first; i < last; i++) {
              int n = Math.min(CHUNK, r - i % chunks * CHUNK);
              reader.read(n);
              sums[i] = adder.chunk(chunk, 0, n);
            }
          });
    }
  }

  private static void sumConsecutive(float[] x, int xo, int outer, int r, float[] out) {
    sumChunks(
        outer,
        r,
        out,
        (first, last, chunks, sums) -> {
          var adder = new Sums();
          for (int i = first; i < last; i++) {
            int from = i % chunks * CHUNK;
            sums[i] = adder.chunk(x, xo + i / chunks * r + from, Math.min(CHUNK, r - from));
          }
        });
  }

  /// Finds the sums of stretches, of which each result has `chunks`.
  private interface Chunks {
    void run(int first, int last, int chunks, float[] sums);
  }

  private static void sumChunks(int outer, int r, float[] out, Chunks body) {
    int chunks = Math.max(Math.ceilDiv(r, CHUNK), 1);
    float[] sums = chunks == 1 ? out : new float[outer * chunks];
    Parallel.forRange(
        outer * chunks,
        Math.max(GRAIN / Math.clamp(r, 1, CHUNK), 1),
        (first, last) -> body.run(first, last, chunks, sums));
    if (chunks > 1) {
      for (int o = 0; o < outer; o++) {
        float sum = 0;
        for (int i = 0; i < chunks; i++) {
          sum += sums[o * chunks + i];
        }
        out[o] = sum;
      }
    }
  }

  private static void sumRows(float[] x, int xo, int outer, int r, int inner, float[] out) {
    int chunks = Math.max(Math.ceilDiv(r, ROWS), 1);
    int blocks = Math.ceilDiv(inner, COLUMNS);
    float[] sums = chunks == 1 ? out : new float[outer * chunks * inner];
    Parallel.forRange(
        outer * chunks * blocks,
        Math.max(GRAIN / Math.clamp((long) r * inner, 1, ROWS * COLUMNS), 1),
        (first, last) -> {
          for (int i = first; i < last; i++) {
            int chunk = i / blocks;
            int column = i % blocks * COLUMNS;
            int width = Math.min(COLUMNS, inner - column);
            int row = chunk % chunks * ROWS;
            int from = xo + (chunk / chunks * r + row) * inner + column;
            int to = chunk * inner + column;
            Arrays.fill(sums, to, to + width, 0);
            Sums.rows(x, from, inner, Math.min(ROWS, r - row), width, sums, to);
          }
        });
    if (chunks > 1) {
      Arrays.fill(out, 0, outer * inner, 0);
      for (int o = 0; o < outer; o++) {
        Sums.rows(sums, o * chunks * inner, inner, chunks, inner, out, o * inner);
      }
    }
  }

  /// Sums; 0 where `r` is 0. The order is the same as for float.
  public static void sum(double[] x, int xo, int outer, int r, int inner, double[] out) {
    int chunk = inner == 1 ? CHUNK : ROWS;
    for (int o = 0; o < outer; o++) {
      Arrays.fill(out, o * inner, (o + 1) * inner, 0);
      for (int from = 0; from < r; from += chunk) {
        int n = Math.min(chunk, r - from);
        for (int i = 0; i < inner; i++) {
          int at = xo + (o * r + from) * inner + i;
          out[o * inner + i] += inner == 1 ? consecutive(x, at, n) : column(x, at, inner, n);
        }
      }
    }
  }

  private static double consecutive(double[] x, int xo, int n) {
    var partial = new double[PARTIALS];
    for (int i = 0; i < n; i++) {
      partial[i % PARTIALS] += x[xo + i];
    }
    for (int h = PARTIALS / 2; h > 0; h /= 2) {
      for (int j = 0; j < h; j++) {
        partial[j] += partial[j + h];
      }
    }
    return partial[0];
  }

  private static double column(double[] x, int xo, int step, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[xo + i * step];
    }
    return sum;
  }

  /// Sums that wrap around; 0 where `r` is 0.
  public static void sum(long[] x, int xo, int outer, int r, int inner, long[] out) {
    Arrays.fill(out, 0, outer * inner, 0);
    for (int o = 0, at = xo; o < outer; o++) {
      for (int k = 0; k < r; k++) {
        for (int i = 0; i < inner; i++) {
          out[o * inner + i] += x[at++];
        }
      }
    }
  }

  /// Maxima, and where along `r` they are: the first of equals. NaN is greater than all.
  ///
  /// @throws IllegalArgumentException if `r` is 0
  public static void max(
      float[] x, int xo, int outer, int r, int inner, float[] out, long @Nullable [] index) {
    extreme(x, xo, outer, r, inner, out, index, 1);
  }

  /// Minima, and where along `r` they are: the first of equals. NaN is less than all.
  ///
  /// @throws IllegalArgumentException if `r` is 0
  public static void min(
      float[] x, int xo, int outer, int r, int inner, float[] out, long @Nullable [] index) {
    extreme(x, xo, outer, r, inner, out, index, -1);
  }

  private static void extreme(
      float[] x,
      int xo,
      int outer,
      int r,
      int inner,
      float[] out,
      long @Nullable [] index,
      float sign) {
    notEmpty(r);
    if (inner == 0) {
      return;
    }
    Parallel.forRange(
        outer,
        Math.max(GRAIN / Math.clamp((long) r * inner, 1, GRAIN), 1),
        (first, last) -> {
          for (int o = first; o < last; o++) {
            if (inner > 1) {
              Extremes.columns(x, xo + o * r * inner, r, inner, sign, out, o * inner, index);
              continue;
            }
            int best = Extremes.first(x, xo + o * r, r, sign);
            out[o] = x[xo + o * r + best];
            if (index != null) {
              index[o] = best;
            }
          }
        });
  }

  /// Maxima, and where along `r` they are: the first of equals. NaN is greater than all.
  ///
  /// @throws IllegalArgumentException if `r` is 0
  public static void max(
      double[] x, int xo, int outer, int r, int inner, double[] out, long @Nullable [] index) {
    extreme(x, xo, outer, r, inner, out, index, 1);
  }

  /// Minima, and where along `r` they are: the first of equals. NaN is less than all.
  ///
  /// @throws IllegalArgumentException if `r` is 0
  public static void min(
      double[] x, int xo, int outer, int r, int inner, double[] out, long @Nullable [] index) {
    extreme(x, xo, outer, r, inner, out, index, -1);
  }

  private static void extreme(
      double[] x,
      int xo,
      int outer,
      int r,
      int inner,
      double[] out,
      long @Nullable [] index,
      double sign) {
    notEmpty(r);
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < inner; i++) {
        int at = xo + o * r * inner + i;
        int best = 0;
        for (int k = 1; k < r && !Double.isNaN(x[at + best * inner]); k++) {
          double v = x[at + k * inner];
          if (sign * v > sign * x[at + best * inner] || Double.isNaN(v)) {
            best = k;
          }
        }
        out[o * inner + i] = x[at + best * inner];
        if (index != null) {
          index[o * inner + i] = best;
        }
      }
    }
  }

  /// Maxima, and where along `r` they are: the first of equals.
  ///
  /// @throws IllegalArgumentException if `r` is 0
  public static void max(
      long[] x, int xo, int outer, int r, int inner, long[] out, long @Nullable [] index) {
    extreme(x, xo, outer, r, inner, out, index, true);
  }

  /// Minima, and where along `r` they are: the first of equals.
  ///
  /// @throws IllegalArgumentException if `r` is 0
  public static void min(
      long[] x, int xo, int outer, int r, int inner, long[] out, long @Nullable [] index) {
    extreme(x, xo, outer, r, inner, out, index, false);
  }

  private static void extreme(
      long[] x,
      int xo,
      int outer,
      int r,
      int inner,
      long[] out,
      long @Nullable [] index,
      boolean greatest) {
    notEmpty(r);
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < inner; i++) {
        int at = xo + o * r * inner + i;
        int best = 0;
        for (int k = 1; k < r; k++) {
          long v = x[at + k * inner];
          long champion = x[at + best * inner];
          if (greatest ? v > champion : v < champion) {
            best = k;
          }
        }
        out[o * inner + i] = x[at + best * inner];
        if (index != null) {
          index[o * inner + i] = best;
        }
      }
    }
  }

  private static void notEmpty(int r) {
    if (r == 0) {
      throw new IllegalArgumentException("max, min: no elements to choose from");
    }
  }
}
