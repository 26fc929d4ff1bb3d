// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.Binary;

/// Ops that pass one of their inputs on.
sealed interface Selection extends Pointwise {
  /// a where the condition holds, else b.
  record Where(Tensor condition, Edge a, Edge b) implements Selection {
    static Tensor of(Tensor condition, Tensor a, Tensor b) {
      return Launch.where(condition, a, b).by(a, b, () -> new Where(condition, a.edge(), b.edge()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(a, () -> Tensor.where(condition, grad, grad.constant(0.0)));
      to.add(b, () -> Tensor.where(condition, grad.constant(0.0), grad));
    }
  }

  /// The larger of a and b, or NaN if either is. At a tie each gets half of the cotangent, as in
  /// PyTorch.
  record Maximum(Edge a, Edge b, Saved left, Saved right) implements Selection {
    static Tensor of(Tensor a, Tensor b) {
      return Launch.binary(Binary.MAXIMUM, "maximum", a, b)
          .by(a, b, () -> new Maximum(a.edge(), b.edge(), a.saved(), b.saved()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(a, () -> unless(left.get().lt(right.get()), grad, left, right));
      to.add(b, () -> unless(left.get().gt(right.get()), grad, left, right));
    }
  }

  /// The smaller of a and b, or NaN if either is. At a tie each gets half of the cotangent, as in
  /// PyTorch.
  record Minimum(Edge a, Edge b, Saved left, Saved right) implements Selection {
    static Tensor of(Tensor a, Tensor b) {
      return Launch.binary(Binary.MINIMUM, "minimum", a, b)
          .by(a, b, () -> new Minimum(a.edge(), b.edge(), a.saved(), b.saved()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(a, () -> unless(left.get().gt(right.get()), grad, left, right));
      to.add(b, () -> unless(left.get().lt(right.get()), grad, left, right));
    }
  }

  /// x held within low … high; the derivative is 1 on the closed interval.
  record Clamp(Edge x, Saved value, double low, double high) implements Selection {
    static Tensor of(Tensor x, double low, double high) {
      // Integers stay integers where the bounds are whole numbers.
      boolean whole = low == StrictMath.rint(low) && high == StrictMath.rint(high);
      Tensor l = whole && !x.dtype().isFloating() ? x.constant((long) low) : x.constant(low);
      Tensor h = whole && !x.dtype().isFloating() ? x.constant((long) high) : x.constant(high);
      Tensor y =
          Launch.binary(Binary.MINIMUM, "clamp", Launch.binary(Binary.MAXIMUM, "clamp", x, l), h);
      return y.by(x, () -> new Clamp(x.edge(), x.saved(), low, high));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(
          x,
          () -> {
            Tensor v = value.get();
            return Tensor.where(v.ge(low).logicalAnd(v.le(high)), grad, grad.constant(0.0));
          });
    }
  }

  private static Tensor unless(Tensor lost, Tensor grad, Saved a, Saved b) {
    return Tensor.where(
        lost, grad.constant(0.0), Tensor.where(a.get().eq(b.get()), grad.mul(0.5), grad));
  }
}
