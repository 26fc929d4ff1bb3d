// SPDX-License-Identifier: Apache-2.0
package gradus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Ops that rearrange, composed of views and of picking by index.
final class Arrangement {
  private Arrangement() {}

  /// All elements in one dimension, of which an empty tensor has none.
  static Tensor flat(Tensor x) {
    return View.Reshape.of(x, Shape.of(x.numel()));
  }

  /// The slices of dimension `axis` that `index` names.
  static Tensor pick(Tensor x, int axis, long[] index) {
    return Indexing.IndexSelect.of(x, axis, Tensor.of(index, index.length));
  }

  static Tensor flip(Tensor x, int... dims) {
    boolean[] flipped = new boolean[x.dim()];
    Tensor y = x;
    for (int dim : dims) {
      int axis = x.shape().axis("flip", dim);
      if (x.dim() == 0) {
        continue;
      }
      if (flipped[axis]) {
        throw new IllegalArgumentException(
            "flip: %s: dimension %d is named twice".formatted(x.shape(), dim));
      }
      flipped[axis] = true;
      int last = x.size(axis) - 1;
      long[] reverse = new long[last + 1];
      Arrays.setAll(reverse, i -> last - i);
      y = pick(y, axis, reverse);
    }
    return y == x ? x.copy() : y;
  }

  static Tensor roll(Tensor x, int[] shifts, int[] dims) {
    if (shifts.length != dims.length) {
      throw new IllegalArgumentException(
          "roll: %d shifts for %d dimensions".formatted(shifts.length, dims.length));
    }
    Tensor y = x;
    for (int i = 0; i < dims.length; i++) {
      y = roll(y, shifts[i], x.shape().axis("roll", dims[i]));
    }
    return y;
  }

  static Tensor roll(Tensor x, int shift, int axis) {
    int size = x.dim() == 0 ? 1 : x.size(axis);
    int by = size == 0 ? 0 : Math.floorMod(shift, size);
    return by == 0
        ? x
        : Tensor.cat(List.of(x.narrow(axis, size - by, by), x.narrow(axis, 0, size - by)), axis);
  }

  /// `[a, b]` becomes `[1, a, 1, b]`, is expanded and joined again.
  static Tensor repeat(String op, Tensor x, int... times) {
    int n = Math.max(x.dim(), times.length);
    int[] apart = new int[2 * n];
    int[] repeated = new int[2 * n];
    int[] joined = new int[n];
    Arrays.fill(apart, 1);
    for (int d = 0; d < n; d++) {
      int time = d < n - times.length ? 1 : times[d - (n - times.length)];
      if (time < 0) {
        throw new IllegalArgumentException(
            "%s: %s by %s: a number is negative".formatted(op, x.shape(), Arrays.toString(times)));
      }
      int size = d < n - x.dim() ? 1 : x.size(d - (n - x.dim()));
      apart[2 * d + 1] = size;
      repeated[2 * d] = time;
      repeated[2 * d + 1] = size;
      joined[d] = Math.multiplyExact(time, size);
    }
    Tensor y = View.Reshape.of(x, Shape.wrap(apart));
    return View.Reshape.of(View.Expand.of(y, Shape.wrap(repeated)), Shape.wrap(joined));
  }

  static Tensor repeatInterleave(Tensor x, int repeats, int axis) {
    if (repeats < 0) {
      throw new IllegalArgumentException(
          "repeatInterleave: repeats %d is negative".formatted(repeats));
    }
    Tensor y = x.dim() == 0 ? flat(x) : x;
    int[] apart = y.unsqueeze(axis + 1).shape().toArray();
    apart[axis + 1] = repeats;
    int[] joined = y.shape().toArray();
    joined[axis] = Math.multiplyExact(joined[axis], repeats);
    return View.Reshape.of(y.unsqueeze(axis + 1).expand(apart), Shape.wrap(joined));
  }

  static Tensor repeatInterleave(Tensor x, Tensor times, int axis) {
    int size = x.dim() == 0 ? 1 : x.size(axis);
    Tensor repeats = times.shape().equals(Shape.of(1)) ? times.expand(size) : times;
    if (repeats.dtype() != DType.INT64 || repeats.dim() != 1 || repeats.numel() != size) {
      throw new IllegalArgumentException(
          "repeatInterleave: repeats are %s %s; expected int64 [%d], a number for each index of dimension %d of %s"
              .formatted(repeats.dtype(), repeats.shape(), size, axis, x.shape()));
    }
    long[] counts = repeats.toLongArray();
    int total = 0;
    for (int i = 0; i < size; i++) {
      if (counts[i] < 0) {
        throw new IllegalArgumentException(
            "repeatInterleave: repeats[%d] = %d is negative".formatted(i, counts[i]));
      }
      total = Math.addExact(total, Math.toIntExact(counts[i]));
    }
    long[] index = new long[total];
    for (int i = 0, to = 0; i < size; i++) {
      Arrays.fill(index, to, to += (int) counts[i], i);
    }
    return pick(x.dim() == 0 ? flat(x) : x, axis, index);
  }

