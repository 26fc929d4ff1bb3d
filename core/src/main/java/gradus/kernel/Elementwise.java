// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// The pointwise functions, comparisons and selection over operands of any strides.
///
/// Each operand is an array, an offset and a stride per dimension of `shape`, 0 where it is
/// broadcast. `out` is written from index 0 in row-major order. Operands that are consecutive or a
/// single value go to the loop in one piece; others stretch by stretch, after operands whose inner
/// stride is neither 0 nor 1 were copied to where it is. Big outputs are split among the threads.
public final class Elementwise {
  /// Outputs smaller than twice this are not worth handing over to another thread.
  private static final int GRAIN = 1 << 15;

  /// Rows shorter than this are repeated until they are [#LONG], where they are added to all rows:
  /// a loop over few elements costs more for its ends than for its work.
  private static final int SHORT = 256;

  private static final int LONG = 1024;

  private Elementwise() {}

  /// Applies a function of one argument.
  public static void unary(Unary op, float[] x, int xo, int[] xs, int[] shape, float[] out) {
    int n = Walk.size(shape);
    if (Walk.flat(shape, xs) == 1) {
      Parallel.forRange(n, GRAIN, (from, to) -> op.run(x, xo + from, out, from, to - from));
    } else {
      Copy.strided(x, xo, xs, shape, out, 0);
      Parallel.forRange(n, GRAIN, (from, to) -> op.run(out, from, out, from, to - from));
    }
  }

  /// Applies a function of one argument.
  public static void unary(Unary op, double[] x, int xo, int[] xs, int[] shape, double[] out) {
    int n = Walk.size(shape);
    if (Walk.flat(shape, xs) == 1) {
      Parallel.forRange(n, GRAIN, (from, to) -> op.run(x, xo + from, out, from, to - from));
    } else {
      Copy.strided(x, xo, xs, shape, out, 0);
      Parallel.forRange(n, GRAIN, (from, to) -> op.run(out, from, out, from, to - from));
    }
  }

  /// Applies a function of two arguments.
  public static void binary(
      Binary op,
      float[] a,
      int ao,
      int[] as,
      float[] b,
      int bo,
      int[] bs,
      int[] shape,
      float[] out) {
    int n = Walk.size(shape);
    int da = Walk.flat(shape, as);
    int db = Walk.flat(shape, bs);
    int pa = db == 1 ? Walk.period(shape, as) : 0;
    int pb = da == 1 ? Walk.period(shape, bs) : 0;
    if (da >= 0 && db >= 0) {
      Parallel.forRange(
          n,
          GRAIN,
          (from, to) -> op.run(a, ao + from * da, da, b, bo + from * db, db, out, from, to - from));
    } else if (pa > 0 && pa < SHORT) {
      float[] rows = repeat(a, ao, pa, n);
      pieces(n, pa, rows, (i, size) -> op.run(rows, 0, 1, b, bo + i, 1, out, i, size));
    } else if (pb > 0 && pb < SHORT) {
      float[] rows = repeat(b, bo, pb, n);
      pieces(n, pb, rows, (i, size) -> op.run(a, ao + i, 1, rows, 0, 1, out, i, size));
    } else if (jumps(shape, as)) {
      binary(op, compact(a, ao, as, shape), 0, compact(as, shape), b, bo, bs, shape, out);
    } else if (jumps(shape, bs)) {
      binary(op, a, ao, as, compact(b, bo, bs, shape), 0, compact(bs, shape), shape, out);
    } else {
      each(
          shape,
          (at, by, i, size) -> op.run(a, at[0], by[0], b, at[1], by[1], out, i, size),
          new int[] {ao, bo},
          as,
          bs);
    }
  }

  /// Applies a function of two arguments.
  public static void binary(
      Binary op,
      double[] a,
      int ao,
      int[] as,
      double[] b,
      int bo,
      int[] bs,
      int[] shape,
      double[] out) {
    each(
        shape,
        (at, by, i, size) -> op.run(a, at[0], by[0], b, at[1], by[1], out, i, size),
        new int[] {ao, bo},
        as,
        bs);
  }

  /// Applies a function of two arguments.
  ///
  /// @throws UnsupportedOperationException if it has no meaning between whole numbers
  public static void binary(
      Binary op, long[] a, int ao, int[] as, long[] b, int bo, int[] bs, int[] shape, long[] out) {
    each(
        shape,
        (at, by, i, size) -> op.run(a, at[0], by[0], b, at[1], by[1], out, i, size),
        new int[] {ao, bo},
        as,
        bs);
  }

  /// Compares, to bytes 0 or 1.
  public static void compare(
      Compare op,
      float[] a,
      int ao,
      int[] as,
      float[] b,
      int bo,
      int[] bs,
      int[] shape,
      byte[] out) {
    each(
        shape,
        (at, by, i, size) -> op.run(a, at[0], by[0], b, at[1], by[1], out, i, size),
        new int[] {ao, bo},
        as,
        bs);
  }

  /// Compares, to bytes 0 or 1.
  public static void compare(
      Compare op,
      double[] a,
      int ao,
      int[] as,
      double[] b,
      int bo,
      int[] bs,
      int[] shape,
      byte[] out) {
    each(
        shape,
        (at, by, i, size) -> op.run(a, at[0], by[0], b, at[1], by[1], out, i, size),
        new int[] {ao, bo},
        as,
        bs);
  }

