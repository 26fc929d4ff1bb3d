// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.Unary;

/// Exponentials, logarithms, sines and the error function.
sealed interface Exponential extends Pointwise {
  /// eˣ.
  record Exp(Edge x, Tensor y) implements Exponential {
    static Tensor of(Tensor x) {
      Tensor y = Launch.unary(Unary.EXP, x);
      return y.by(x, () -> new Exp(x.edge(), y));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> grad.mul(y));
    }
  }

  /// eˣ − 1.
  record Expm1(Edge x, Tensor y) implements Exponential {
    static Tensor of(Tensor x) {
      Tensor y = Launch.unary(Unary.EXPM1, x);
      return y.by(x, () -> new Expm1(x.edge(), y));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> grad.mul(y.add(1)));
    }
  }

  /// ln x.
  record Log(Edge x, Saved value) implements Exponential {
    static Tensor of(Tensor x) {
      return Launch.unary(Unary.LOG, x).by(x, () -> new Log(x.edge(), x.saved()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> grad.div(value.get()));
    }
  }

  /// ln(1 + x).
  record Log1p(Edge x, Saved value) implements Exponential {
    static Tensor of(Tensor x) {
      return Launch.unary(Unary.LOG1P, x).by(x, () -> new Log1p(x.edge(), x.saved()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> grad.div(value.get().add(1)));
    }
  }

  /// sin x.
  record Sin(Edge x, Saved value) implements Exponential {
    static Tensor of(Tensor x) {
      return Launch.unary(Unary.SIN, x).by(x, () -> new Sin(x.edge(), x.saved()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> grad.mul(value.get().cos()));
    }
  }

  /// cos x.
  record Cos(Edge x, Saved value) implements Exponential {
    static Tensor of(Tensor x) {
      return Launch.unary(Unary.COS, x).by(x, () -> new Cos(x.edge(), x.saved()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> grad.mul(value.get().sin()).neg());
    }
  }

  /// erf x = 2/√π · ∫₀ˣ e^(−t²) dt.
  record Erf(Edge x, Saved value) implements Exponential {
    private static final double SLOPE = 2 / Math.sqrt(Math.PI);

    static Tensor of(Tensor x) {
      return Launch.unary(Unary.ERF, x).by(x, () -> new Erf(x.edge(), x.saved()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> grad.mul(value.get().square().neg().exp().mul(SLOPE)));
    }
  }
}
