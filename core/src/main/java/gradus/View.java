// SPDX-License-Identifier: Apache-2.0
package gradus;

import java.util.Arrays;

/// The same storage under another layout; the derivative of a view is a view or a scattered copy of
/// the cotangent.
sealed interface View extends Node {
  /// The very same tensor, as a place of its own in the graph.
  record Alias(Edge x) implements View {
    static Tensor of(Tensor x) {
      return new Tensor(x.storage, x.layout).by(x, () -> new Alias(x.edge()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, grad);
    }
  }

  /// The elements in the same row-major order under another shape: a view where the layout allows
  /// it, else a copy.
  record Reshape(Edge x) implements View {
    static Tensor of(Tensor x, Shape shape) {
      if (shape.equals(x.shape())) {
        return x;
      }
      Layout layout = x.layout.reshape(shape);
      Tensor y =
          layout != null
              ? new Tensor(x.storage, layout)
              : new Tensor(Launch.ownCopy(x), shape.contiguous());
      return y.by(x, () -> new Reshape(x.edge()));
    }

    /// Sizes as a user gives them: one may be −1, what is left.
    static Tensor of(Tensor x, int... sizes) {
      int[] known = sizes.clone();
      int unknown = -1;
      long product = 1;
      for (int d = 0; d < sizes.length; d++) {
        if (sizes[d] == -1 && unknown < 0) {
          unknown = d;
        } else if (sizes[d] < 0) {
          throw new IllegalArgumentException(
              "reshape: %s to %s: one size may be -1, the others must not be negative"
                  .formatted(x.shape(), Arrays.toString(sizes)));
        } else {
          product *= sizes[d];
        }
      }
      if (unknown >= 0 && product > 0) {
        known[unknown] = (int) (x.numel() / product);
        product *= known[unknown];
      }
      if (product != x.numel() || (unknown >= 0 && known[unknown] < 0)) {
        throw new IllegalArgumentException(
            "reshape: %s has %d elements and cannot become %s"
                .formatted(x.shape(), x.numel(), Arrays.toString(sizes)));
      }
      return of(x, Shape.wrap(known));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> of(grad, x.shape));
    }
  }

  /// The dimensions in another order.
  @SuppressWarnings("ArrayRecordComponent") // nodes are never compared
  record Permute(Edge x, int[] dims) implements View {
    static Tensor of(Tensor x, int[] dims) {
      return new Tensor(x.storage, x.layout.permute(dims)).by(x, () -> new Permute(x.edge(), dims));
    }

    /// Dimensions as a user gives them.
    static Tensor checked(Tensor x, int... dims) {
      int[] axes = new int[dims.length];
      boolean[] seen = new boolean[x.dim()];
      boolean each = dims.length == x.dim();
      for (int d = 0; d < dims.length && each; d++) {
        axes[d] = x.shape().axis("permute", dims[d]);
        each = !seen[axes[d]];
        seen[axes[d]] = true;
      }
      if (!each) {
        throw new IllegalArgumentException(
            "permute: %s by %s: each dimension must be named once"
                .formatted(x.shape(), Arrays.toString(dims)));
      }
      return of(x, axes);
    }

    static Tensor swap(Tensor x, int a, int b) {
      int p = x.shape().axis("transpose", a);
      int q = x.shape().axis("transpose", b);
      if (p == q) {
        return x;
      }
      int[] dims = new int[x.dim()];
      Arrays.setAll(dims, d -> d == p ? q : d == q ? p : d);
      return of(x, dims);
    }

    static Tensor movedim(Tensor x, int[] source, int[] destination) {
      if (source.length != destination.length) {
        throw new IllegalArgumentException(
            "movedim: %d sources for %d destinations".formatted(source.length, destination.length));
      }
      int n = x.dim();
      int[] dims = new int[n];
      Arrays.fill(dims, -1);
      boolean[] moved = new boolean[n];
      for (int i = 0; i < source.length && n > 0; i++) {
        int from = x.shape().axis("movedim", source[i]);
        int to = x.shape().axis("movedim", destination[i]);
        if (moved[from] || dims[to] >= 0) {
          throw new IllegalArgumentException(
              "movedim: %s: %s to %s: a dimension is named twice"
                  .formatted(x.shape(), Arrays.toString(source), Arrays.toString(destination)));
        }
        moved[from] = true;
        dims[to] = from;
      }
      for (int d = 0, next = 0; d < n; d++) {
        if (dims[d] < 0) {
          while (moved[next]) {
            next++;
          }
          dims[d] = next++;
        }
      }
      return of(x, dims);
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(
          x,
          () -> {
            int[] inverse = new int[dims.length];
            for (int d = 0; d < dims.length; d++) {
              inverse[dims[d]] = d;
            }
            return of(grad, inverse);
          });
    }
  }

