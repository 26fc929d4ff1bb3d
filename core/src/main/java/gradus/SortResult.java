// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.Sort;

/// Elements in order along a dimension, and where they were.
///
/// @param values the elements; gradients flow to where they came from
/// @param indices their indices in that dimension, int64
public record SortResult(Tensor values, Tensor indices) {
  static SortResult of(String op, Tensor x, int dim, Order order) {
    int axis = x.shape().axis(op, dim);
    Tensor keys = x.dtype().isFloating() ? x : Launch.cast(x, DType.INT64);
    Folding f = Folding.of(op, keys, Dims.of(axis));
    Tensor c = f.contiguous();
    Tensor indices = Tensor.empty(DType.INT64, x.shape());
    Sort.order(
        c.storage.array(),
        c.layout.offset,
        f.outer(),
        f.length(),
        f.inner(),
        order == Order.DESCENDING,
        indices.storage.longs());
    return new SortResult(x.gather(axis, indices), indices);
  }

  /// The first `k`; a scalar is a dimension of one element.
  SortResult first(int k, int dim) {
    Shape shape = values.shape();
    int size = shape.dim() == 0 ? 1 : shape.size(dim);
    if (k < 0 || k > size) {
      throw new IllegalArgumentException(
          "topk: %s: k = %d is not in 0…%d, the size of dimension %d"
              .formatted(shape, k, size, dim));
    }
    return k == size ? this : new SortResult(values.narrow(dim, 0, k), indices.narrow(dim, 0, k));
  }
}
