// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.Blocks;
import java.util.List;

/// Ops that pick, place, join and scatter elements.
sealed interface Indexing extends Node {
  /// `out[…][i][…] = x[…][index[…][i][…]][…]`.
  record Gather(Edge x, int axis, Tensor index) implements Indexing {
    static Tensor of(Tensor x, int dim, Tensor index) {
      int axis = x.shape().axis("gather", dim);
      int[] positions = Positions.of("gather", x.shape(), axis, index);
      Tensor source = x.isContiguous() ? x : Launch.copy(x);
      Tensor y = Tensor.empty(x.dtype(), index.shape());
      Blocks.gather(source.storage.array, source.layout.offset, positions, y.storage.array);
      return y.by(x, () -> new Gather(x.edge(), axis, index));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> ScatterAdd.of(Tensor.empty(grad.dtype(), x.shape), axis, index, grad));
    }
  }

  /// `x`, to which `out[…][index[…][i][…]][…] += src[…][i][…]`, in index order.
  record ScatterAdd(Edge x, Edge src, int axis, Tensor index) implements Indexing {
    static Tensor of(Tensor x, int dim, Tensor index, Tensor src) {
      int axis = x.shape().axis("scatterAdd", dim);
      Launch.sameType("scatterAdd", x, src);
      if (x.dtype() == DType.BOOL || x.dtype() == DType.UINT8) {
        throw new IllegalArgumentException(
            "scatterAdd: %s is not supported; convert with to(DType.INT64)".formatted(x.dtype()));
      }
      if (src.dim() != index.dim()) {
        throw new IllegalArgumentException(
            "scatterAdd: the index %s and the source %s differ in dimensions"
                .formatted(index.shape(), src.shape()));
      }
      Tensor used = src;
      for (int d = 0; d < index.dim(); d++) {
        if (index.size(d) > src.size(d)) {
          throw new IllegalArgumentException(
              "scatterAdd: the index %s is larger than the source %s"
                  .formatted(index.shape(), src.shape()));
        }
        used = used.narrow(d, 0, index.size(d));
      }
      int[] positions = Positions.of("scatterAdd", x.shape(), axis, index);
      Tensor values = used.isContiguous() ? used : Launch.copy(used);
      Tensor y = Launch.copy(x);
      Blocks.scatterAdd(values.storage.array, values.layout.offset, positions, y.storage.array);
      Tensor taken = used;
      return y.by(x, taken, () -> new ScatterAdd(x.edge(), taken.edge(), axis, index));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, grad);
      to.add(src, () -> Gather.of(grad, axis, index));
    }
  }

  /// The slices of one dimension that a vector of indices names.
  record IndexSelect(Edge x, int axis, Tensor index) implements Indexing {
    static Tensor of(Tensor x, int dim, Tensor index) {
      int axis = x.shape().axis("indexSelect", dim);
      int[] rows = Positions.rows("indexSelect", x.shape(), axis, index);
      int[] sizes = x.shape().toArray();
      if (sizes.length > 0) {
        sizes[axis] = rows.length;
      }
      Tensor source = x.isContiguous() ? x : Launch.copy(x);
      Tensor y = Tensor.empty(x.dtype(), Shape.wrap(sizes));
      Blocks b = Blocks.of(x.shape().sizes, axis);
      b.select(source.storage.array, source.layout.offset, rows, y.storage.array);
      return y.by(x, () -> new IndexSelect(x.edge(), axis, index));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> IndexAdd.of(grad, x.shape, axis, index));
    }
  }

  /// Zeros, to which the slices of `src` are added where a vector of indices says: the derivative
  /// of [IndexSelect].
  record IndexAdd(Edge src, int axis, Tensor index) implements Indexing {
    static Tensor of(Tensor src, Shape shape, int axis, Tensor index) {
      int[] rows = Positions.rows("indexAdd", shape, axis, index);
      Tensor values = src.isContiguous() ? src : Launch.copy(src);
      Tensor y = Tensor.empty(src.dtype(), shape);
      Blocks.of(shape.sizes, axis)
          .add(values.storage.array, values.layout.offset, rows, y.storage.array);
      return y.by(src, () -> new IndexAdd(src.edge(), axis, index));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(src, () -> IndexSelect.of(grad, axis, index));
    }
  }

  /// Zeros, with the input at every `step`-th index of one dimension from `start` on: the
  /// derivative of [View.Narrow].
  record Place(Edge x, int axis, int start, int step, int length) implements Indexing {
    static Tensor of(Tensor x, Shape shape, int axis, int start, int step) {
      int length = x.size(axis);
      Tensor source = x.isContiguous() ? x : Launch.copy(x);
      Tensor y = Tensor.empty(x.dtype(), shape);
      Blocks.of(shape.sizes, axis)
          .place(source.storage.array, source.layout.offset, length, y.storage.array, start, step);
      return y.by(x, () -> new Place(x.edge(), axis, start, step, length));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> View.Narrow.of(grad, axis, start, length, step));
    }
  }

  /// Tensors joined along one dimension.
  record Cat(List<Edge> parts, int axis, List<Integer> lengths) implements Indexing {
    static Tensor of(List<Tensor> tensors, int dim) {
      if (tensors.isEmpty()) {
        throw new IllegalArgumentException("cat: the list of tensors is empty");
      }
      Shape first = tensors.getFirst().shape();
      int axis = first.axis("cat", dim);
      DType dtype = tensors.getFirst().dtype();
      int total = 0;
      for (int i = 0; i < tensors.size(); i++) {
        Shape shape = tensors.get(i).shape();
        boolean fits = shape.dim() == first.dim() && shape.dim() > 0;
        for (int d = 0; d < shape.dim() && fits; d++) {
          fits = d == axis || shape.sizes[d] == first.sizes[d];
        }
        if (!fits) {
          throw new IllegalArgumentException(
              "cat: tensor %d is %s, tensor 0 %s: they may differ in dimension %d only, and scalars don't join (use stack)"
                  .formatted(i, shape, first, dim));
        }
        total = Math.addExact(total, shape.sizes[axis]);
        dtype = DType.promote(dtype, tensors.get(i).dtype());
      }
      int[] sizes = first.toArray();
      sizes[axis] = total;
      Tensor y = Tensor.empty(dtype, Shape.wrap(sizes));
      Blocks b = Blocks.of(sizes, axis);
      int start = 0;
      for (Tensor t : tensors) {
        Tensor part = Launch.cast(t, dtype);
        part = part.isContiguous() ? part : Launch.copy(part);
        b.place(part.storage.array, part.layout.offset, t.size(axis), y.storage.array, start, 1);
        start += t.size(axis);
      }
      return y.by(
          tensors,
          () ->
              new Cat(
                  tensors.stream().map(Tensor::edge).toList(),
                  axis,
                  tensors.stream().map(t -> t.size(axis)).toList()));
    }

    static Tensor stack(List<Tensor> tensors, int dim) {
      for (Tensor t : tensors) {
        if (!t.shape().equals(tensors.getFirst().shape())) {
          throw new IllegalArgumentException(
              "stack: %s and %s differ".formatted(tensors.getFirst().shape(), t.shape()));
        }
      }
      return of(tensors.stream().map(t -> t.unsqueeze(dim)).toList(), dim);
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      int start = 0;
      for (int i = 0; i < parts.size(); i++) {
        int from = start;
        int length = lengths.get(i);
        to.add(parts.get(i), () -> View.Narrow.of(grad, axis, from, length, 1));
        start += length;
      }
    }
  }
}
