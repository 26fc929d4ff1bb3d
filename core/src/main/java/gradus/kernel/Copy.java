// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.Arrays;

/// Moves elements: strided to contiguous, from one type to another, and adds in place.
public final class Copy {
  private static final int GRAIN = 1 << 15;

  /// Rows of a transposed matrix that are copied together, so that the cache lines that are read
  /// are used up before they are thrown out.
  private static final int TILE = 32;

  private Copy() {}

  /// Copies `x[xo + Σ index · xs]` for every index of `shape`, in row-major order, to `out` from
  /// `oo`.
  public static void strided(float[] x, int xo, int[] xs, int[] shape, float[] out, int oo) {
    move(xo, xs, shape, oo, new Floats(x, out));
  }

  /// The same for double.
  public static void strided(double[] x, int xo, int[] xs, int[] shape, double[] out, int oo) {
    move(xo, xs, shape, oo, new Doubles(x, out));
  }

  /// The same for long.
  public static void strided(long[] x, int xo, int[] xs, int[] shape, long[] out, int oo) {
    move(xo, xs, shape, oo, new Longs(x, out));
  }

  /// The same for byte.
  public static void strided(byte[] x, int xo, int[] xs, int[] shape, byte[] out, int oo) {
    move(xo, xs, shape, oo, new Bytes(x, out));
  }

  /// What can be done between two arrays of one type.
  sealed interface Pair {
    Object x();

    Object out();

    /// Copies `n` elements, `step` apart, to consecutive ones.
    default void copy(int from, int step, int to, int n) {
      switch (step) {
        case 0 -> fill(from, to, n);
        case 1 -> System.arraycopy(x(), from, out(), to, n);
        default -> gather(from, step, to, n);
      }
    }

    /// The same for any step.
    void gather(int from, int step, int to, int n);

    /// Copies one element to `n` consecutive ones.
    void fill(int from, int to, int n);

