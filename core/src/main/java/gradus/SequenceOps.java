// SPDX-License-Identifier: Apache-2.0
package gradus;

/// The ops of a [Tensor] that take the elements along a dimension one after the other.
public sealed interface SequenceOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// Returns the running sums along dimension `dim`; of integers and bools, in int64. (PyTorch:
  /// `torch.cumsum`.)
  default Tensor cumsum(int dim) {
    return Cumulative.Cumsum.of(self(), dim);
  }

  /// Returns the running products along dimension `dim`; of integers and bools, in int64. Its
  /// derivatives are right where elements are 0, too. (PyTorch: `torch.cumprod`.)
  default Tensor cumprod(int dim) {
    return Cumulative.Cumprod.of(self(), dim);
  }

  /// Returns the elements in ascending order along the last dimension, with their indices.
  /// (PyTorch: `torch.sort`.)
  default SortResult sort() {
    return sort(-1);
  }

  /// Returns the elements in ascending order along dimension `dim`, with their indices.
  default SortResult sort(int dim) {
    return sort(dim, Order.ASCENDING);
  }

  /// Returns the elements in order along dimension `dim`, with their indices. Equals stay in order,
  /// as with PyTorch's `stable=True`; NaN is greater than all.
  default SortResult sort(int dim, Order order) {
    return SortResult.of("sort", self(), dim, order);
  }

  /// Returns the `k` largest elements of the last dimension in descending order, with their
  /// indices. (PyTorch: `torch.topk`.)
  ///
  /// @throws IllegalArgumentException if there are not that many
  default SortResult topk(int k) {
    return topk(k, -1);
  }

  /// Returns the `k` largest elements of dimension `dim` in descending order, with their indices.
  default SortResult topk(int k, int dim) {
    return topk(k, dim, Order.DESCENDING);
  }

  /// Returns the first `k` elements of dimension `dim` in order, with their indices: the largest if
  /// it is descending, else the smallest, as with PyTorch's `largest=False`.
  default SortResult topk(int k, int dim, Order order) {
    return SortResult.of("topk", self(), dim, order).first(k, dim);
  }
}