  /// Repeats dimensions of size 1 and adds dimensions in front, without a copy. [Cotangents] sums
  /// over them.
  record Expand(Edge x) implements View {
    static Tensor of(Tensor x, Shape shape) {
      return shape.equals(x.shape())
          ? x
          : new Tensor(x.storage, x.layout.expand(shape)).by(x, () -> new Expand(x.edge()));
    }

    /// Sizes as a user gives them: −1 keeps a size.
    static Tensor of(Tensor x, int... sizes) {
      int extra = sizes.length - x.dim();
      if (extra < 0) {
        throw new IllegalArgumentException(
            "expand: %s cannot become %s, which has fewer dimensions"
                .formatted(x.shape(), Arrays.toString(sizes)));
      }
      int[] to = sizes.clone();
      for (int d = 0; d < sizes.length; d++) {
        int from = d < extra ? 1 : x.shape().sizes[d - extra];
        if (to[d] == -1 && d >= extra) {
          to[d] = from;
        }
        if (to[d] < 0 || (from != to[d] && from != 1)) {
          throw new IllegalArgumentException(
              "expand: %s cannot become %s: only sizes of 1 repeat, and new dimensions come in front"
                  .formatted(x.shape(), Arrays.toString(sizes)));
        }
      }
      return of(x, Shape.wrap(to));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, grad);
    }
  }

  /// Every `step`-th index of one dimension from `start` on.
  record Narrow(Edge x, int axis, int start, int step) implements View {
    static Tensor of(Tensor x, int axis, int start, int length, int step) {
      return new Tensor(x.storage, x.layout.narrow(axis, start, length, step))
          .by(x, () -> new Narrow(x.edge(), axis, start, step));
    }

    /// Bounds as a user gives them to `narrow`.
    static Tensor checked(Tensor x, int dim, int start, int length) {
      int axis = x.shape().axis("narrow", dim);
      int size = x.size(axis);
      int from = start < 0 ? start + size : start;
      if (from < 0 || length < 0 || length > size - from) {
        throw new IllegalArgumentException(
            "narrow: %s: %d elements from %d on don't lie within dimension %d of size %d"
                .formatted(x.shape(), length, start, dim, size));
      }
      return of(x, axis, from, length, 1);
    }

    /// Bounds as a user gives them to `slice`: clipped to the dimension, as in Python.
    static Tensor slice(Tensor x, int dim, int start, int end, int step) {
      int axis = x.shape().axis("slice", dim);
      if (step <= 0) {
        throw new IllegalArgumentException("slice: step %d is not positive".formatted(step));
      }
      int size = x.size(axis);
      int from = Math.clamp(start < 0 ? (long) start + size : start, 0, size);
      int until = Math.clamp(end < 0 ? (long) end + size : end, from, size);
      return of(x, axis, from, Math.ceilDiv(until - from, step), step);
    }

    static Tensor select(Tensor x, int dim, int index) {
      if (x.dim() == 0) {
        throw new IllegalArgumentException("select: a scalar has no dimension to select from");
      }
      int axis = x.shape().axis("select", dim);
      int size = x.size(axis);
      int i = index < 0 ? index + size : index;
      if (i < 0 || i >= size) {
        throw new IllegalArgumentException(
            "select: %s: index %d is out of range for dimension %d of size %d"
                .formatted(x.shape(), index, dim, size));
      }
      return squeeze(of(x, axis, i, 1, 1), axis);
    }

    /// Drops a dimension of size 1.
    static Tensor squeeze(Tensor x, int axis) {
      int[] sizes = new int[x.dim() - 1];
      for (int d = 0; d < sizes.length; d++) {
        sizes[d] = x.shape().sizes[d < axis ? d : d + 1];
      }
      return Reshape.of(x, Shape.wrap(sizes));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.addPart(x, grad, axis, start, step);
    }
  }
}