    /// Copies a matrix whose rows are one element apart and whose columns `step`, row by row.
    default void transpose(int from, int step, int to, int rows, int columns) {
      for (int c = 0; c < columns; c += TILE) {
        int width = Math.min(TILE, columns - c);
        for (int r = 0; r < rows; r++) {
          gather(from + r + c * step, step, to + r * columns + c, width);
        }
      }
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Arrays are the point; none is compared.
  record Floats(float[] x, float[] out) implements Pair {
    @Override
    public void gather(int from, int step, int to, int n) {
      for (int i = 0; i < n; i++) {
        out[to + i] = x[from + i * step];
      }
    }

    @Override
    public void fill(int from, int to, int n) {
      Arrays.fill(out, to, to + n, x[from]);
    }

    @Override
    public void transpose(int from, int step, int to, int rows, int columns) {
      Transpose.matrix(x, from, step, columns, rows, out, to, columns);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Arrays are the point; none is compared.
  private record Doubles(double[] x, double[] out) implements Pair {
    @Override
    public void gather(int from, int step, int to, int n) {
      for (int i = 0; i < n; i++) {
        out[to + i] = x[from + i * step];
      }
    }

    @Override
    public void transpose(int from, int step, int to, int rows, int columns) {
      Transpose.matrix(x, from, step, columns, rows, out, to, columns);
    }

    @Override
    public void fill(int from, int to, int n) {
      Arrays.fill(out, to, to + n, x[from]);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Arrays are the point; none is compared.
  private record Longs(long[] x, long[] out) implements Pair {
    @Override
    public void gather(int from, int step, int to, int n) {
      for (int i = 0; i < n; i++) {
        out[to + i] = x[from + i * step];
      }
    }

    @Override
    public void fill(int from, int to, int n) {
      Arrays.fill(out, to, to + n, x[from]);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Arrays are the point; none is compared.
  private record Bytes(byte[] x, byte[] out) implements Pair {
    @Override
    public void gather(int from, int step, int to, int n) {
      for (int i = 0; i < n; i++) {
        out[to + i] = x[from + i * step];
      }
    }

    @Override
    public void fill(int from, int to, int n) {
      Arrays.fill(out, to, to + n, x[from]);
    }
  }

  private static void move(int xo, int[] xs, int[] shape, int oo, Pair pair) {
    int n = Walk.size(shape);
    if (n == 0) {
      return;
    }
    if (Walk.flat(shape, xs) == 1) {
      pair.copy(xo, 1, oo, n);
      return;
    }
    if (transposes(shape, xs)) {
      transposed(xo, xs, shape, oo, pair);
      return;
    }
    Parallel.forRange(
        n,
        GRAIN,
        (from, to) -> {
          var walk = new Walk(shape, new int[] {xo}, new int[][] {xs}, from, to);
          while (walk.advance()) {
            pair.copy(walk.at[0], walk.step[0], oo + walk.index, walk.length);
          }
        });
  }

  /// Whether the last two dimensions are copied as matrices whose rows are one element apart. Long
  /// rows of one element each are not: they are filled.
  static boolean transposes(int[] shape, int[] xs) {
    int rank = shape.length;
    return rank >= 2
        && xs[rank - 2] == 1
        && shape[rank - 2] > 1
        && shape[rank - 1] > 1
        && (xs[rank - 1] != 0 || shape[rank - 1] <= TILE);
  }

  /// Copies matrices, the last two dimensions, whose rows are one element apart: some rows at a
  /// time.
  private static void transposed(int xo, int[] xs, int[] shape, int oo, Pair pair) {
    int rank = shape.length;
    int rows = shape[rank - 2];
    int columns = shape[rank - 1];
    int step = xs[rank - 1];
    int strips = Math.ceilDiv(rows, TILE);
    int[] outer = Arrays.copyOf(shape, rank - 2);
    Parallel.forRange(
        Walk.size(outer) * strips,
        Math.max(GRAIN / (TILE * columns), 1),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int row = i % strips * TILE;
            int at = xo + row;
            for (int d = outer.length - 1, rest = i / strips; d >= 0; rest /= outer[d--]) {
              at += rest % outer[d] * xs[d];
            }
            int start = oo + (i / strips * rows + row) * columns;
            pair.transpose(at, step, start, Math.min(TILE, rows - row), columns);
          }
        });
  }

  /// Converts `n` elements between arrays of float (float32), double (float64), long (int64) and
  /// byte (uint8, or bool as 0 and 1), with Java's casts: fractions are cut off, bytes are 0…255
  /// and keep the low eight bits of what they are given.
  ///
  /// @throws IllegalArgumentException if an array is of another type
  public static void convert(Object from, int fo, Object to, int start, int n) {
    if (from.getClass() == to.getClass()) {
      System.arraycopy(from, fo, to, start, n);
      return;
    }
    switch (from) {
      case float[] x -> fromFloats(x, fo, to, start, n);
      case double[] x -> fromDoubles(x, fo, to, start, n);
      case long[] x -> fromLongs(x, fo, to, start, n);
      case byte[] x -> fromBytes(x, fo, to, start, n);
      default -> throw unknown(from);
    }
  }

  private static void fromFloats(float[] x, int fo, Object to, int start, int n) {
    switch (to) {
      case double[] out -> {
        for (int i = 0; i < n; i++) {
          out[start + i] = x[fo + i];
        }
      }
      case long[] out -> {
        for (int i = 0; i < n; i++) {
          out[start + i] = (long) x[fo + i];
        }
      }
      case byte[] out -> {
        for (int i = 0; i < n; i++) {
          out[start + i] = (byte) (long) x[fo + i];
        }
      }
      default -> throw unknown(to);
    }
  }

  private static void fromDoubles(double[] x, int fo, Object to, int start, int n) {
    switch (to) {
      case float[] out -> {
        for (int i = 0; i < n; i++) {
          out[start + i] = (float) x[fo + i];
        }
      }
      case long[] out -> {
        for (int i = 0; i < n; i++) {
          out[start + i] = (long) x[fo + i];
        }
      }
      case byte[] out -> {
        for (int i = 0; i < n; i++) {
          out[start + i] = (byte) (long) x[fo + i];
        }
      }
      default -> throw unknown(to);
    }
  }

  private static void fromLongs(long[] x, int fo, Object to, int start, int n) {
    switch (to) {
      case float[] out -> {
        for (int i = 0; i < n; i++) {
          out[start + i] = x[fo + i];
        }
      }
      case double[] out -> {
        for (int i = 0; i < n; i++) {
          out[start + i] = x[fo + i];
        }
      }
      case byte[] out -> {
        for (int i = 0; i < n; i++) {
          out[start + i] = (byte) x[fo + i];
        }
      }
      default -> throw unknown(to);
    }
  }

  private static void fromBytes(byte[] x, int fo, Object to, int start, int n) {
    switch (to) {
      case float[] out -> {
        for (int i = 0; i < n; i++) {
          out[start + i] = x[fo + i] & 0xFF;
        }
      }
      case double[] out -> {
        for (int i = 0; i < n; i++) {
          out[start + i] = x[fo + i] & 0xFF;
        }
      }
      case long[] out -> {
        for (int i = 0; i < n; i++) {
          out[start + i] = x[fo + i] & 0xFF;
        }
      }
      default -> throw unknown(to);
    }
  }

  /// Writes 1 where the element is not 0 (NaN is not), else 0.
  ///
  /// @throws IllegalArgumentException if `from` is not an array of float, double, long or byte
  public static void convertToBool(Object from, int fo, byte[] to, int start, int n) {
    switch (from) {
      case float[] x -> {
        for (int i = 0; i < n; i++) {
          to[start + i] = (byte) (x[fo + i] != 0 ? 1 : 0);
        }
      }
      case double[] x -> {
        for (int i = 0; i < n; i++) {
          to[start + i] = (byte) (x[fo + i] != 0 ? 1 : 0);
        }
      }
      case long[] x -> {
        for (int i = 0; i < n; i++) {
          to[start + i] = (byte) (x[fo + i] != 0 ? 1 : 0);
        }
      }
      case byte[] x -> {
        for (int i = 0; i < n; i++) {
          to[start + i] = (byte) (x[fo + i] != 0 ? 1 : 0);
        }
      }
      default -> throw unknown(from);
    }
  }

  private static IllegalArgumentException unknown(Object array) {
    return new IllegalArgumentException(
        "convert: " + array.getClass().getSimpleName() + " is no array of a tensor's elements");
  }

  /// Adds `n` elements of `x` from `xo` to those of `acc` from `ao`.
  public static void addInPlace(float[] acc, int ao, float[] x, int xo, int n) {
    Parallel.forRange(
        n,
        GRAIN,
        (from, to) ->
            Binary.ADD.run(acc, ao + from, 1, x, xo + from, 1, acc, ao + from, to - from));
  }

  /// Adds `n` elements of `x` from `xo` to those of `acc` from `ao`.
  public static void addInPlace(double[] acc, int ao, double[] x, int xo, int n) {
    for (int i = 0; i < n; i++) {
      acc[ao + i] += x[xo + i];
    }
  }

  /// Sets `n` elements of `out` from `oo` to `value`.
  public static void fill(float[] out, int oo, int n, float value) {
    Arrays.fill(out, oo, oo + n, value);
  }

  /// Sets `n` elements of `out` from `oo` to `value`.
  public static void fill(double[] out, int oo, int n, double value) {
    Arrays.fill(out, oo, oo + n, value);
  }

  /// Sets `n` elements of `out` from `oo` to `value`.
  public static void fill(long[] out, int oo, int n, long value) {
    Arrays.fill(out, oo, oo + n, value);
  }

  /// Sets `n` elements of `out` from `oo` to `value`.
  public static void fill(byte[] out, int oo, int n, byte value) {
    Arrays.fill(out, oo, oo + n, value);
  }
}
