// SPDX-License-Identifier: Apache-2.0
package gradus;

/// The ops of a [Tensor] that pick elements by index tensors.
public sealed interface IndexingOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// Returns, for `dim` = 1, `out[i][j] = this[i][index[i][j]]`: the result has the index's shape.
  /// (PyTorch: `torch.gather`.)
  ///
  /// @throws IllegalArgumentException if the index isn't int64, differs in dimensions, is larger in
  ///   another dimension or names a place out of range
  default Tensor gather(int dim, Tensor index) {
    return Indexing.Gather.of(self(), dim, index);
  }

  /// Returns this with, for `dim` = 1, `out[i][index[i][j]] += src[i][j]`, in the order of the
  /// index. (PyTorch: `torch.scatter_add`.)
  ///
  /// @throws IllegalArgumentException as [#gather], or if the source is smaller than the index or
  ///   of another type
  default Tensor scatterAdd(int dim, Tensor index, Tensor src) {
    return Indexing.ScatterAdd.of(self(), dim, index, src);
  }

  /// Returns the slices of dimension `dim` that the vector `index` names, in its order. (PyTorch:
  /// `torch.index_select`.)
  ///
  /// @throws IllegalArgumentException if the index isn't an int64 vector or names a place out of
  ///   range
  default Tensor indexSelect(int dim, Tensor index) {
    return Indexing.IndexSelect.of(self(), dim, index);
  }
}
