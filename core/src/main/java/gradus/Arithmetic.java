// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.Binary;
import gradus.kernel.Unary;

/// Sums, products, powers and roots.
sealed interface Arithmetic extends Pointwise {
  /// a + b.
  record Add(Edge a, Edge b) implements Arithmetic {
    static Tensor of(Tensor a, Tensor b) {
      return Launch.binary(Binary.ADD, "add", a, b).by(a, b, () -> new Add(a.edge(), b.edge()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(a, grad);
      to.add(b, grad);
    }
  }

  /// a − b.
  record Sub(Edge a, Edge b) implements Arithmetic {
    static Tensor of(Tensor a, Tensor b) {
      if (a.dtype() == DType.BOOL && b.dtype() == DType.BOOL) {
        throw new IllegalArgumentException(
            "sub: bool − bool has no meaning; use ne() or convert with to(DType.INT64)");
      }
      return Launch.binary(Binary.SUB, "sub", a, b).by(a, b, () -> new Sub(a.edge(), b.edge()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(a, grad);
      to.add(b, grad::neg);
    }
  }

  /// a · b.
  record Mul(Edge a, Edge b, Saved forA, Saved forB) implements Arithmetic {
    static Tensor of(Tensor a, Tensor b) {
      return Launch.binary(Binary.MUL, "mul", a, b)
          .by(a, b, () -> new Mul(a.edge(), b.edge(), b.savedFor(a), a.savedFor(b)));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(a, () -> grad.mul(forA.get()));
      to.add(b, () -> grad.mul(forB.get()));
    }
  }

  /// y = a / b; integers are divided as float32.
  record Div(Edge a, Edge b, Saved divisor, Saved quotient) implements Arithmetic {
    static Tensor of(Tensor a, Tensor b) {
      DType dtype = DType.resultOf(a, b);
      Tensor y = Launch.binary(Binary.DIV, "div", a, b, dtype.isFloating() ? dtype : DType.FLOAT32);
      return y.by(a, b, () -> new Div(a.edge(), b.edge(), b.saved(), y.savedFor(b)));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(a, () -> grad.div(divisor.get()));
      to.add(b, () -> grad.mul(quotient.get()).div(divisor.get()).neg());
    }
  }

  /// The quotient as a whole number: constant almost everywhere, so the derivatives are 0.
  record WholeDiv(Edge a, Edge b) implements Arithmetic {
    static Tensor of(Tensor a, Tensor b, RoundingMode mode) {
      Binary op = mode == RoundingMode.FLOOR ? Binary.FLOOR_DIV : Binary.TRUNC_DIV;
      return whole(op, "div", a, b).by(a, b, () -> new WholeDiv(a.edge(), b.edge()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(a, () -> Tensor.zerosLike(grad));
      to.add(b, () -> Tensor.zerosLike(grad));
    }
  }

  /// What the division leaves, a − b · [WholeDiv].
  record Remainder(Edge a, Edge b, Saved dividend, Saved divisor, RoundingMode mode)
      implements Arithmetic {
    static Tensor of(String name, Tensor a, Tensor b, RoundingMode mode) {
      Binary op = mode == RoundingMode.FLOOR ? Binary.REMAINDER : Binary.FMOD;
      return whole(op, name, a, b)
          .by(a, b, () -> new Remainder(a.edge(), b.edge(), a.savedFor(b), b.savedFor(b), mode));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(a, grad);
      to.add(b, () -> grad.mul(dividend.get().div(divisor.get(), mode)).neg());
    }
  }

  /// A division of two numbers, of which whole ones refuse 0.
  private static Tensor whole(Binary op, String name, Tensor a, Tensor b) {
    DType dtype = DType.resultOf(a, b);
    if (dtype == DType.BOOL) {
      throw new IllegalArgumentException(
          "%s: bool by bool has no meaning; convert one with to(DType.INT64)".formatted(name));
    }
    if (!dtype.isFloating() && b.eq(0).any().item() != 0) {
      throw new IllegalArgumentException(
          "%s: a whole number is divided by 0; convert one with to(DType.FLOAT32) for ∞ or NaN"
              .formatted(name));
    }
    return Launch.binary(op, name, a, b);
  }

  /// −x.
  record Neg(Edge x) implements Arithmetic {
    static Tensor of(Tensor x) {
      if (!x.dtype().isFloating()) {
        return Sub.of(Tensor.zerosLike(x), x);
      }
      return Launch.unary(Unary.NEG, x).by(x, () -> new Neg(x.edge()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, grad::neg);
    }
  }

  /// y = aᵇ. The derivative by `a` is 0 where b = 0, the one by `b` is 0 where a = 0 and b ≥ 0, as
  /// in PyTorch.
  record Pow(Edge a, Edge b, Saved base, Saved exponent, Saved forB) implements Arithmetic {
    static Tensor of(Tensor a, Tensor b) {
      Tensor y = Launch.binary(Binary.POW, "pow", a, b);
      return y.by(a, b, () -> new Pow(a.edge(), b.edge(), a.saved(), b.saved(), y.savedFor(b)));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(
          a,
          () -> {
            Tensor x = base.get();
            Tensor e = exponent.get();
            if (e.eq(0).any().item() != 0) {
              // 0 · x⁻¹ is 0 even if x⁻¹ isn't finite; what stands for x here gets no derivative.
              Tensor steep = x.detach().reciprocal().isFinite().logicalNot();
              x = Tensor.where(e.eq(0).logicalAnd(steep), x.constant(1.0), x);
            }
            return grad.mul(e.mul(x.pow(e.sub(1))));
          });
      to.add(
          b,
          () -> {
            Tensor x = base.get();
            Tensor zero = x.eq(0).logicalAnd(exponent.get().ge(0));
            return grad.mul(forB.get()).mul(Tensor.where(zero, x.constant(1.0), x).log());
          });
    }
  }

  /// xᵉ for a number e. The derivative is 0 where e = 0. As in PyTorch, e = ±1/2 is the square root
  /// or its reciprocal, which differ from a power at −∞ and −0.
  record Power(Edge x, Saved base, double exponent) implements Arithmetic {
    static Tensor of(Tensor x, double exponent) {
      Tensor y;
      if (exponent == 0.5) {
        y = Launch.unary(Unary.SQRT, x);
      } else if (exponent == -0.5) {
        y = Launch.unary(Unary.RSQRT, x);
      } else if (exponent == 2) {
        y = Launch.unary(Unary.SQUARE, x);
      } else {
        y = Launch.binary(Binary.POW, "pow", x, x.constant(exponent));
      }
      return y.by(x, () -> new Power(x.edge(), x.saved(), exponent));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(
          x,
          () ->
              exponent == 0
                  ? Tensor.zerosLike(grad)
                  : grad.mul(base.get().pow(exponent - 1).mul(exponent)));
    }
  }

  /// √x.
  record Sqrt(Edge x, Tensor y) implements Arithmetic {
    static Tensor of(Tensor x) {
      Tensor y = Launch.unary(Unary.SQRT, x);
      return y.by(x, () -> new Sqrt(x.edge(), y));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> grad.div(y.mul(2)));
    }
  }

  /// y = 1 / √x.
  record Rsqrt(Edge x, Tensor y) implements Arithmetic {
    static Tensor of(Tensor x) {
      Tensor y = Launch.unary(Unary.RSQRT, x);
      return y.by(x, () -> new Rsqrt(x.edge(), y));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> grad.mul(-0.5).mul(y.mul(y).mul(y)));
    }
  }

  /// y = 1 / x.
  record Reciprocal(Edge x, Tensor y) implements Arithmetic {
    static Tensor of(Tensor x) {
      Tensor y = Launch.unary(Unary.RECIPROCAL, x);
      return y.by(x, () -> new Reciprocal(x.edge(), y));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> grad.mul(y.mul(y)).neg());
    }
  }

  /// y = √(a² + b²), without overflow.
  record Hypot(Edge a, Edge b, Saved forA, Saved forB, Tensor y) implements Arithmetic {
    static Tensor of(Tensor a, Tensor b) {
      DType dtype = DType.resultOf(a, b);
      Tensor y =
          Launch.binary(Binary.HYPOT, "hypot", a, b, dtype.isFloating() ? dtype : DType.FLOAT32);
      return y.by(a, b, () -> new Hypot(a.edge(), b.edge(), a.savedFor(a), b.savedFor(b), y));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(a, () -> grad.mul(forA.get().div(y)));
      to.add(b, () -> grad.mul(forB.get().div(y)));
    }
  }

  /// |x|; its derivative at 0 is 0.
  record Abs(Edge x, Saved value) implements Arithmetic {
    static Tensor of(Tensor x) {
      if (x.dtype() == DType.UINT8) {
        return x; // never negative, and −x would wrap around
      }
      if (!x.dtype().isFloating()) {
        return x.maximum(x.neg());
      }
      return Launch.unary(Unary.ABS, x).by(x, () -> new Abs(x.edge(), x.saved()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> grad.mul(value.get().sign()));
    }
  }

  /// Ops that are constant almost everywhere (sign, floor, …): their derivative is 0, as in
  /// PyTorch.
  record Step(Edge x) implements Arithmetic {
    static Tensor of(Unary op, Tensor x) {
      if (!x.dtype().isFloating()) {
        // Whole numbers are their own floor; only their sign is something else.
        return op == Unary.SIGN && x.dtype() != DType.BOOL
            ? x.gt(0).to(x.dtype()).sub(x.lt(0).to(x.dtype()))
            : x;
      }
      return Launch.unary(op, x).by(x, () -> new Step(x.edge()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> Tensor.zerosLike(grad));
    }
  }
}
