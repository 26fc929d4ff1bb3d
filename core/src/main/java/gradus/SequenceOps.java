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

  /// Returns the largest elements so far along dimension `dim`, with their indices: the last at a
  /// tie. After a NaN all are NaN. (PyTorch: `torch.cummax`.)
  default MaxResult cummax(int dim) {
    return Cumulative.extremes("cummax", self(), dim, Tensor::maximum);
  }

  /// Returns the smallest elements so far along dimension `dim`, with their indices: the last at a
  /// tie. After a NaN all are NaN. (PyTorch: `torch.cummin`.)
  default MaxResult cummin(int dim) {
    return Cumulative.extremes("cummin", self(), dim, Tensor::minimum);
  }

  /// Returns yₖ = ln Σ exp xⱼ over j ≤ k along dimension `dim`, without overflow. (PyTorch:
  /// `torch.logcumsumexp`.)
  ///
  /// @throws IllegalArgumentException if the type isn't floating
  default Tensor logcumsumexp(int dim) {
    return Cumulative.logcumsumexp(self(), dim);
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

  /// Returns the indices that would put the last dimension in ascending order, int64. (PyTorch:
  /// `torch.argsort`.)
  default Tensor argsort() {
    return argsort(-1);
  }

  /// Returns the indices that would put dimension `dim` in ascending order, int64.
  default Tensor argsort(int dim) {
    return argsort(dim, Order.ASCENDING);
  }

  /// Returns the indices that would put dimension `dim` in order, int64.
  default Tensor argsort(int dim, Order order) {
    return SortResult.of("argsort", self().detach(), dim, order).indices();
  }

  /// Returns the median of all elements, the lower of two; NaN if there is one. Equals share the
  /// cotangent evenly. (PyTorch: `torch.median`.)
  ///
  /// @throws IllegalArgumentException if there are no elements
  default Tensor median() {
    return Ranks.median(self());
  }

  /// Returns the medians along dimension `dim`, the lower of two, with their indices; NaN if there
  /// is one.
  ///
  /// @throws IllegalArgumentException if there are no elements along it
  default MaxResult median(int dim) {
    return Ranks.median(self(), self().shape().axis("median", dim));
  }

  /// Returns the `k`-th smallest elements of the last dimension, with their indices. (PyTorch:
  /// `torch.kthvalue`.)
  ///
  /// @param k 1 for the smallest
  /// @throws IllegalArgumentException if there are not that many
  default MaxResult kthvalue(int k) {
    return kthvalue(k, -1);
  }

  /// Returns the `k`-th smallest elements of dimension `dim`, with their indices: of equals, the
  /// earlier is the smaller, and NaN is greater than all.
  default MaxResult kthvalue(int k, int dim) {
    return Ranks.kthvalue(self(), k, self().shape().axis("kthvalue", dim));
  }

  /// Returns the most frequent elements of the last dimension, with their indices. (PyTorch:
  /// `torch.mode`.)
  ///
  /// @throws IllegalArgumentException if there are no elements along it
  default MaxResult mode() {
    return mode(-1);
  }

  /// Returns the most frequent elements of dimension `dim`, of several the smallest, with the
  /// indices of the last of them. NaN is greater than all and equals nothing.
  default MaxResult mode(int dim) {
    return Ranks.mode(self(), self().shape().axis("mode", dim));
  }

  /// Returns the `q`-quantile of all elements, between two by their distance; NaN if there is one.
  /// (PyTorch: `torch.quantile`.)
  ///
  /// @throws IllegalArgumentException if `q` isn't in [0, 1], the type isn't floating, or there are
  ///   no elements
  default Tensor quantile(double q) {
    return Ranks.quantile(Arrangement.flat(self()), q, 0);
  }

  /// Returns the `q`-quantiles along dimension `dim`.
  default Tensor quantile(double q, int dim) {
    return Ranks.quantile(self(), q, self().shape().axis("quantile", dim));
  }

  /// Returns the different elements in ascending order, where each element went, and how many there
  /// are of each. (PyTorch: `torch.unique(return_inverse=True, return_counts=True)`.)
  default UniqueResult unique() {
    return UniqueResult.of(self().detach());
  }

  /// Returns for each of `values` the number of elements of this vector, which must ascend, that
  /// are smaller, int64: where to insert it. (PyTorch: `torch.searchsorted`, and `torch.bucketize`
  /// with this as boundaries.)
  ///
  /// @throws IllegalArgumentException if this isn't a vector
  default Tensor searchsorted(Tensor values) {
    return Ranks.searchsorted(self().detach(), values.detach());
  }

  /// Returns how often each of 0, 1, … occurs in this vector, int64. (PyTorch: `torch.bincount`.)
  ///
  /// @throws IllegalArgumentException if this isn't an int64 vector or has a negative number
  default Tensor bincount() {
    return bincount(0);
  }

  /// As [#bincount()], of at least `minlength` elements.
  default Tensor bincount(int minlength) {
    return Ranks.bincount(self(), Tensor.ones(DType.INT64, self().shape().toArray()), minlength);
  }

  /// Returns the sums of the `weights` of each of 0, 1, …, of at least `minlength` elements.
  ///
  /// @throws IllegalArgumentException also if the weights have another shape
  default Tensor bincount(Tensor weights, int minlength) {
    return Ranks.bincount(self(), weights, minlength);
  }
}
