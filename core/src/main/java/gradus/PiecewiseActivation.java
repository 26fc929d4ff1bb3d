// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.Binary;
import gradus.kernel.Unary;
import java.util.Arrays;

/// Activation functions made of straight pieces. Which slope counts where two meet is PyTorch's
/// convention.
sealed interface PiecewiseActivation extends Pointwise {
  /// x where x > 0, else slope · x; the slope broadcasts.
  record LeakyRelu(Edge x, Edge slope, Saved value, Saved slopeValue)
      implements PiecewiseActivation {
    static Tensor of(Tensor x, double slope) {
      return of("leakyRelu", x, x.constant(slope));
    }

    static Tensor of(String op, Tensor x, Tensor slope) {
      return Launch.binary(Binary.LEAKY_RELU, op, x, slope)
          .by(x, slope, () -> new LeakyRelu(x.edge(), slope.edge(), x.saved(), slope.savedFor(x)));
    }

    /// With a slope for each channel, dimension 1, or one for all.
    static Tensor perChannel(Tensor x, Tensor slope) {
      Launch.sameType("prelu", x, slope);
      int channels = x.dim() > 1 ? x.size(1) : 1;
      if (slope.dim() > 1 || (slope.numel() != 1 && slope.numel() != channels)) {
        throw new IllegalArgumentException(
            "prelu: the weight %s must have 1 element or %d, as %s has channels"
                .formatted(slope.shape(), channels, x.shape()));
      }
      int[] sizes = new int[Math.max(x.dim() - 1, 0)];
      Arrays.fill(sizes, 1);
      if (sizes.length > 0) {
        sizes[0] = slope.numel();
      }
      return of("prelu", x, View.Reshape.of(slope, Shape.wrap(sizes)));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(
          x,
          () -> {
            Tensor v = value.get();
            Tensor s = slopeValue.get();
            return grad.mul(
                Grad.enabled()
                    ? Tensor.where(v.gt(0), v.constant(1.0), s)
                    : Launch.binary(Binary.LEAKY_SLOPE, "leakyRelu", v, s));
          });
      to.add(slope, () -> grad.mul(value.get().clamp(Double.NEGATIVE_INFINITY, 0)));
    }
  }

  /// x held within low … high; the derivative is 1 inside, at neither end.
  record Hardtanh(Edge x, Saved value, double low, double high) implements PiecewiseActivation {
    static Tensor of(Tensor x, double low, double high) {
      if (!(low <= high)) {
        throw new IllegalArgumentException("hardtanh: %s … %s is no interval".formatted(low, high));
      }
      return x.detach().clamp(low, high).by(x, () -> new Hardtanh(x.edge(), x.saved(), low, high));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(
          x,
          () -> {
            Tensor v = value.get();
            return zeroWhere(v.le(low).logicalOr(v.ge(high)), grad);
          });
    }
  }

  /// (x + 3) / 6 held within 0 … 1; the derivative at both ends is 0.
  record Hardsigmoid(Edge x, Saved value) implements PiecewiseActivation {
    /// PyTorch's sixth is a float32, in float64 too.
    private static final double SLOPE = 1f / 6;

    static Tensor of(Tensor x) {
      return Launch.unary(Unary.HARDSIGMOID, x).by(x, () -> new Hardsigmoid(x.edge(), x.saved()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(
          x,
          () -> {
            Tensor inside = value.get().detach().abs().lt(3);
            return Tensor.where(inside, grad.mul(SLOPE), grad.constant(0.0));
          });
    }
  }

  /// x brought nearer to 0 by lambda, and 0 where it is not farther than that; the derivative there
  /// is 0.
  record Softshrink(Edge x, Saved value, double lambda) implements PiecewiseActivation {
    static Tensor of(Tensor x, double lambda) {
      if (!(lambda >= 0)) {
        throw new IllegalArgumentException("softshrink: lambda %s is negative".formatted(lambda));
      }
      Tensor v = x.detach();
      Tensor y =
          Tensor.where(
              v.gt(lambda),
              v.sub(lambda),
              Tensor.where(v.lt(-lambda), v.add(lambda), v.constant(0.0)));
      return y.by(x, () -> new Softshrink(x.edge(), x.saved(), lambda));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> zeroWhere(value.get().detach().abs().le(lambda), grad));
    }
  }

  private static Tensor zeroWhere(Tensor condition, Tensor grad) {
    return Tensor.where(condition, grad.constant(0.0), grad);
  }
}
