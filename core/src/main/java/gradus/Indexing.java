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
      Tensor source = Launch.contiguous(x);
      Tensor y = Tensor.empty(x.dtype(), index.shape());
      Blocks.gather(source.storage.array(), source.layout.offset, positions, y.storage.array());
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
      Tensor used = source("scatterAdd", index, src);
      int[] positions = Positions.of("scatterAdd", x.shape(), axis, index);
      Tensor values = Launch.contiguous(used);
      Tensor y = Launch.copy(x);
      Blocks.scatterAdd(values.storage.array(), values.layout.offset, positions, y.storage.array());
      return y.by(x, used, () -> new ScatterAdd(x.edge(), used.edge(), axis, index));
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
      Tensor source = Launch.contiguous(x);
      Tensor y = Tensor.empty(x.dtype(), Shape.wrap(sizes));
      Blocks b = Blocks.of(x.shape().sizes, axis);
      b.select(source.storage.array(), source.layout.offset, rows, y.storage.array());
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
      Tensor values = Launch.contiguous(src);
      Tensor y = Tensor.empty(src.dtype(), shape);
      Blocks.of(shape.sizes, axis)
          .add(values.storage.array(), values.layout.offset, rows, y.storage.array());
      return y.by(src, () -> new IndexAdd(src.edge(), axis, index));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(src, () -> IndexSelect.of(grad, axis, index));
    }
  }

  /// `x` with other slices where a vector of indices says; where it names one twice, the last.
  record IndexCopy(Edge x, Edge src, int axis, Tensor index) implements Indexing {
    static Tensor of(Tensor x, int dim, Tensor index, Tensor src) {
      int axis = x.shape().axis("indexCopy", dim);
      slices("indexCopy", x, axis, index, src);
      int[] rows = Positions.rows("indexCopy", x.shape(), axis, index);
      Tensor values = Launch.contiguous(src);
      Tensor y = Launch.copy(x);
      Blocks.of(x.shape().sizes, axis)
          .put(values.storage.array(), values.layout.offset, rows, y.storage.array());
      return y.by(x, src, () -> new IndexCopy(x.edge(), src.edge(), axis, index));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(
          x,
          () -> {
            int[] sizes = grad.shape().toArray();
            if (sizes.length > 0) {
              sizes[axis] = index.numel();
            }
            return of(grad, axis, index, Tensor.empty(grad.dtype(), Shape.wrap(sizes)));
          });
      to.add(src, () -> IndexSelect.of(grad, axis, index));
    }
  }

  /// `x` with `out[…][index[…][i][…]][…] = src[…][i][…]`; where the index names a place twice, the
  /// last.
  record Scatter(Edge x, Edge src, int axis, Tensor index) implements Indexing {
    static Tensor of(Tensor x, int dim, Tensor index, Tensor src) {
      int axis = x.shape().axis("scatter", dim);
      Launch.sameType("scatter", x, src);
      Tensor used = source("scatter", index, src);
      int[] positions = Positions.of("scatter", x.shape(), axis, index);
      Tensor values = Launch.contiguous(used);
      Tensor y = Launch.copy(x);
      Blocks.scatter(values.storage.array(), values.layout.offset, positions, y.storage.array());
      return y.by(x, used, () -> new Scatter(x.edge(), used.edge(), axis, index));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> of(grad, axis, index, Tensor.empty(grad.dtype(), index.shape())));
      to.add(src, () -> Gather.of(grad, axis, index));
    }
  }

  /// `x` with slices added.
  static Tensor add(Tensor x, int dim, Tensor index, Tensor source) {
    int axis = x.shape().axis("indexAdd", dim);
    slices("indexAdd", x, axis, index, source);
    if (x.dtype() == DType.BOOL || x.dtype() == DType.UINT8) {
      throw new IllegalArgumentException(
          "indexAdd: %s is not supported; convert with to(DType.INT64)".formatted(x.dtype()));
    }
    return x.add(IndexAdd.of(source, x.shape(), axis, index));
  }

  /// `x` with the first elements of `source` where `mask` is true.
  static Tensor maskedScatter(Tensor x, Tensor mask, Tensor source) {
    Launch.sameType("maskedScatter", x, source);
    if (!Shape.broadcast("maskedScatter", x.shape(), mask.shape()).equals(x.shape())) {
      throw new IllegalArgumentException(
          "maskedScatter: the mask %s doesn't broadcast to %s".formatted(mask.shape(), x.shape()));
    }
    long[] places = Positions.nonzeroPlaces(View.Expand.of(mask, x.shape()));
    if (source.numel() < places.length) {
      throw new IllegalArgumentException(
          "maskedScatter: the source %s has %d elements for %d places"
              .formatted(source.shape(), source.numel(), places.length));
    }
    Tensor values = Arrangement.flat(source).narrow(0, 0, places.length);
    Tensor y = IndexCopy.of(Arrangement.flat(x), 0, Tensor.of(places, places.length), values);
    return View.Reshape.of(y, x.shape());
  }

  static Tensor oneHot(Tensor labels) {
    labels("oneHot", labels);
    if (labels.numel() == 0) {
      throw new IllegalArgumentException(
          "oneHot: of no labels the number of classes is unknown; use oneHot(numClasses)");
    }
    return oneHot(labels, Math.toIntExact(Math.max((long) labels.max().item(), 0) + 1));
  }

  static Tensor oneHot(Tensor labels, int classes) {
    labels("oneHot", labels);
    long[] values = labels.toLongArray();
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 0 || values[i] >= classes) {
        throw new IllegalArgumentException(
            "oneHot: label %d at position %d is not in 0…%d".formatted(values[i], i, classes - 1));
      }
    }
    return labels.unsqueeze(-1).eq(Tensor.arange(classes)).to(DType.INT64);
  }

  private static void labels(String op, Tensor labels) {
    if (labels.dtype() != DType.INT64) {
      throw new IllegalArgumentException(
          "%s: the labels are %s, not int64; convert them with to(DType.INT64)"
              .formatted(op, labels.dtype()));
    }
  }

  /// The part of a source that the index reads.
  static Tensor source(String op, Tensor index, Tensor src) {
    if (src.dim() != index.dim()) {
      throw new IllegalArgumentException(
          "%s: the index %s and the source %s differ in dimensions"
              .formatted(op, index.shape(), src.shape()));
    }
    Tensor used = src;
    for (int d = 0; d < index.dim(); d++) {
      if (index.size(d) > src.size(d)) {
        throw new IllegalArgumentException(
            "%s: the index %s is larger than the source %s"
                .formatted(op, index.shape(), src.shape()));
      }
      used = used.narrow(d, 0, index.size(d));
    }
    return used;
  }

  /// Refuses a source that doesn't have a slice for each index.
  static void slices(String op, Tensor x, int axis, Tensor index, Tensor src) {
    Launch.sameType(op, x, src);
    int[] sizes = x.shape().toArray();
    if (sizes.length > 0) {
      sizes[axis] = index.numel();
    }
    boolean one = sizes.length == 0 && src.shape().equals(Shape.of(1));
    if (!one && !Shape.wrap(sizes).equals(src.shape())) {
      throw new IllegalArgumentException(
          "%s: the source is %s; expected %s for an index of %d in dimension %d of %s"
              .formatted(op, src.shape(), Shape.wrap(sizes), index.numel(), axis, x.shape()));
    }
  }

  /// The largest or smallest of `x` and the elements of `src` that come to its place. Those that
  /// equal it share the cotangent evenly.
  record ScatterExtreme(
      Edge x, Edge src, Saved forX, Saved forSrc, Tensor y, int axis, Tensor index)
      implements Indexing {
    static Tensor of(
        Tensor x, Tensor src, int axis, Tensor index, int[] positions, boolean largest) {
      Tensor values = Launch.contiguous(src);
      Tensor y = Launch.copy(x);
      Blocks.scatterExtreme(
          values.storage.array(), values.layout.offset, positions, largest, y.storage.array());
      return y.by(
          x,
          src,
          () -> new ScatterExtreme(x.edge(), src.edge(), x.saved(), src.saved(), y, axis, index));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      Tensor extreme = y.detach();
      DType dtype = grad.dtype();
      Tensor own = forX.get().detach().eq(extreme).to(dtype);
      Tensor came = forSrc.get().detach().eq(Gather.of(extreme, axis, index)).to(dtype);
      Tensor share = grad.div(ScatterAdd.of(own, axis, index, came));
      to.add(x, () -> share.mul(own));
      to.add(src, () -> Gather.of(share, axis, index).mul(came));
    }
  }

  /// Zeros, with the input at every `step`-th index of one dimension from `start` on: the
  /// derivative of [View.Narrow].
  record Place(Edge x, int axis, int start, int step, int length) implements Indexing {
    static Tensor of(Tensor x, Shape shape, int axis, int start, int step) {
      int length = x.size(axis);
      Tensor source = Launch.contiguous(x);
      Tensor y = Tensor.empty(x.dtype(), shape);
      Blocks.of(shape.sizes, axis)
          .place(
              source.storage.array(), source.layout.offset, length, y.storage.array(), start, step);
      return y.by(x, () -> new Place(x.edge(), axis, start, step, length));
    }

    /// Adds to `sum`, which is contiguous and nobody else reads, what the same arguments would
    /// place among zeros.
    static void addTo(Tensor sum, Tensor x, int axis, int start, int step) {
      Tensor source = Launch.contiguous(x);
      Blocks.of(sum.shape().sizes, axis)
          .add(
              source.storage.array(),
              source.layout.offset,
              x.size(axis),
              sum.storage.array(),
              start,
              step);
      sum.storage.version++;
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> View.Narrow.of(grad, axis, start, length, step));
    }
  }

  /// Tensors joined along one dimension.
  record Cat(List<Edge> parts, int axis, List<Integer> lengths) implements Indexing {
    private static final Shape NOTHING = Shape.of(0);

    /// Vectors of nothing join with anything, as in PyTorch.
    static Tensor of(List<Tensor> all, int dim) {
      if (all.isEmpty()) {
        throw new IllegalArgumentException("cat: the list of tensors is empty");
      }
      List<Tensor> some = all.stream().filter(t -> !t.shape().equals(NOTHING)).toList();
      List<Tensor> tensors = some.isEmpty() ? all : some;
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
        part = Launch.contiguous(part);
        b.place(
            part.storage.array(), part.layout.offset, t.size(axis), y.storage.array(), start, 1);
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
