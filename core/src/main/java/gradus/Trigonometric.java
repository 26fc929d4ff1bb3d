// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.Binary;
import gradus.kernel.Unary;

/// Sine, cosine, tangent, their inverses, and the hyperbolic ones; angles are in radians. The
/// hyperbolic tangent is an [Activation].
sealed interface Trigonometric extends Pointwise {
  /// sin x.
  record Sin(Edge x, Saved value) implements Trigonometric {
    static Tensor of(Tensor x) {
      return Launch.unary(Unary.SIN, x).by(x, () -> new Sin(x.edge(), x.saved()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> grad.mul(value.get().cos()));
    }
  }

  /// cos x.
  record Cos(Edge x, Saved value) implements Trigonometric {
    static Tensor of(Tensor x) {
      return Launch.unary(Unary.COS, x).by(x, () -> new Cos(x.edge(), x.saved()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> grad.mul(value.get().sin()).neg());
    }
  }

  /// tan x.
  record Tan(Edge x, Tensor y) implements Trigonometric {
    static Tensor of(Tensor x) {
      Tensor y = Launch.unary(Unary.TAN, x);
      return y.by(x, () -> new Tan(x.edge(), y));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> grad.mul(y.square().add(1)));
    }
  }

  /// The angle in [−π/2, π/2] whose sine is x.
  record Asin(Edge x, Saved value) implements Trigonometric {
    static Tensor of(Tensor x) {
      return Launch.unary(Unary.ASIN, x).by(x, () -> new Asin(x.edge(), x.saved()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> grad.mul(value.get().square().neg().add(1).rsqrt()));
    }
  }

  /// The angle in [0, π] whose cosine is x.
  record Acos(Edge x, Saved value) implements Trigonometric {
    static Tensor of(Tensor x) {
      return Launch.unary(Unary.ACOS, x).by(x, () -> new Acos(x.edge(), x.saved()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> grad.mul(value.get().square().neg().add(1).rsqrt()).neg());
    }
  }

  /// The angle in (−π/2, π/2) whose tangent is x.
  record Atan(Edge x, Saved value) implements Trigonometric {
    static Tensor of(Tensor x) {
      return Launch.unary(Unary.ATAN, x).by(x, () -> new Atan(x.edge(), x.saved()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> grad.div(value.get().square().add(1)));
    }
  }

  /// The angle of the point (x, y) = (b, a), in [−π, π].
  record Atan2(Edge a, Edge b, Saved ordinate, Saved abscissa) implements Trigonometric {
    static Tensor of(Tensor a, Tensor b) {
      DType dtype = DType.resultOf(a, b);
      return Launch.binary(Binary.ATAN2, "atan2", a, b, dtype.isFloating() ? dtype : DType.FLOAT32)
          .by(a, b, () -> new Atan2(a.edge(), b.edge(), a.saved(), b.saved()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(a, () -> grad.mul(abscissa.get().div(squares())));
      to.add(b, () -> grad.mul(ordinate.get().div(squares())).neg());
    }

    private Tensor squares() {
      return ordinate.get().square().add(abscissa.get().square());
    }
  }

  /// The hyperbolic sine, (eˣ − e⁻ˣ) / 2.
  record Sinh(Edge x, Saved value) implements Trigonometric {
    static Tensor of(Tensor x) {
      return Launch.unary(Unary.SINH, x).by(x, () -> new Sinh(x.edge(), x.saved()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> grad.mul(value.get().cosh()));
    }
  }

  /// The hyperbolic cosine, (eˣ + e⁻ˣ) / 2.
  record Cosh(Edge x, Saved value) implements Trigonometric {
    static Tensor of(Tensor x) {
      return Launch.unary(Unary.COSH, x).by(x, () -> new Cosh(x.edge(), x.saved()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> grad.mul(value.get().sinh()));
    }
  }
}
