// SPDX-License-Identifier: Apache-2.0
package gradus;

import java.util.List;

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

  /// Returns this with, for `dim` = 1, `out[i][index[i][j]] = src[i][j]`. Where the index names a
  /// place twice the last one counts. The gradient of each source element is that of the place it
  /// went to, so those that were overwritten get one, too: it is right where no place is named
  /// twice, as in PyTorch. (PyTorch: `torch.scatter`.)
  ///
  /// @throws IllegalArgumentException as [#scatterAdd]
  default Tensor scatter(int dim, Tensor index, Tensor src) {
    return Indexing.Scatter.of(self(), dim, index, src);
  }

  /// Returns this with, for `dim` = 1, in each place what `reduce` makes of it and of all
  /// `src[i][j]` whose `index[i][j]` names it. Of equal extremes each gets the same share of the
  /// gradient, and derivatives of products are right where elements are 0, too. (PyTorch:
  /// `torch.scatter_reduce`.)
  ///
  /// @throws IllegalArgumentException as [#scatterAdd]
  default Tensor scatterReduce(int dim, Tensor index, Tensor src, ScatterReduce reduce) {
    return Scattering.reduce(self(), dim, index, src, reduce, true);
  }

  /// Returns [#scatterReduce], but what this holds in places that the index names does not count.
  /// (PyTorch: `torch.scatter_reduce(include_self=False)`.)
  default Tensor scatterReduceWithoutSelf(int dim, Tensor index, Tensor src, ScatterReduce reduce) {
    return Scattering.reduce(self(), dim, index, src, reduce, false);
  }

  /// Returns the elements of this as one vector that `index` names, in its order, in one dimension.
  /// (PyTorch: `torch.take_along_dim` without `dim`.)
  ///
  /// @throws IllegalArgumentException if the index isn't int64 or names a place out of range
  default Tensor takeAlongDim(Tensor index) {
    return Scattering.takeAlong(self(), index);
  }

  /// Returns, for `dim` = 1, `out[i][j] = this[i][index[i][j]]`, where all dimensions but `dim`
  /// broadcast: [#gather] for the indices that `argsort` or `topk` gave, or some of them. (PyTorch:
  /// `torch.take_along_dim`.)
  ///
  /// @throws IllegalArgumentException if the index isn't int64, differs in dimensions, doesn't
  ///   broadcast or names a place out of range
  default Tensor takeAlongDim(Tensor index, int dim) {
    return Scattering.takeAlong(self(), index, dim);
  }

  /// Returns this with `value` at the places that [#scatter(int, Tensor, Tensor)] would write.
  default Tensor scatter(int dim, Tensor index, double value) {
    return scatter(dim, index, Tensor.full(self().dtype(), value, index.shape()));
  }

  /// Returns this with the slices of `source` added to those of dimension `dim` that the vector
  /// `index` names. (PyTorch: `torch.index_add`.)
  ///
  /// @throws IllegalArgumentException if the index isn't an int64 vector or names a place out of
  ///   range, or if the source hasn't a slice for each index or is of another type
  default Tensor indexAdd(int dim, Tensor index, Tensor source) {
    return Indexing.add(self(), dim, index, source);
  }

  /// Returns this with `alpha` times the slices of `source` added.
  default Tensor indexAdd(int dim, Tensor index, Tensor source, double alpha) {
    return indexAdd(dim, index, source.mul(alpha));
  }

  /// Returns this with the slices of `source` in place of those of dimension `dim` that the vector
  /// `index` names; where it names one twice, the last, and gradients are as those of
  /// [#scatter(int, Tensor, Tensor)]. (PyTorch: `torch.index_copy`.)
  ///
  /// @throws IllegalArgumentException as [#indexAdd(int, Tensor, Tensor)]
  default Tensor indexCopy(int dim, Tensor index, Tensor source) {
    return Indexing.IndexCopy.of(self(), dim, index, source);
  }

  /// Returns this with `value` in the slices of dimension `dim` that the vector `index` names.
  /// (PyTorch: `torch.index_fill`.)
  ///
  /// @throws IllegalArgumentException if the index isn't an int64 vector or names a place out of
  ///   range
  default Tensor indexFill(int dim, Tensor index, double value) {
    int[] sizes = self().shape().toArray();
    if (sizes.length > 0) {
      sizes[self().shape().axis("indexFill", dim)] = index.numel();
    }
    return indexCopy(dim, index, Tensor.full(self().dtype(), value, Shape.wrap(sizes)));
  }

  /// Returns what index tensors pick, one for each dimension from the first on: `x.index(i, j)` is
  /// PyTorch's `x[i, j]`, `x.index(mask)` its `x[mask]`. Int64 tensors broadcast, and negative
  /// indices count from the end; a bool tensor picks where it is true. See [ViewOps#at(Index...)]
  /// for mixtures with ranges.
  ///
  /// @throws IllegalArgumentException if an index is out of range, is of another type, or doesn't
  ///   fit
  default Tensor index(Tensor... indices) {
    return TensorIndex.of("index", self(), List.of(indices)).get();
  }

  /// Returns this with `values`, which broadcast, in the places that [#index(Tensor...)] picks:
  /// PyTorch's `x[i, j] = values`, in a copy. Places that are picked twice have the last value, and
  /// gradients are as those of [#scatter(int, Tensor, Tensor)]. (PyTorch: `torch.index_put`.)
  ///
  /// @throws IllegalArgumentException as [#index(Tensor...)], or if the values don't broadcast to
  ///   what it returns or are of another type
  default Tensor indexPut(Tensor values, Tensor... indices) {
    Launch.sameType("indexPut", self(), values);
    return TensorIndex.of("indexPut", self(), List.of(indices)).put("indexPut", values);
  }

  /// Returns `value` where `mask` is true and this elsewhere; both broadcast. (PyTorch:
  /// `torch.masked_fill`.)
  ///
  /// @throws IllegalArgumentException if the mask isn't bool
  default Tensor maskedFill(Tensor mask, double value) {
    Launch.mask("maskedFill", mask);
    return Tensor.where(mask, Tensor.full(self().dtype(), value, Shape.SCALAR), self());
  }

  /// Returns `value`, a tensor without dimensions, where `mask` is true and this elsewhere; both
  /// broadcast.
  ///
  /// @throws IllegalArgumentException if the mask isn't bool, the value has dimensions, or its type
  ///   isn't this one's
  default Tensor maskedFill(Tensor mask, Tensor value) {
    Launch.mask("maskedFill", mask);
    if (value.dim() != 0) {
      throw new IllegalArgumentException(
          "maskedFill: the value is %s; expected a tensor without dimensions, or use where"
              .formatted(value.shape()));
    }
    Launch.sameType("maskedFill", self(), value);
    return Tensor.where(mask, value, self());
  }

  /// Returns the elements for which `mask` is true, in one dimension; both broadcast. (PyTorch:
  /// `torch.masked_select`.)
  ///
  /// @throws IllegalArgumentException if the mask isn't bool
  default Tensor maskedSelect(Tensor mask) {
    Launch.mask("maskedSelect", mask);
    Shape shape = Shape.broadcast("maskedSelect", self().shape(), mask.shape());
    Tensor flat = Arrangement.flat(View.Expand.of(self(), shape));
    return Arrangement.pick(flat, 0, Positions.nonzeroPlaces(View.Expand.of(mask, shape)));
  }

  /// Returns this with the first elements of `source`, in order, in the places for which `mask` is
  /// true; the mask broadcasts to this. (PyTorch: `torch.masked_scatter`.)
  ///
  /// @throws IllegalArgumentException if the mask isn't bool, or the source has too few elements or
  ///   is of another type
  default Tensor maskedScatter(Tensor mask, Tensor source) {
    Launch.mask("maskedScatter", mask);
    return Indexing.maskedScatter(self(), mask, source);
  }

  /// Returns the coordinates of the elements that aren't 0, int64 `[count, dim()]`, in row-major
  /// order. (PyTorch: `torch.nonzero`.)
  default Tensor nonzero() {
    return Positions.nonzero(self());
  }

  /// Returns for each of these labels a vector of zeros with a 1 at its place, int64, in a new last
  /// dimension of `numClasses`. (PyTorch: `torch.nn.functional.one_hot`.)
  ///
  /// @throws IllegalArgumentException if this isn't int64 or a label isn't in 0 … `numClasses`−1
  default Tensor oneHot(int numClasses) {
    return Indexing.oneHot(self(), numClasses);
  }

  /// Returns [#oneHot(int)] with one class more than the largest label.
  ///
  /// @throws IllegalArgumentException if there are no labels
  default Tensor oneHot() {
    return Indexing.oneHot(self());
  }
}
