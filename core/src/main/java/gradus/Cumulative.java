// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.Scan;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;

/// Running sums and products along a dimension.
sealed interface Cumulative extends Node {
  /// yₖ = Σ xⱼ over j ≤ k, or over j ≥ k if reversed; of integers and bools, in int64.
  record Cumsum(Edge x, int axis, boolean reverse) implements Cumulative {
    static Tensor of(Tensor x, int dim) {
      return of(numbers(x), x.shape().axis("cumsum", dim), false);
    }

    private static Tensor of(Tensor x, int axis, boolean reverse) {
      Folding f = Folding.of("cumsum", x, Dims.of(axis));
      Tensor y = Tensor.empty(x.dtype(), x.shape());
      Tensor c = f.contiguous();
      Storage s = c.storage;
      int o = c.layout.offset;
      int outer = f.outer();
      int r = f.length();
      int inner = f.inner();
      switch (x.dtype()) {
        case FLOAT32 -> Scan.sum(s.floats(), o, outer, r, inner, reverse, y.storage.floats());
        case FLOAT64 -> Scan.sum(s.doubles(), o, outer, r, inner, reverse, y.storage.doubles());
        default -> Scan.sum(s.longs(), o, outer, r, inner, reverse, y.storage.longs());
      }
      return y.by(x, () -> new Cumsum(x.edge(), axis, reverse));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> of(grad, axis, !reverse));
    }
  }

  /// yₖ = Π xⱼ over j ≤ k; of integers and bools, in int64.
  ///
  /// The fast derivative is a loop of its own. Where a graph of the backward pass is wanted, the
  /// derivative is taken through products of neighbours instead.
  record Cumprod(Edge x, Saved value, int axis) implements Cumulative {
    static Tensor of(Tensor x, int dim) {
      return along(numbers(x), x.shape().axis("cumprod", dim));
    }

    private static Tensor along(Tensor x, int axis) {
      Folding f = Folding.of("cumprod", x, Dims.of(axis));
      Tensor y = Tensor.empty(x.dtype(), x.shape());
      Tensor c = f.contiguous();
      Storage s = c.storage;
      int o = c.layout.offset;
      int outer = f.outer();
      int r = f.length();
      int inner = f.inner();
      switch (x.dtype()) {
        case FLOAT32 -> Scan.prod(s.floats(), o, outer, r, inner, y.storage.floats());
        case FLOAT64 -> Scan.prod(s.doubles(), o, outer, r, inner, y.storage.doubles());
        default -> Scan.prod(s.longs(), o, outer, r, inner, y.storage.longs());
      }
      return y.by(x, () -> new Cumprod(x.edge(), x.saved(), axis));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      if (Grad.enabled()) {
        to.through(grad, List.of(value.get()), in -> reference(in.getFirst()));
      } else {
        to.add(x, () -> derivative(grad.contiguous(), value.get()));
      }
    }

    private Tensor derivative(Tensor dy, Tensor v) {
      Folding f = Folding.of("cumprod", v, Dims.of(axis));
      Tensor dx = Tensor.empty(v.dtype(), v.shape());
      Tensor c = f.contiguous();
      Storage s = c.storage;
      int o = c.layout.offset;
      int outer = f.outer();
      int r = f.length();
      int inner = f.inner();
      int dyo = dy.layout.offset;
      if (v.dtype() == DType.FLOAT32) {
        float[] out = dx.storage.floats();
        Scan.prodGrad(dy.storage.floats(), dyo, s.floats(), o, outer, r, inner, out);
      } else {
        double[] out = dx.storage.doubles();
        Scan.prodGrad(dy.storage.doubles(), dyo, s.doubles(), o, outer, r, inner, out);
      }
      return dx;
    }

    private Tensor reference(Tensor x) {
      return scan(x, axis, Tensor::mul);
    }
  }

  /// What an associative `op` makes of each element and all before it: of the last 2, 4, 8, …
  /// elements, until it is of all. (Hillis and Steele, Data Parallel Algorithms, 1986.)
  private static Tensor scan(Tensor x, int axis, BinaryOperator<Tensor> op) {
    int n = x.dim() == 0 ? 1 : x.size(axis);
    Tensor y = x;
    for (int reach = 1; reach < n; reach *= 2) {
      Tensor early = y.narrow(axis, 0, n - reach);
      Tensor late = y.narrow(axis, reach, n - reach);
      y = Tensor.cat(List.of(y.narrow(axis, 0, reach), op.apply(early, late)), axis);
    }
    return y;
  }

  static Tensor logcumsumexp(Tensor x, int dim) {
    Launch.floating("logcumsumexp", x);
    return scan(x, x.shape().axis("logcumsumexp", dim), Tensor::logaddexp);
  }

  /// Running extremes, with the indices of the last elements that equal them.
  static MaxResult extremes(String op, Tensor x, int dim, BinaryOperator<Tensor> extreme) {
    int axis = x.shape().axis(op, dim);
    Tensor keys = numbers(x.detach());
    Tensor reached = keys.eq(scan(keys, axis, extreme)).logicalOr(keys.isNan());
    int[] line = new int[x.dim()];
    Arrays.fill(line, 1);
    if (x.dim() > 0) {
      line[axis] = x.size(axis);
    }
    Tensor own = Tensor.arange(x.dim() == 0 ? 1 : x.size(axis)).reshape(line);
    Tensor indices = scan(own.mul(reached.to(DType.INT64)), axis, Tensor::maximum);
    return new MaxResult(x.gather(axis, indices), indices);
  }

  /// The product over some dimensions, one after the other: the last of the running products.
  static Tensor prod(Tensor x, Dims dims) {
    Folding f = Folding.of("prod", x, dims);
    boolean[] reduced = dims.reduced("prod", x.shape());
    Tensor y = numbers(x);
    if (f.length() == 0) {
      return y.sum(dims).add(1);
    }
    for (int d = x.dim() - 1; d >= 0; d--) {
      y = reduced[d] ? Cumprod.along(y, d).select(d, -1) : y;
    }
    return View.Reshape.of(y, f.shape(dims));
  }

  private static Tensor numbers(Tensor x) {
    return x.dtype().isFloating() ? x : x.to(DType.INT64);
  }
}