  /// Compares, to bytes 0 or 1.
  public static void compare(
      Compare op, long[] a, int ao, int[] as, long[] b, int bo, int[] bs, int[] shape, byte[] out) {
    each(
        shape,
        (at, by, i, size) -> op.run(a, at[0], by[0], b, at[1], by[1], out, i, size),
        new int[] {ao, bo},
        as,
        bs);
  }

  /// Compares as numbers from 0 to 255, to bytes 0 or 1.
  public static void compare(
      Compare op, byte[] a, int ao, int[] as, byte[] b, int bo, int[] bs, int[] shape, byte[] out) {
    each(
        shape,
        (at, by, i, size) -> op.run(a, at[0], by[0], b, at[1], by[1], out, i, size),
        new int[] {ao, bo},
        as,
        bs);
  }

  /// Takes `a` where `c` is not 0, else `b`.
  public static void where(
      byte[] c,
      int co,
      int[] cs,
      float[] a,
      int ao,
      int[] as,
      float[] b,
      int bo,
      int[] bs,
      int[] shape,
      float[] out) {
    each(
        shape,
        (at, by, i, size) ->
            Select.run(c, at[0], by[0], a, at[1], by[1], b, at[2], by[2], out, i, size),
        new int[] {co, ao, bo},
        cs,
        as,
        bs);
  }

  /// Takes `a` where `c` is not 0, else `b`.
  public static void where(
      byte[] c,
      int co,
      int[] cs,
      double[] a,
      int ao,
      int[] as,
      double[] b,
      int bo,
      int[] bs,
      int[] shape,
      double[] out) {
    each(
        shape,
        (at, by, i, size) ->
            Select.run(c, at[0], by[0], a, at[1], by[1], b, at[2], by[2], out, i, size),
        new int[] {co, ao, bo},
        cs,
        as,
        bs);
  }

  /// Takes `a` where `c` is not 0, else `b`.
  public static void where(
      byte[] c,
      int co,
      int[] cs,
      long[] a,
      int ao,
      int[] as,
      long[] b,
      int bo,
      int[] bs,
      int[] shape,
      long[] out) {
    each(
        shape,
        (at, by, i, size) ->
            Select.run(c, at[0], by[0], a, at[1], by[1], b, at[2], by[2], out, i, size),
        new int[] {co, ao, bo},
        cs,
        as,
        bs);
  }

  /// Takes `a` where `c` is not 0, else `b`.
  public static void where(
      byte[] c,
      int co,
      int[] cs,
      byte[] a,
      int ao,
      int[] as,
      byte[] b,
      int bo,
      int[] bs,
      int[] shape,
      byte[] out) {
    each(
        shape,
        (at, by, i, size) ->
            Select.run(c, at[0], by[0], a, at[1], by[1], b, at[2], by[2], out, i, size),
        new int[] {co, ao, bo},
        cs,
        as,
        bs);
  }

  /// Handles `n` outputs from `out`: operand o is read from `at[o]` in steps of `by[o]`.
  @FunctionalInterface
  private interface Stretch {
    void run(int[] at, int[] by, int out, int n);
  }

  private static void each(int[] shape, Stretch body, int[] offsets, int[]... strides) {
    Parallel.forRange(
        Walk.size(shape),
        GRAIN,
        (from, to) -> {
          var walk = new Walk(shape, offsets, strides, from, to);
          while (walk.advance()) {
            body.run(walk.at, walk.step, walk.index, walk.length);
          }
        });
  }

  /// As many whole rows of `p` elements as [#LONG] elements hold, but no more than `n`.
  private static float[] repeat(float[] x, int xo, int p, int n) {
    var rows = new float[Math.min(LONG / p * p, n)];
    for (int i = 0; i < rows.length; i += p) {
      System.arraycopy(x, xo, rows, i, p);
    }
    return rows;
  }

  /// Handles `size` outputs from `i` on, where a row starts.
  @FunctionalInterface
  private interface Piece {
    void run(int i, int size);
  }

  private static void pieces(int n, int p, float[] rows, Piece body) {
    Parallel.forRange(
        n / p,
        GRAIN / p,
        (first, last) -> {
          for (int i = first * p; i < last * p; i += rows.length) {
            body.run(i, Math.min(rows.length, last * p - i));
          }
        });
  }

  private static boolean jumps(int[] shape, int[] strides) {
    int step = Walk.innerStep(shape, strides);
    return step != 0 && step != 1;
  }

  /// The elements an operand has, once each, consecutive.
  private static float[] compact(float[] x, int xo, int[] xs, int[] shape) {
    int[] own = shape.clone();
    for (int d = 0; d < own.length; d++) {
      own[d] = xs[d] == 0 ? 1 : shape[d];
    }
    var out = new float[Walk.size(own)];
    Copy.strided(x, xo, xs, own, out, 0);
    return out;
  }

  /// The strides of such a copy: 0 where the operand is broadcast.
  private static int[] compact(int[] xs, int[] shape) {
    var strides = new int[shape.length];
    int expected = 1;
    for (int d = shape.length - 1; d >= 0; d--) {
      if (xs[d] != 0) {
        strides[d] = expected;
        expected *= shape[d];
      }
    }
    return strides;
  }
}
