// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.Reduce;

/// Ops that fold dimensions into one number each.
sealed interface Reduction extends Node {
  /// The sum; of integers and bools, in int64.
  record Sum(Edge x, Shape kept) implements Reduction {
    static Tensor of(Tensor x, Dims dims) {
      if (!x.dtype().isFloating()) {
        x = x.to(DType.INT64);
      }
      Folding f = Folding.of("sum", x, dims);
      Tensor y = Tensor.empty(x.dtype(), f.shape(dims));
      Storage s = f.x().storage;
      int o = f.x().layout.offset;
      switch (x.dtype()) {
        case FLOAT32 ->
            Reduce.sum(s.floats(), o, f.outer(), f.length(), f.inner(), y.storage.floats());
        case FLOAT64 ->
            Reduce.sum(s.doubles(), o, f.outer(), f.length(), f.inner(), y.storage.doubles());
        default -> Reduce.sum(s.longs(), o, f.outer(), f.length(), f.inner(), y.storage.longs());
      }
      Tensor input = x;
      return y.by(input, () -> new Sum(input.edge(), f.kept()));
    }

    /// Sums over the dimensions in which `shape` was broadcast to that of `x`.
    static Tensor to(Tensor x, Shape shape) {
      int extra = x.dim() - shape.dim();
      int[] dims = new int[x.dim()];
      int n = 0;
      for (int d = 0; d < x.dim(); d++) {
        if (d < extra || shape.sizes[d - extra] != x.shape().sizes[d]) {
          dims[n++] = d;
        }
      }
      Tensor sum = n == 0 ? x : of(x, Dims.of(java.util.Arrays.copyOf(dims, n)));
      return sum.shape().equals(shape) ? sum : View.Reshape.of(sum, shape);
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> View.Expand.of(View.Reshape.of(grad, kept), x.shape));
    }
  }

  /// The largest or smallest value over some dimensions; ties share the cotangent evenly, as in
  /// PyTorch's `amax`. So do NaNs, which outdo every number, as in its `max` of all elements, if
  /// `nansTie`; else all that they outdo get NaN, as in its `amax`.
  record Extreme(Edge x, Saved value, Tensor y, Shape kept, boolean nansTie) implements Reduction {
    static Tensor ofAll(String op, boolean largest, Tensor x) {
      return of(op, largest, x, Dims.all(), true);
    }

    static Tensor of(String op, boolean largest, Tensor x, Dims dims) {
      return of(op, largest, x, dims, false);
    }

    private static Tensor of(String op, boolean largest, Tensor x, Dims dims, boolean nansTie) {
      Folding f = Folding.of(op, x, dims);
      f.notEmpty(op, x);
      Tensor y = Tensor.empty(x.dtype(), f.shape(dims));
      find(largest, f, y, null);
      return y.by(x, () -> new Extreme(x.edge(), x.saved(), y, f.kept(), nansTie));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(
          x,
          () -> {
            Tensor v = value.get().detach();
            Tensor extreme = View.Reshape.of(y.detach(), kept);
            Tensor equal = v.eq(extreme);
            if (nansTie) {
              equal = equal.logicalOr(v.isNan().logicalAnd(extreme.isNan()));
            }
            Tensor ties = equal.to(grad.dtype());
            Tensor count = ties.sumTo(kept);
            return View.Reshape.of(grad, kept).mul(ties.div(count));
          });
    }
  }

  /// The largest or smallest value along one dimension, with its index: the first one at a tie.
  record Pick(Edge x, Tensor indices, int axis, Shape kept) implements Reduction {
    static MaxResult of(String op, boolean largest, Tensor x, int dim) {
      int axis = x.shape().axis(op, dim);
      Dims dims = Dims.of(axis);
      Folding f = Folding.of(op, x, dims);
      f.notEmpty(op, x);
      Tensor values = Tensor.empty(x.dtype(), f.dropped());
      Tensor indices = Tensor.empty(DType.INT64, f.dropped());
      find(largest, f, values, indices.storage.longs());
      values.by(x, () -> new Pick(x.edge(), indices, axis, f.kept()));
      return new MaxResult(values, indices);
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(
          x,
          () -> {
            Tensor zeros = Tensor.empty(grad.dtype(), x.shape);
            return x.shape.dim() == 0
                ? grad
                : Indexing.ScatterAdd.of(
                    zeros, axis, View.Reshape.of(indices, kept), View.Reshape.of(grad, kept));
          });
    }
  }

  private static void find(
      boolean largest,
      Folding f,
      Tensor values,
      long @org.jspecify.annotations.Nullable [] indices) {
    Storage s = f.x().storage;
    int o = f.x().layout.offset;
    switch (values.dtype()) {
      case FLOAT32 -> {
        float[] out = values.storage.floats();
        if (largest) {
          Reduce.max(s.floats(), o, f.outer(), f.length(), f.inner(), out, indices);
        } else {
          Reduce.min(s.floats(), o, f.outer(), f.length(), f.inner(), out, indices);
        }
      }
      case FLOAT64 -> {
        double[] out = values.storage.doubles();
        if (largest) {
          Reduce.max(s.doubles(), o, f.outer(), f.length(), f.inner(), out, indices);
        } else {
          Reduce.min(s.doubles(), o, f.outer(), f.length(), f.inner(), out, indices);
        }
      }
      default ->
          throw new IllegalArgumentException(
              "%s: %s is not floating; convert it with to(DType.FLOAT32)"
                  .formatted(largest ? "max" : "min", values.dtype()));
    }
  }
}
