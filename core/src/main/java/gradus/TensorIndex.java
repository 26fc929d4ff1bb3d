// SPDX-License-Identifier: Apache-2.0
package gradus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Indexing of some dimensions by tensors that are taken together: `x[:, i, j]` is `x[:, i[k],
/// j[k]]` for each place k of the shape to which i and j broadcast.
///
/// @param x what is indexed
/// @param dims the dimensions that tensors stand for
/// @param picked the shape to which the tensors broadcast
/// @param places where each pick lies among `dims`, row-major
/// @param at the dimension of the result at which `picked` begins: that of the first tensor if they
///   stand side by side, else 0
@SuppressWarnings("ArrayRecordComponent") // never compared
record TensorIndex(Tensor x, int[] dims, Shape picked, long[] places, int at) {
  /// `x[indices]`: first the views, then the tensors.
  static Tensor apply(Tensor x, List<Index> indices) {
    int used = 0;
    int ellipses = 0;
    for (Index index : indices) {
      used +=
          switch (index) {
            case Index.Ellipsis() -> 0;
            case Index.NewAxis() -> 0;
            case Index.At(int _) -> 1;
            case Index.Range(var _, var _, int _) -> 1;
            case Index.Chosen(Tensor t) -> t.dtype() == DType.BOOL ? t.dim() : 1;
          };
      ellipses += index instanceof Index.Ellipsis ? 1 : 0;
    }
    if (used > x.dim() || ellipses > 1) {
      throw new IllegalArgumentException(
          ellipses > 1
              ? "at: more than one ellipsis"
              : "at: the indices take %d dimensions, but there is only %s"
                  .formatted(used, x.shape()));
    }
    Tensor y = x;
    int dim = 0;
    List<@Nullable Tensor> tensors = new ArrayList<>();
    for (Index index : indices) {
      switch (index) {
        case Index.Ellipsis() -> {
          for (int i = used; i < x.dim(); i++, dim++) {
            tensors.add(null);
          }
        }
        case Index.NewAxis() -> {
          y = y.unsqueeze(dim++);
          tensors.add(null);
        }
        case Index.At(int i) -> y = y.select(dim, i);
        case Index.Range(Integer start, Integer end, int step) -> {
          int size = y.size(dim);
          y = y.slice(dim++, start == null ? 0 : start, end == null ? size : end, step);
          tensors.add(null);
        }
        case Index.Chosen(Tensor t) -> {
          tensors.add(t);
          dim += t.dtype() == DType.BOOL ? t.dim() : 1;
        }
      }
    }
    return tensors.stream().allMatch(t -> t == null) ? y : TensorIndex.of("at", y, tensors).get();
  }

  /// @param tensors for each dimension of `x` from the first on an int64 tensor or null, which
  ///   keeps it; a bool tensor stands for as many dimensions as it has
  static TensorIndex of(String op, Tensor x, List<? extends @Nullable Tensor> tensors) {
    List<@Nullable Tensor> each = new ArrayList<>();
    for (Tensor t : tensors) {
      if (t != null && t.dtype() == DType.BOOL) {
        each.addAll(masked(op, x, each.size(), t));
      } else {
        each.add(t);
      }
    }
    if (each.size() > x.dim()) {
      throw new IllegalArgumentException(
          "%s: %d indices for %s".formatted(op, each.size(), x.shape()));
    }
    int[] dims = new int[(int) each.stream().filter(Objects::nonNull).count()];
    Shape picked = Shape.SCALAR;
    for (int d = 0, k = 0; d < each.size(); d++) {
      Tensor t = each.get(d);
      if (t != null) {
        if (t.dtype() != DType.INT64) {
          throw new IllegalArgumentException(
              "%s: index %d is %s, neither int64 nor bool; convert it with to(DType.INT64)"
                  .formatted(op, d, t.dtype()));
        }
        dims[k++] = d;
        picked = Shape.broadcast(op, picked, t.shape());
      }
    }
    boolean sideBySide = dims.length == 0 || dims[dims.length - 1] - dims[0] == dims.length - 1;
    long[] places = new long[picked.numel()];
    for (int d : dims) {
      int size = x.size(d);
      Tensor index = Objects.requireNonNull(each.get(d));
      long[] values = View.Expand.of(index, picked).toLongArray();
      for (int i = 0; i < places.length; i++) {
        if (values[i] < -size || values[i] >= size) {
          throw new IllegalArgumentException(
              "%s: index %d at position %d is out of range %d…%d of dimension %d of %s"
                  .formatted(op, values[i], i, -size, size - 1, d, x.shape()));
        }
        places[i] = places[i] * size + (values[i] < 0 ? values[i] + size : values[i]);
      }
    }
    return new TensorIndex(x, dims, picked, places, sideBySide && dims.length > 0 ? dims[0] : 0);
  }

