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
      if (x.dtype() == DType.FLOAT32 && f.inner() == 1) {
        Layout l = f.x().layout;
        float[] values = x.storage.floats();
        int[] sizes = l.shape.sizes;
        Reduce.sum(values, l.offset, l.strides, sizes, f.outer(), f.length(), y.storage.floats());
      } else {
        sum(f, y.storage);
      }
      Tensor input = x;
      return y.by(input, () -> new Sum(input.edge(), f.kept()));
    }

    private static void sum(Folding f, Storage out) {
      Tensor c = f.contiguous();
      Storage s = c.storage;
      int o = c.layout.offset;
      switch (c.dtype()) {
        case FLOAT32 -> Reduce.sum(s.floats(), o, f.outer(), f.length(), f.inner(), out.floats());
        case FLOAT64 -> Reduce.sum(s.doubles(), o, f.outer(), f.length(), f.inner(), out.doubles());
        default -> Reduce.sum(s.longs(), o, f.outer(), f.length(), f.inner(), out.longs());
      }
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

  /// The largest, smallest or median value over some dimensions; ties share the cotangent evenly,
  /// as in PyTorch's `amax`. So do NaNs, which outdo every number, as in its `max` of all elements,
  /// if `nansTie`; else all that they outdo get NaN, as in its `amax`.
  record Extreme(Edge x, Saved value, Tensor y, Shape kept, boolean nansTie) implements Reduction {
    static Tensor ofAll(String op, boolean largest, Tensor x) {
      return of(op, largest, x, Dims.all(), true);
    }

    static Tensor of(String op, boolean largest, Tensor x, Dims dims) {
      return of(op, largest, x, dims, false);
    }

    private static Tensor of(String op, boolean largest, Tensor x, Dims dims, boolean nansTie) {
      Folding f = Folding.of(op, ordered(x), dims);
      f.notEmpty(op, x);
      Tensor found = Tensor.empty(f.x().dtype(), f.shape(dims));
      find(largest, f, found, null);
      Tensor y = Launch.cast(found, x.dtype());
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
      Folding f = Folding.of(op, ordered(x), dims);
      f.notEmpty(op, x);
      Tensor found = Tensor.empty(f.x().dtype(), f.dropped());
      Tensor indices = Tensor.empty(DType.INT64, f.dropped());
      find(largest, f, found, indices.storage.longs());
      Tensor values = Launch.cast(found, x.dtype());
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

  /// ln Σeˣ over some dimensions, without overflow; −∞ of nothing.
  record LogSumExp(Edge x, Saved value, Tensor y, Shape kept) implements Reduction {
    static Tensor of(Tensor input, Dims dims) {
      Tensor x = input.dtype().isFloating() ? input : input.to(DType.FLOAT32);
      Folding f = Folding.of("logsumexp", x, dims);
      Tensor y = View.Reshape.of(stable(x.detach(), dims, f), f.shape(dims));
      return y.by(x, () -> new LogSumExp(x.edge(), x.saved(), y, f.kept()));
    }

    private static Tensor stable(Tensor x, Dims dims, Folding f) {
      if (f.length() == 0) {
        return Tensor.full(x.dtype(), Double.NEGATIVE_INFINITY, f.kept());
      }
      Tensor largest = View.Reshape.of(Extreme.of("logsumexp", true, x, dims), f.kept());
      Tensor shift = Tensor.where(largest.isFinite(), largest, largest.constant(0.0));
      return x.sub(shift).exp().sumTo(f.kept()).log().add(shift);
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(
          x,
          () -> {
            Tensor share = value.get().sub(View.Reshape.of(y, kept)).exp();
            return View.Reshape.of(grad, kept).mul(share);
          });
    }
  }

  /// (Σ|x|ᵖ)^(1/p) over some dimensions; for p = ∞ the largest |x|, for −∞ the smallest, for 0 the
  /// number of elements that aren't 0. Of nothing it is 0, whatever p, as in PyTorch.
  ///
  /// The derivative by an element that is 0 is 0, and so are all where the norm is 0; at p = ±∞
  /// ties share the cotangent evenly, as in PyTorch.
  record Norm(Edge x, Saved value, Tensor y, double p, Shape kept) implements Reduction {
    static Tensor of(Tensor x, double p, Dims dims) {
      Launch.floating("norm", x);
      if (Double.isNaN(p)) {
        throw new IllegalArgumentException("norm: p is NaN");
      }
      Folding f = Folding.of("norm", x, dims);
      Tensor y = View.Reshape.of(norm(x.detach(), p, dims, f), f.shape(dims));
      return y.by(x, () -> new Norm(x.edge(), x.saved(), y, p, f.kept()));
    }

    private static Tensor norm(Tensor x, double p, Dims dims, Folding f) {
      if (p == 0) {
        return x.ne(0).to(x.dtype()).sumTo(f.kept());
      }
      Tensor size = x.abs();
      if (p == 1 || f.length() == 0) {
        return size.sumTo(f.kept());
      } else if (Double.isInfinite(p)) {
        return Extreme.of("norm", p > 0, size, dims);
      }
      // Relative to the largest element, whose power may be out of range where the norm is not.
      Tensor largest = View.Reshape.of(Extreme.of("norm", true, size, dims), f.kept());
      Tensor unit = largest.isFinite().logicalAnd(largest.ne(0));
      Tensor scale = Tensor.where(unit, largest, largest.constant(1.0));
      Tensor sum = size.div(scale).pow(p).sumTo(f.kept());
      return (p == 2 ? sum.sqrt() : sum.pow(1 / p)).mul(scale);
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> slope().mul(View.Reshape.of(grad, kept)));
    }

    /// ∂y/∂x of each element.
    private Tensor slope() {
      Tensor v = value.get();
      Tensor norm = View.Reshape.of(y, kept);
      if (p == 0) {
        return Tensor.zerosLike(v);
      } else if (p == 1) {
        return v.sign();
      } else if (Double.isInfinite(p)) {
        Tensor ties = v.detach().abs().eq(norm.detach()).logicalOr(v.isNan()).to(v.dtype());
        return v.sign().mul(ties.div(ties.sumTo(kept)));
      }
      Tensor zero = (p == 2 ? norm : v).detach().eq(0);
      Tensor one = v.constant(1.0);
      if (p == 2) {
        return v.div(Tensor.where(zero, one, norm));
      }
      Tensor ratio = Tensor.where(zero, one, v.abs().div(norm)).pow(p - 1);
      return Tensor.where(zero, v.constant(0.0), ratio.mul(v.sign()));
    }
  }

  /// The values in a type that kernels compare.
  private static Tensor ordered(Tensor x) {
    return x.dtype().isFloating() ? x : Launch.cast(x, DType.INT64);
  }

  private static void find(
      boolean largest,
      Folding f,
      Tensor values,
      long @org.jspecify.annotations.Nullable [] indices) {
    Tensor c = f.contiguous();
    Storage s = c.storage;
    int o = c.layout.offset;
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
      default -> {
        long[] out = values.storage.longs();
        if (largest) {
          Reduce.max(s.longs(), o, f.outer(), f.length(), f.inner(), out, indices);
        } else {
          Reduce.min(s.longs(), o, f.outer(), f.length(), f.inner(), out, indices);
        }
      }
    }
  }
}
