// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.Arrays;

/// Moves elements: strided to contiguous, from one type to another, and adds in place.
public final class Copy {
  private static final int GRAIN = 1 << 15;

  /// A transposed stretch is copied in squares of this side, so that the cache lines it reads are
  /// used up before they are thrown out.
  private static final int TILE = 32;

  private Copy() {}

  /// Copies `x[xo + Σ index · xs]` for every index of `shape`, in row-major order, to `out` from
  /// `oo`.
  public static void strided(float[] x, int xo, int[] xs, int[] shape, float[] out, int oo) {
    move(
        x,
        xo,
        xs,
        shape,
        out,
        oo,
        (from, step, to, n) -> {
          for (int i = 0; i < n; i++) {
            out[to + i] = x[from + i * step];
          }
        });
  }

  /// The same for double.
  public static void strided(double[] x, int xo, int[] xs, int[] shape, double[] out, int oo) {
    move(
        x,
        xo,
        xs,
        shape,
        out,
        oo,
        (from, step, to, n) -> {
          for (int i = 0; i < n; i++) {
            out[to + i] = x[from + i * step];
          }
        });
  }

  /// The same for long.
  public static void strided(long[] x, int xo, int[] xs, int[] shape, long[] out, int oo) {
    move(
        x,
        xo,
        xs,
        shape,
        out,
        oo,
        (from, step, to, n) -> {
          for (int i = 0; i < n; i++) {
            out[to + i] = x[from + i * step];
          }
        });
  }

  /// The same for byte.
  public static void strided(byte[] x, int xo, int[] xs, int[] shape, byte[] out, int oo) {
    move(
        x,
        xo,
        xs,
        shape,
        out,
        oo,
        (from, step, to, n) -> {
          for (int i = 0; i < n; i++) {
            out[to + i] = x[from + i * step];
          }
        });
  }

  /// Copies `n` elements from one step to consecutive ones.
  @FunctionalInterface
  private interface Gather {
    void run(int from, int step, int to, int n);
  }

  private static void move(
      Object x, int xo, int[] xs, int[] shape, Object out, int oo, Gather gather) {
    int n = Walk.size(shape);
    if (Walk.flat(shape, xs) == 1) {
      System.arraycopy(x, xo, out, oo, n);
      return;
    }
    int columns = shape.length - 1;
    int rows = columns - 1;
    if (rows >= 0 && xs[rows] == 1 && shape[rows] > 1 && shape[columns] > 1) {
      int matrix = shape[rows] * shape[columns];
      Parallel.forRange(
          n / Math.max(matrix, 1),
          Math.max(GRAIN / matrix, 1),
          (from, to) -> {
            var outer = Arrays.copyOf(shape, rows);
            var walk = new Walk(outer, new int[] {xo}, new int[][] {xs}, from, to);
            while (walk.advance()) {
              for (int i = 0; i < walk.length; i++) {
                transpose(
                    walk.at[0] + i * walk.step[0],
                    xs[columns],
                    oo + (walk.index + i) * matrix,
                    shape[rows],
                    shape[columns],
                    gather);
              }
            }
          });
      return;
    }
    Parallel.forRange(
        n,
        GRAIN,
        (from, to) -> {
          var walk = new Walk(shape, new int[] {xo}, new int[][] {xs}, from, to);
          while (walk.advance()) {
            if (walk.step[0] == 1) {
              System.arraycopy(x, walk.at[0], out, oo + walk.index, walk.length);
            } else {
              gather.run(walk.at[0], walk.step[0], oo + walk.index, walk.length);
            }
          }
        });
  }

  /// Rows lie one element apart in the source, columns `step`.
  private static void transpose(int xo, int step, int oo, int rows, int columns, Gather gather) {
    for (int r0 = 0; r0 < rows; r0 += TILE) {
      int r1 = Math.min(r0 + TILE, rows);
      for (int c = 0; c < columns; c += TILE) {
        int width = Math.min(TILE, columns - c);
        for (int r = r0; r < r1; r++) {
          gather.run(xo + r + c * step, step, oo + r * columns + c, width);
        }
      }
    }
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
