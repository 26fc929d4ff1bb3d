// SPDX-License-Identifier: Apache-2.0
package gradus;

import java.util.List;

/// The ops of a [Tensor] that show the same values under another shape; but for [#reshape] of
/// scattered elements, no copies.
public sealed interface ViewOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// Returns the elements in row-major order under another shape, of which one size may be −1, what
  /// is left. A view where the layout allows it, else a copy. (PyTorch: `torch.reshape`.)
  ///
  /// @throws IllegalArgumentException if the number of elements differs
  default Tensor reshape(int... sizes) {
    return View.Reshape.of(self(), sizes);
  }

  /// Returns the elements under `shape`, as [#reshape(int...)].
  default Tensor reshape(Shape shape) {
    return View.Reshape.of(self(), shape.sizes);
  }

  /// Returns all elements in one dimension. (PyTorch: `torch.flatten`.)
  default Tensor flatten() {
    return reshape(-1 + (self().numel() == 0 ? 1 : 0));
  }

  /// Returns the elements with dimensions `startDim` … last in one.
  default Tensor flatten(int startDim) {
    return flatten(startDim, -1);
  }

  /// Returns the elements with dimensions `startDim` … `endDim` in one.
  ///
  /// @throws IllegalArgumentException if a dimension is out of range or the start is after the end
  default Tensor flatten(int startDim, int endDim) {
    Tensor x = self();
    if (x.dim() == 0) {
      return reshape(1);
    }
    int start = x.shape().axis("flatten", startDim);
    int end = x.shape().axis("flatten", endDim);
    if (start > end) {
      throw new IllegalArgumentException(
          "flatten: %s: start dimension %d is after end dimension %d"
              .formatted(x.shape(), startDim, endDim));
    }
    int[] sizes = new int[x.dim() - (end - start)];
    int merged = 1;
    for (int d = 0, k = 0; d < x.dim(); d++) {
      if (d >= start && d <= end) {
        merged *= x.size(d);
      }
      if (d < start || d >= end) {
        sizes[k++] = d == end ? merged : x.size(d);
      }
    }
    return View.Reshape.of(x, Shape.wrap(sizes));
  }

  /// Returns a view with dimensions `a` and `b` swapped. (PyTorch: `torch.transpose`.)
  default Tensor transpose(int a, int b) {
    return View.Permute.swap(self(), a, b);
  }

  /// Returns the transpose of a matrix; a vector or scalar as it is. (PyTorch: `Tensor.t`.)
  ///
  /// @throws IllegalArgumentException if there are more than two dimensions
  default Tensor t() {
    Tensor x = self();
    if (x.dim() > 2) {
      throw new IllegalArgumentException(
          "t: %s is not a matrix; use transpose(a, b)".formatted(x.shape()));
    }
    return x.dim() < 2 ? x : transpose(0, 1);
  }

  /// Returns a view with the dimensions in this order. (PyTorch: `torch.permute`.)
  ///
  /// @throws IllegalArgumentException unless each dimension is named once
  default Tensor permute(int... dims) {
    return View.Permute.checked(self(), dims);
  }

  /// Returns a view in which sizes of 1 repeat and new dimensions stand in front; −1 keeps a size.
  /// (PyTorch: `Tensor.expand`.)
  default Tensor expand(int... sizes) {
    return View.Expand.of(self(), sizes);
  }

  /// Returns a view of `length` indices of dimension `dim` from `start` on. (PyTorch:
  /// `torch.narrow`.)
  ///
  /// @throws IllegalArgumentException if they don't lie within the dimension
  default Tensor narrow(int dim, int start, int length) {
    return View.Narrow.checked(self(), dim, start, length);
  }

  /// Returns a view of indices `start` … `end`−1 of dimension `dim`, clipped to it; negative ones
  /// count from the end. (PyTorch: `x[:, start:end]`.)
  default Tensor slice(int dim, int start, int end) {
    return slice(dim, start, end, 1);
  }

  /// As [#slice(int, int, int)], every `step`-th index.
  default Tensor slice(int dim, int start, int end, int step) {
    return View.Narrow.slice(self(), dim, start, end, step);
  }

  /// Returns a view of one index of dimension `dim`, which vanishes. (PyTorch: `torch.select`.)
  ///
  /// @throws IllegalArgumentException if the index is out of range
  default Tensor select(int dim, int index) {
    return View.Narrow.select(self(), dim, index);
  }

  /// Returns a view of these indices of the leading dimensions, which vanish: `x.get(1, 2)` is
  /// PyTorch's `x[1, 2]`.
  ///
  /// @throws IllegalArgumentException if there are more indices than dimensions or one is out of
  ///   range
  default Tensor get(int... index) {
    Tensor x = self();
    if (index.length > x.dim()) {
      throw new IllegalArgumentException(
          "get: %d indices for %s".formatted(index.length, x.shape()));
    }
    for (int i : index) {
      x = x.select(0, i);
    }
    return x;
  }

  /// Returns a view without dimension `dim` if its size is 1, else this. (PyTorch:
  /// `torch.squeeze`.)
  default Tensor squeeze(int dim) {
    Tensor x = self();
    int axis = x.shape().axis("squeeze", dim);
    return x.dim() == 0 || x.size(axis) != 1 ? x : View.Narrow.squeeze(x, axis);
  }

  /// Returns a view without any dimension of size 1.
  default Tensor squeeze() {
    Tensor x = self();
    return View.Reshape.of(
        x, Shape.of(java.util.Arrays.stream(x.shape().sizes).filter(s -> s != 1).toArray()));
  }

  /// Returns a view with a new dimension of size 1 at `dim`, −dim()−1 … dim(). (PyTorch:
  /// `torch.unsqueeze`.)
  default Tensor unsqueeze(int dim) {
    Tensor x = self();
    int n = x.dim() + 1;
    int axis = dim < 0 ? dim + n : dim;
    if (axis < 0 || axis >= n) {
      throw new IllegalArgumentException(
          "unsqueeze: %s: dimension %d is out of range; expected %d…%d"
              .formatted(x.shape(), dim, -n, n - 1));
    }
    int[] sizes = new int[n];
    for (int d = 0; d < n; d++) {
      sizes[d] = d == axis ? 1 : x.size(d < axis ? d : d - 1);
    }
    return View.Reshape.of(x, Shape.wrap(sizes));
  }

  /// Returns a view with dimension `source` moved to `destination`, the others in their order.
  /// (PyTorch: `torch.movedim`.)
  default Tensor movedim(int source, int destination) {
    return movedim(new int[] {source}, new int[] {destination});
  }

  /// Returns a view with dimension `source[i]` moved to `destination[i]`, the others in their
  /// order.
  ///
  /// @throws IllegalArgumentException if there are more sources than destinations or fewer, or one
  ///   is out of range or named twice
  default Tensor movedim(int[] source, int[] destination) {
    return View.Permute.movedim(self(), source, destination);
  }

  /// Returns a view with the elements of dimension `dim` under several sizes, of which one may be
  /// −1. (PyTorch: `torch.unflatten`.)
  ///
  /// @throws IllegalArgumentException if the sizes don't multiply to the dimension's
  default Tensor unflatten(int dim, int... sizes) {
    Tensor x = self();
    int axis = x.shape().axis("unflatten", dim);
    int[] known = Pieces.sizes(x, axis, sizes);
    int[] all = java.util.Arrays.copyOf(x.shape().sizes, x.dim() - 1 + known.length);
    System.arraycopy(known, 0, all, axis, known.length);
    System.arraycopy(x.shape().sizes, axis + 1, all, axis + known.length, x.dim() - axis - 1);
    return View.Reshape.of(x, Shape.wrap(all));
  }

  /// Returns views of `size` indices of dimension `dim` each, of which the last may have fewer.
  /// (PyTorch: `torch.split`.)
  ///
  /// @throws IllegalArgumentException if `size` isn't positive
  default List<Tensor> split(int size, int dim) {
    return Pieces.split(self(), size, dim);
  }

  /// Returns views of `sizes[0]`, `sizes[1]`, … indices of dimension `dim`.
  ///
  /// @throws IllegalArgumentException if the sizes don't add up to the dimension's
  default List<Tensor> split(int[] sizes, int dim) {
    return Pieces.split(self(), sizes, dim);
  }

  /// Returns at most `chunks` views of dimension `dim`, all of one size but for the last, which may
  /// have fewer indices. (PyTorch: `torch.chunk`.)
  ///
  /// @throws IllegalArgumentException if `chunks` isn't positive
  default List<Tensor> chunk(int chunks, int dim) {
    return Pieces.chunk(self(), chunks, dim);
  }

  /// Returns a view of each index of dimension `dim`, which vanishes. (PyTorch: `torch.unbind`.)
  default List<Tensor> unbind(int dim) {
    return Pieces.unbind(self(), dim);
  }

  /// Returns the main diagonal of the first two dimensions, which vanish, as a last dimension.
  /// (PyTorch: `torch.diagonal`.)
  default Tensor diagonal() {
    return diagonal(0, 0, 1);
  }

  /// Returns diagonal `offset` of dimensions `dim1` and `dim2`, which vanish, as a last dimension;
  /// a positive one lies above the main diagonal. A view where the layout allows it, else a copy.
  ///
  /// @throws IllegalArgumentException if the dimensions are the same
  default Tensor diagonal(int offset, int dim1, int dim2) {
    return Arrangement.diagonal(self(), offset, dim1, dim2);
  }

  /// Returns what these indices, one for each dimension from the first on, pick: PyTorch's `x[2:8,
  /// 3, ..., None]` is `x.at(range(2, 8), at(3), ELLIPSIS, NEW_AXIS)`. A view, unless an index is a
  /// tensor.
  ///
  /// @throws IllegalArgumentException if there are more indices than dimensions or one is out of
  ///   range
  /// @see Index
  default Tensor at(Index... indices) {
    return TensorIndex.apply(self(), List.of(indices));
  }
}
