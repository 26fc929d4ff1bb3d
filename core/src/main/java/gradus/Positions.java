// SPDX-License-Identifier: Apache-2.0
package gradus;

import java.util.stream.IntStream;

/// Index tensors, checked and turned into places in a contiguous array.
final class Positions {
  private Positions() {}

  /// For each element of `index`, the place in a contiguous tensor of `shape` that it names in
  /// dimension `axis`, its other coordinates being its own.
  static int[] of(String op, Shape shape, int axis, Tensor index) {
    check(op, index);
    int n = Math.max(shape.dim(), 1);
    if (Math.max(index.dim(), 1) != n) {
      throw new IllegalArgumentException(
          "%s: the index %s and the tensor %s differ in dimensions"
              .formatted(op, index.shape(), shape));
    }
    int[] sizes = shape.dim() == 0 ? new int[] {1} : shape.sizes;
    int[] extents = index.dim() == 0 ? new int[] {1} : index.shape().sizes;
    for (int d = 0; d < n; d++) {
      if (d != axis && extents[d] > sizes[d]) {
        throw new IllegalArgumentException(
            "%s: the index %s is larger than the tensor %s in dimension %d"
                .formatted(op, index.shape(), shape, d));
      }
    }
    int[] strides = Layout.rowMajor(sizes);
    long[] values = index.toLongArray();
    int[] positions = new int[values.length];
    int[] at = new int[n];
    for (int i = 0; i < values.length; i++) {
      int place = checked(op, values[i], sizes[axis], axis, shape, i) * strides[axis];
      for (int d = 0; d < n; d++) {
        place += d == axis ? 0 : at[d] * strides[d];
      }
      positions[i] = place;
      for (int d = n - 1; d >= 0 && ++at[d] == extents[d]; d--) {
        at[d] = 0;
      }
    }
    return positions;
  }

  /// The values of a vector of indices of dimension `axis`.
  static int[] rows(String op, Shape shape, int axis, Tensor index) {
    check(op, index);
    if (index.dim() > 1) {
      throw new IllegalArgumentException(
          "%s: the index is %s; it must be a vector".formatted(op, index.shape()));
    }
    int size = shape.dim() == 0 ? 1 : shape.sizes[axis];
    long[] values = index.toLongArray();
    int[] rows = new int[values.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = checked(op, values[i], size, axis, shape, i);
    }
    return rows;
  }

  /// The coordinates of the elements that aren't 0, a row each, in row-major order.
  static Tensor nonzero(Tensor x) {
    boolean[] set = x.toBooleanArray();
    int count = 0;
    for (boolean each : set) {
      count += each ? 1 : 0;
    }
    int n = x.dim();
    long[] rows = new long[Math.multiplyExact(count, n)];
    for (int i = 0, row = 0; i < set.length; i++) {
      if (set[i]) {
        int rest = i;
        for (int d = n - 1; d >= 0; d--) {
          rows[row * n + d] = rest % x.size(d);
          rest /= x.size(d);
        }
        row++;
      }
    }
    return Tensor.wrap(DType.INT64, rows, Shape.of(count, n));
  }

  /// The row-major numbers of the elements that aren't 0.
  static long[] nonzeroPlaces(Tensor x) {
    boolean[] set = x.toBooleanArray();
    return IntStream.range(0, set.length).filter(i -> set[i]).asLongStream().toArray();
  }

  private static void check(String op, Tensor index) {
    if (index.dtype() != DType.INT64) {
      throw new IllegalArgumentException(
          "%s: the index is %s, not int64; convert it with to(DType.INT64)"
              .formatted(op, index.dtype()));
    }
  }

  private static int checked(String op, long value, int size, int axis, Shape shape, int at) {
    if (value < 0 || value >= size) {
      throw new IllegalArgumentException(
          "%s: index %d at position %d is out of range 0…%d of dimension %d of %s"
              .formatted(op, value, at, size - 1, axis, shape));
    }
    return (int) value;
  }
}