  /// For each dimension of `mask` the indices where it is true.
  private static List<Tensor> masked(String op, Tensor x, int first, Tensor mask) {
    int n = mask.dim();
    boolean fits = n > 0 && first + n <= x.dim();
    for (int d = 0; d < n && fits; d++) {
      fits = mask.size(d) == x.size(first + d);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "%s: the mask %s doesn't fit dimensions %d… of %s"
              .formatted(op, mask.shape(), first, x.shape()));
    }
    return Positions.nonzero(mask).unbind(1);
  }

  /// The indexed dimensions in front, in one.
  private Tensor rows(Tensor t) {
    int n = dims.length;
    int[] front = new int[n];
    Arrays.setAll(front, d -> d);
    Tensor moved = t.movedim(dims, front);
    int[] sizes = new int[moved.dim() - n + 1];
    sizes[0] = 1;
    for (int d = 0; d < moved.dim(); d++) {
      if (d < n) {
        sizes[0] *= moved.size(d);
      } else {
        sizes[d - n + 1] = moved.size(d);
      }
    }
    return View.Reshape.of(moved, Shape.wrap(sizes));
  }

  private int[] pickedDims(int from) {
    int[] result = new int[picked.dim()];
    Arrays.setAll(result, d -> from + d);
    return result;
  }

  /// `x[…]`
  Tensor get() {
    Tensor rows = Arrangement.pick(rows(x), 0, places);
    int[] sizes = Arrays.copyOf(picked.sizes, picked.dim() + rows.dim() - 1);
    System.arraycopy(rows.shape().sizes, 1, sizes, picked.dim(), rows.dim() - 1);
    return View.Reshape.of(rows, Shape.wrap(sizes)).movedim(pickedDims(0), pickedDims(at));
  }

  /// A copy of `x` with `x[…] = values`, which broadcast.
  Tensor put(String op, Tensor values) {
    Tensor rows = rows(x);
    int rest = rows.dim() - 1;
    int[] sizes = new int[picked.dim() + rest];
    for (int d = 0; d < sizes.length; d++) {
      int k = d < at ? d : d - picked.dim();
      sizes[d] = d >= at && k < at ? picked.sizes[d - at] : rows.size(k + 1);
    }
    Shape target = Shape.wrap(sizes);
    if (!Shape.broadcast(op, values.shape(), target).equals(target)) {
      throw new IllegalArgumentException(
          "%s: the values %s don't broadcast to %s".formatted(op, values.shape(), target));
    }
    Tensor front = View.Expand.of(values, target).movedim(pickedDims(at), pickedDims(0));
    int[] flat = rows.shape().toArray();
    flat[0] = places.length;
    Tensor index = Tensor.of(places, places.length);
    Tensor y = Indexing.IndexCopy.of(rows, 0, index, View.Reshape.of(front, Shape.wrap(flat)));
    int[] front2 = new int[dims.length];
    Arrays.setAll(front2, d -> d);
    return View.Reshape.of(y, x.movedim(dims, front2).shape()).movedim(front2, dims);
  }
}