  /// The elements of matrices on one side of a diagonal, zeros on the other.
  static Tensor triangle(String op, Tensor x, int diagonal) {
    if (x.dim() < 2) {
      throw new IllegalArgumentException(
          "%s: %s has no matrices; expected at least two dimensions".formatted(op, x.shape()));
    }
    boolean lower = op.equals("tril");
    int rows = x.size(-2);
    int columns = x.size(-1);
    byte[] keep = new byte[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        long above = (long) j - i;
        keep[i * columns + j] = (byte) ((lower ? above <= diagonal : above >= diagonal) ? 1 : 0);
      }
    }
    Tensor mask = Tensor.wrap(DType.BOOL, keep, Shape.of(rows, columns));
    return Tensor.where(mask, x, Tensor.full(x.dtype(), 0, Shape.SCALAR));
  }

  /// Where a diagonal of an m × n matrix begins in row-major order, and how long it is.
  private record Diagonal(int start, int length) {
    static Diagonal of(int m, int n, int offset) {
      int length =
          Math.clamp(
              Math.min(m - Math.max(-(long) offset, 0), n - Math.max(offset, 0L)),
              0,
              Integer.MAX_VALUE);
      int start = length == 0 ? 0 : offset >= 0 ? offset : -offset * n;
      return new Diagonal(start, length);
    }
  }

  /// A diagonal is every (n + 1)-th element of an m × n matrix.
  static Tensor diagonal(Tensor x, int offset, int dim1, int dim2) {
    int a = x.shape().axis("diagonal", dim1);
    int b = x.shape().axis("diagonal", dim2);
    if (a == b) {
      throw new IllegalArgumentException(
          "diagonal: %s: dimensions %d and %d are the same".formatted(x.shape(), dim1, dim2));
    }
    Tensor last = x.movedim(new int[] {a, b}, new int[] {-2, -1});
    int m = last.size(-2);
    int n = last.size(-1);
    var d = Diagonal.of(m, n, offset);
    Tensor rows = last.flatten(-2, -1);
    return View.Narrow.of(rows, rows.dim() - 1, d.start, d.length, n + 1);
  }

  static Tensor diagEmbed(Tensor x, int offset) {
    if (x.dim() == 0) {
      throw new IllegalArgumentException("diagEmbed: a scalar is no diagonal; use reshape(1)");
    }
    int n = Math.addExact(x.size(-1), Math.abs(offset));
    int[] flat = x.shape().toArray();
    flat[flat.length - 1] = Math.multiplyExact(n, n);
    int[] sizes = Arrays.copyOf(x.shape().sizes, x.dim() + 1);
    sizes[x.dim() - 1] = n;
    sizes[x.dim()] = n;
    var d = Diagonal.of(n, n, offset);
    Tensor y = Indexing.Place.of(x, Shape.wrap(flat), x.dim() - 1, d.start, n + 1);
    return View.Reshape.of(y, Shape.wrap(sizes));
  }

  static Tensor unfold(Tensor x, int dim, int size, int step) {
    int axis = x.shape().axis("unfold", dim);
    int length = x.dim() == 0 ? 1 : x.size(axis);
    if (size < 0 || size > length || step <= 0) {
      throw new IllegalArgumentException(
          "unfold: %s: windows of %d, %d apart; expected a size in 0…%d and a positive step"
              .formatted(x.shape(), size, step, length));
    }
    Tensor line = x.dim() == 0 ? flat(x) : x;
    int windows = (length - size) / step + 1;
    long[] index = new long[Math.multiplyExact(windows, size)];
    Arrays.setAll(index, i -> (long) (i / Math.max(size, 1)) * step + i % Math.max(size, 1));
    int[] sizes = line.unsqueeze(axis + 1).shape().toArray();
    sizes[axis] = windows;
    sizes[axis + 1] = size;
    return View.Reshape.of(pick(line, axis, index), Shape.wrap(sizes)).movedim(axis + 1, -1);
  }

  static List<Tensor> meshgrid(List<Tensor> vectors) {
    int[] sizes = new int[vectors.size()];
    for (int i = 0; i < sizes.length; i++) {
      Tensor v = vectors.get(i);
      if (v.dim() > 1) {
        throw new IllegalArgumentException(
            "meshgrid: tensor %d is %s; expected vectors".formatted(i, v.shape()));
      }
      sizes[i] = v.numel();
    }
    List<Tensor> grids = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      int[] along = new int[sizes.length];
      Arrays.fill(along, 1);
      along[i] = sizes[i];
      grids.add(View.Expand.of(vectors.get(i).reshape(along), Shape.of(sizes)));
    }
    return grids;
  }
}
