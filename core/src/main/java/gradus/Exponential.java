// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.Unary;

/// Exponentials, logarithms and the error function.
sealed interface Exponential extends Pointwise {
  double LN_2 = 0.6931471805599453;
  double LN_10 = 2.302585092994046;

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

  /// 2ˣ.
  record Exp2(Edge x, Tensor y) implements Exponential {
    static Tensor of(Tensor x) {
      Tensor y = Launch.unary(Unary.EXP2, x);
      return y.by(x, () -> new Exp2(x.edge(), y));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> grad.mul(y).mul(LN_2));
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

  /// The logarithm to base 2.
  record Log2(Edge x, Saved value) implements Exponential {
    static Tensor of(Tensor x) {
      return Launch.unary(Unary.LOG2, x).by(x, () -> new Log2(x.edge(), x.saved()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> grad.div(value.get().mul(LN_2)));
    }
  }

  /// The logarithm to base 10.
  record Log10(Edge x, Saved value) implements Exponential {
    static Tensor of(Tensor x) {
      return Launch.unary(Unary.LOG10, x).by(x, () -> new Log10(x.edge(), x.saved()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> grad.div(value.get().mul(LN_10)));
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

  /// 1 − erf x.
  record Erfc(Edge x, Saved value) implements Exponential {
    static Tensor of(Tensor x) {
      return Launch.unary(Unary.ERFC, x).by(x, () -> new Erfc(x.edge(), x.saved()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> grad.mul(value.get().square().neg().exp().mul(-Erf.SLOPE)));
    }
  }
}
