// SPDX-License-Identifier: Apache-2.0
package gradus;

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
}
