// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.Binary;
import gradus.kernel.Unary;

/// Activation functions whose derivative is a loop of its own over the input.
///
/// Where a graph of the backward pass is wanted, the derivative is taken from [#slope], the same in
/// plain tensor ops, instead.
sealed interface FusedActivation extends Pointwise {
  Edge x();

  Saved value();

  /// dy · f′(x).
  Tensor derivative(Tensor dy, Tensor x);

  /// f′(x), to be differentiated in turn.
  Tensor slope(Tensor x);

  @Override
  default void vjp(Tensor grad, Cotangents to) {
    to.add(
        x(),
        () -> {
          Tensor v = value().get();
          return Grad.enabled() ? grad.mul(slope(v)) : derivative(grad, v);
        });
  }

  /// x · sigmoid(x).
  record Silu(Edge x, Saved value) implements FusedActivation {
    static Tensor of(Tensor x) {
      return Launch.unary(Unary.SILU, x).by(x, () -> new Silu(x.edge(), x.saved()));
    }

    @Override
    public Tensor derivative(Tensor dy, Tensor x) {
      return Launch.binary(Binary.SILU_GRAD, "silu", dy, x);
    }

    @Override
    public Tensor slope(Tensor x) {
      Tensor s = x.sigmoid();
      return s.mul(x.mul(oneMinus(s)).add(1));
    }
  }

  /// x · Φ(x), where Φ is the normal distribution.
  record Gelu(Edge x, Saved value) implements FusedActivation {
    private static final double SQRT_HALF = Math.sqrt(0.5);
    private static final double DENSITY = Math.sqrt(0.5 / Math.PI);

    static Tensor of(Tensor x) {
      return Launch.unary(Unary.GELU, x).by(x, () -> new Gelu(x.edge(), x.saved()));
    }

    @Override
    public Tensor derivative(Tensor dy, Tensor x) {
      return Launch.binary(Binary.GELU_GRAD, "gelu", dy, x);
    }

    @Override
    public Tensor slope(Tensor x) {
      Tensor density = x.square().mul(-0.5).exp().mul(DENSITY);
      return x.mul(SQRT_HALF).erf().add(1).mul(0.5).add(x.mul(density));
    }
  }

  /// x · (1 + tanh(√(2/π) · (x + 0.044715 x³))) / 2, which is x · sigmoid of twice that inside.
  record GeluTanh(Edge x, Saved value) implements FusedActivation {
    private static final double SCALE = 2 * Math.sqrt(2 / Math.PI);
    private static final double CUBIC = 0.044715;

    static Tensor of(Tensor x) {
      return Launch.unary(Unary.GELU_TANH, x).by(x, () -> new GeluTanh(x.edge(), x.saved()));
    }

    @Override
    public Tensor derivative(Tensor dy, Tensor x) {
      return Launch.binary(Binary.GELU_TANH_GRAD, "gelu", dy, x);
    }

    @Override
    public Tensor slope(Tensor x) {
      Tensor square = x.square();
      Tensor s = square.mul(CUBIC).add(1).mul(x).mul(SCALE).sigmoid();
      Tensor inner = square.mul(3 * CUBIC).add(1).mul(SCALE);
      return s.mul(x.mul(oneMinus(s)).mul(inner).add(1));
    }
  }

  /// x · tanh(ln(1 + eˣ)).
  record Mish(Edge x, Saved value) implements FusedActivation {
    static Tensor of(Tensor x) {
      return Launch.unary(Unary.MISH, x).by(x, () -> new Mish(x.edge(), x.saved()));
    }

    @Override
    public Tensor derivative(Tensor dy, Tensor x) {
      return Launch.binary(Binary.MISH_GRAD, "mish", dy, x);
    }

    @Override
    public Tensor slope(Tensor x) {
      Tensor t = x.softplus().tanh();
      return t.add(x.mul(oneMinus(t.square())).mul(x.sigmoid()));
    }
  }

  /// ln(1 + eˣ), or x itself above the threshold.
  record Softplus(Edge x, Saved value, double threshold) implements FusedActivation {
    static Tensor of(Tensor x, double beta, double threshold) {
      if (!(beta > 0)) {
        throw new IllegalArgumentException("softplus: beta %s is not positive".formatted(beta));
      }
      return beta == 1 ? of(x, threshold) : of(x.mul(beta), threshold).div(beta);
    }

    private static Tensor of(Tensor x, double threshold) {
      return Launch.binary(Binary.SOFTPLUS, "softplus", x, x.constant(threshold))
          .by(x, () -> new Softplus(x.edge(), x.saved(), threshold));
    }

    @Override
    public Tensor derivative(Tensor dy, Tensor x) {
      return dy.mul(Launch.binary(Binary.SOFTPLUS_SLOPE, "softplus", x, x.constant(threshold)));
    }

    @Override
    public Tensor slope(Tensor x) {
      return Tensor.where(x.gt(threshold), x.constant(1.0), x.sigmoid());
    }
  }

  /// ln sigmoid(x).
  record LogSigmoid(Edge x, Saved value) implements FusedActivation {
    static Tensor of(Tensor x) {
      return Launch.unary(Unary.LOG_SIGMOID, x).by(x, () -> new LogSigmoid(x.edge(), x.saved()));
    }

    @Override
    public Tensor derivative(Tensor dy, Tensor x) {
      return Launch.binary(Binary.LOG_SIGMOID_GRAD, "logsigmoid", dy, x);
    }

    @Override
    public Tensor slope(Tensor x) {
      return x.neg().sigmoid();
    }
  }

  /// x where x > 0, else alpha · (eˣ − 1).
  record Elu(Edge x, Saved value, double alpha) implements FusedActivation {
    static Tensor of(Tensor x, double alpha) {
      return Launch.binary(Binary.ELU, "elu", x, x.constant(alpha))
          .by(x, () -> new Elu(x.edge(), x.saved(), alpha));
    }

    @Override
    public Tensor derivative(Tensor dy, Tensor x) {
      return dy.mul(Launch.binary(Binary.ELU_SLOPE, "elu", x, x.constant(alpha)));
    }

    @Override
    public Tensor slope(Tensor x) {
      Tensor below = x.clamp(Double.NEGATIVE_INFINITY, 0).exp().mul(alpha);
      return Tensor.where(x.le(0), below, x.constant(1.0));
    }
  }

  /// x · min(max(x + 3, 0), 6) / 6: 0 up to −3, x from 3 on, x · (x + 3) / 6 between; its
  /// derivative at −3 is −1/2, at 3 it is 3/2, as in PyTorch.
  record Hardswish(Edge x, Saved value) implements FusedActivation {
    static Tensor of(Tensor x) {
      return Launch.unary(Unary.HARDSWISH, x).by(x, () -> new Hardswish(x.edge(), x.saved()));
    }

    @Override
    public Tensor derivative(Tensor dy, Tensor x) {
      return Launch.binary(Binary.HARDSWISH_GRAD, "hardswish", dy, x);
    }

    @Override
    public Tensor slope(Tensor x) {
      Tensor between = Tensor.where(x.le(3), x.div(3).add(0.5), x.constant(1.0));
      return Tensor.where(x.lt(-3), x.constant(0.0), between);
    }
  }

  private static Tensor oneMinus(Tensor x) {
    return x.neg().add(1);
  }
}
