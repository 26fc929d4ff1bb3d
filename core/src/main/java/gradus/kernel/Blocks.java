// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// A contiguous array seen as `[outer, size, inner]` blocks around one dimension: picks, places and
/// adds whole slices.
///
/// Arrays come as objects since moving elements is the same for all types; both arrays of a call
/// have one type.
public record Blocks(int outer, int size, int inner) {
  /// The blocks around dimension `axis` of an array of this shape.
  public static Blocks of(int[] shape, int axis) {
    int outer = 1;
    int inner = 1;
    for (int d = 0; d < axis; d++) {
      outer *= shape[d];
    }
    for (int d = axis + 1; d < shape.length; d++) {
      inner *= shape[d];
    }
    return new Blocks(outer, shape.length == 0 ? 1 : shape[axis], inner);
  }

  /// `out[o][i] = x[o][rows[i]]`, where `x` has this shape.
  @SuppressWarnings("SuspiciousSystemArraycopy")
  public void select(Object x, int xo, int[] rows, Object out) {
    int to = 0;
    for (int o = 0; o < outer; o++) {
      for (int row : rows) {
        System.arraycopy(x, xo + (o * size + row) * inner, out, to, inner);
        to += inner;
      }
    }
  }

  /// `out[o][start + i·step] = x[o][i]` for i < length, where `out` has this shape.
  @SuppressWarnings("SuspiciousSystemArraycopy")
  public void place(Object x, int xo, int length, Object out, int start, int step) {
    int from = xo;
    int run = step == 1 ? length : 1;
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < length; i += run) {
        System.arraycopy(x, from, out, (o * size + start + i * step) * inner, run * inner);
        from += run * inner;
      }
    }
  }

  /// `out[o][start + i·step] += x[o][i]` for i < length, where `out` has this shape.
  public void add(Object x, int xo, int length, Object out, int start, int step) {
    int from = xo;
    int run = step == 1 ? length : 1;
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < length; i += run) {
        int to = (o * size + start + i * step) * inner;
        if (out instanceof float[] f) {
          Copy.addInPlace(f, to, (float[]) x, from, run * inner);
        } else {
          Copy.addInPlace((double[]) out, to, (double[]) x, from, run * inner);
        }
        from += run * inner;
      }
    }
  }

  /// `out[o][rows[i]] = x[o][i]`, in order of i, where `out` has this shape.
  @SuppressWarnings("SuspiciousSystemArraycopy")
  public void put(Object x, int xo, int[] rows, Object out) {
    int from = xo;
    for (int o = 0; o < outer; o++) {
      for (int row : rows) {
        System.arraycopy(x, from, out, (o * size + row) * inner, inner);
        from += inner;
      }
    }
  }

  /// `out[o][rows[i]] += x[o][i]`, in order of i, where `out` has this shape.
  public void add(Object x, int xo, int[] rows, Object out) {
    int from = xo;
    for (int o = 0; o < outer; o++) {
      for (int row : rows) {
        int to = (o * size + row) * inner;
        switch (out) {
          case float[] f -> Copy.addInPlace(f, to, (float[]) x, from, inner);
          case double[] d -> Copy.addInPlace(d, to, (double[]) x, from, inner);
          case long[] l -> {
            long[] source = (long[]) x;
            for (int i = 0; i < inner; i++) {
              l[to + i] += source[from + i];
            }
          }
          default -> throw new IllegalArgumentException("add: " + out.getClass().getSimpleName());
        }
        from += inner;
      }
    }
  }

  /// `out[i] = x[xo + positions[i]]`.
  public static void gather(Object x, int xo, int[] positions, Object out) {
    switch (x) {
      case float[] f -> {
        float[] y = (float[]) out;
        for (int i = 0; i < positions.length; i++) {
          y[i] = f[xo + positions[i]];
        }
      }
      case double[] d -> {
        double[] y = (double[]) out;
        for (int i = 0; i < positions.length; i++) {
          y[i] = d[xo + positions[i]];
        }
      }
      case long[] l -> {
        long[] y = (long[]) out;
        for (int i = 0; i < positions.length; i++) {
          y[i] = l[xo + positions[i]];
        }
      }
      case byte[] b -> {
        byte[] y = (byte[]) out;
        for (int i = 0; i < positions.length; i++) {
          y[i] = b[xo + positions[i]];
        }
      }
      default -> throw new IllegalArgumentException("gather: " + x.getClass().getSimpleName());
    }
  }

  /// `out[positions[i]] += x[xo + i]`, in order of i.
  public static void scatterAdd(Object x, int xo, int[] positions, Object out) {
    switch (out) {
      case float[] y -> {
        float[] f = (float[]) x;
        for (int i = 0; i < positions.length; i++) {
          y[positions[i]] += f[xo + i];
        }
      }
      case double[] y -> {
        double[] d = (double[]) x;
        for (int i = 0; i < positions.length; i++) {
          y[positions[i]] += d[xo + i];
        }
      }
      case long[] y -> {
        long[] l = (long[]) x;
        for (int i = 0; i < positions.length; i++) {
          y[positions[i]] += l[xo + i];
        }
      }
      default ->
          throw new IllegalArgumentException("scatterAdd: " + out.getClass().getSimpleName());
    }
  }

  /// `out[positions[i]]` becomes the greater of it and `x[xo + i]`, or the lesser; NaN if either
  /// is.
  public static void scatterExtreme(
      Object x, int xo, int[] positions, boolean largest, Object out) {
    switch (out) {
      case float[] y -> {
        float[] f = (float[]) x;
        for (int i = 0; i < positions.length; i++) {
          int at = positions[i];
          y[at] = largest ? Math.max(y[at], f[xo + i]) : Math.min(y[at], f[xo + i]);
        }
      }
      case double[] y -> {
        double[] d = (double[]) x;
        for (int i = 0; i < positions.length; i++) {
          int at = positions[i];
          y[at] = largest ? Math.max(y[at], d[xo + i]) : Math.min(y[at], d[xo + i]);
        }
      }
      case long[] y -> {
        long[] l = (long[]) x;
        for (int i = 0; i < positions.length; i++) {
          int at = positions[i];
          y[at] = largest ? Math.max(y[at], l[xo + i]) : Math.min(y[at], l[xo + i]);
        }
      }
      default ->
          throw new IllegalArgumentException("scatterExtreme: " + out.getClass().getSimpleName());
    }
  }

  /// `out[positions[i]] = x[xo + i]`, in order of i.
  @SuppressWarnings("SuspiciousSystemArraycopy")
  public static void scatter(Object x, int xo, int[] positions, Object out) {
    for (int i = 0; i < positions.length; i++) {
      System.arraycopy(x, xo + i, out, positions[i], 1);
    }
  }
}
