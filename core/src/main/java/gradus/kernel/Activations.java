// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/// Activation functions and their derivatives, each in double and in float lanes.
///
/// Those named `…Grad` take `(dy, x)` to dy · f′(x), those named `…Slope` a parameter instead of
/// dy. What overflows in a textbook's formula is written by z = exp(-|x|), which does not.
final class Activations {
  private static final double SQRT_HALF = 0.7071067811865476;

  /// 1 / √(2π).
  private static final double DENSITY = 0.3989422804014327;

  /// 2 √(2/π) and the cubic term of the tanh approximation of [#gelu]. (Hendrycks and Gimpel,
  /// Gaussian Error Linear Units, 2016.)
  private static final double TWICE_SQRT_TWO_OVER_PI = 1.5957691216057308;

  private static final double CUBIC = 0.044715;

  private Activations() {}

  /// x sigmoid(x).
  static double silu(double x) {
    return x * Scalars.sigmoid(x);
  }

  static FloatVector silu(FloatVector x) {
    return x.mul(Exponentials.sigmoid(x));
  }

  static double siluGrad(double dy, double x) {
    return dy * (Scalars.sigmoid(x) * (1 + x * Scalars.sigmoid(-x)));
  }

  static FloatVector siluGrad(FloatVector dy, FloatVector x) {
    var z = Exponentials.decay(x);
    var negative = x.compare(LT, 0f);
    var greater = x.broadcast(1f).div(z.add(1f));
    var smaller = greater.mul(z);
    var s = greater.blend(smaller, negative);
    var complement = smaller.blend(greater, negative);
    return dy.mul(s.mul(complement.fma(x, x.broadcast(1f))));
  }

  /// x Φ(x), where Φ is the normal distribution.
  static double gelu(double x) {
    return 0.5 * x * Scalars.erfc(-SQRT_HALF * x);
  }

  static FloatVector gelu(FloatVector x) {
    return x.mul(Exponentials.normal(x));
  }

  static double geluGrad(double dy, double x) {
    double density = DENSITY * StrictMath.exp(-0.5 * x * x);
    return dy * (0.5 * Scalars.erfc(-SQRT_HALF * x) + x * density);
  }

  static FloatVector geluGrad(FloatVector dy, FloatVector x) {
    var density = Exponentials.bell(x).mul((float) DENSITY);
    var below = Exponentials.normal(x);
    return dy.mul(density.fma(x, below));
  }

  /// x (1 + tanh u) / 2 = x sigmoid(2u), with 2u = 2 √(2/π) (x + 0.044715 x³).
  static double geluTanh(double x) {
    return x * Scalars.sigmoid(TWICE_SQRT_TWO_OVER_PI * x * (1 + CUBIC * x * x));
  }

  static FloatVector geluTanh(FloatVector x) {
    var inner = x.mul(x).fma(x.broadcast((float) CUBIC), x.broadcast(1f));
    return x.mul(Exponentials.sigmoid(inner.mul(x).mul((float) TWICE_SQRT_TWO_OVER_PI)));
  }

  static double geluTanhGrad(double dy, double x) {
    double u = TWICE_SQRT_TWO_OVER_PI * x * (1 + CUBIC * x * x);
    double slope = TWICE_SQRT_TWO_OVER_PI * (1 + 3 * CUBIC * x * x);
    return dy * (Scalars.sigmoid(u) * (1 + x * slope * Scalars.sigmoid(-u)));
  }

  static FloatVector geluTanhGrad(FloatVector dy, FloatVector x) {
    var one = x.broadcast(1f);
    var square = x.mul(x);
    var inner = square.fma(x.broadcast((float) CUBIC), one);
    var z = Exponentials.decay(inner.mul(x).mul((float) TWICE_SQRT_TWO_OVER_PI));
    var negative = x.compare(LT, 0f);
    var greater = one.div(z.add(1f));
    var smaller = greater.mul(z);
    var s = greater.blend(smaller, negative);
    var complement = smaller.blend(greater, negative);
    var slope =
        square.fma(x.broadcast((float) (3 * CUBIC)), one).mul((float) TWICE_SQRT_TWO_OVER_PI);
    return dy.mul(s.mul(x.mul(complement).fma(slope, one)));
  }

  /// x tanh(log(1 + exp x)). With e = exp x, the tanh is e (e + 2) / (e (e + 2) + 2); both parts
  /// are divided by e² where x ≥ 0.
  static double mish(double x) {
    double z = StrictMath.exp(-Math.abs(x));
    double part = x < 0 ? z * (z + 2) : 1 + 2 * z;
    return x * (part / (part + (x < 0 ? 2 : 2 * z * z)));
  }

  static FloatVector mish(FloatVector x) {
    var z = Exponentials.decay(x);
    var negative = x.compare(LT, 0f);
    var twice = z.add(z);
    var part = twice.add(1f).blend(z.fma(z, twice), negative);
    return x.mul(part.div(part.add(twice.mul(z).blend(2f, negative))));
  }

  static double mishGrad(double dy, double x) {
    double z = StrictMath.exp(-Math.abs(x));
    double part = x < 0 ? z * (z + 2) : 1 + 2 * z;
    double rest = x < 0 ? 2 : 2 * z * z;
    double whole = part + rest;
    double sigmoid = (x < 0 ? z : 1) / (1 + z);
    // 1 - tanh² without the difference.
    double drop = rest * (part + whole) / (whole * whole);
    return dy * (part / whole + x * drop * sigmoid);
  }

  static FloatVector mishGrad(FloatVector dy, FloatVector x) {
    var z = Exponentials.decay(x);
    var negative = x.compare(LT, 0f);
    var twice = z.add(z);
    var part = twice.add(1f).blend(z.fma(z, twice), negative);
    var rest = twice.mul(z).blend(2f, negative);
    var whole = part.add(rest);
    var sigmoid = x.broadcast(1f).blend(z, negative).div(z.add(1f));
    var drop = rest.mul(part.add(whole)).div(whole.mul(whole));
    return dy.mul(x.mul(drop).fma(sigmoid, part.div(whole)));
  }

  /// log sigmoid(x) = min(x, 0) - log(1 + z).
  static double logSigmoid(double x) {
    return Math.min(x, 0) - StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  static FloatVector logSigmoid(FloatVector x) {
    return x.min(0f).sub(Logarithms.log1pOfFraction(Exponentials.decay(x)));
  }

  static double logSigmoidGrad(double dy, double x) {
    return dy * Scalars.sigmoid(-x);
  }

  static FloatVector logSigmoidGrad(FloatVector dy, FloatVector x) {
    return dy.mul(Exponentials.sigmoid(x.neg()));
  }

  /// log(1 + exp x) = max(x, 0) + log(1 + z), or x itself where x > threshold.
  static double softplus(double x, double threshold) {
    return x > threshold ? x : Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  static FloatVector softplus(FloatVector x, FloatVector threshold) {
    return x.max(0f)
        .add(Logarithms.log1pOfFraction(Exponentials.decay(x)))
        .blend(x, x.compare(GT, threshold));
  }

  static double softplusSlope(double x, double threshold) {
    return x > threshold ? 1 : Scalars.sigmoid(x);
  }

  static FloatVector softplusSlope(FloatVector x, FloatVector threshold) {
    return Exponentials.sigmoid(x).blend(1f, x.compare(GT, threshold));
  }

  /// x where x > 0, else alpha (exp x - 1).
  static double elu(double x, double alpha) {
    return x > 0 ? x : alpha * StrictMath.expm1(x);
  }

  static FloatVector elu(FloatVector x, FloatVector alpha) {
    return Exponentials.expm1(x).mul(alpha).blend(x, x.compare(GT, 0f));
  }

  /// 1 where x > 0, and at NaN, as PyTorch.
  static double eluSlope(double x, double alpha) {
    return x <= 0 ? alpha * StrictMath.exp(x) : 1;
  }

  static FloatVector eluSlope(FloatVector x, FloatVector alpha) {
    return x.broadcast(1f).blend(Exponentials.exp(x).mul(alpha), x.compare(LE, 0f));
  }

  /// x held within 0 … 6 after 3 was added, over 6.
  static double hardsigmoid(double x) {
    return Math.min(Math.max(x + 3, 0), 6) / 6;
  }

  static FloatVector hardsigmoid(FloatVector x) {
    return x.add(3f).max(0f).min(6f).div(6f);
  }

  /// x hardsigmoid(x).
  static double hardswish(double x) {
    return x * hardsigmoid(x);
  }

  static FloatVector hardswish(FloatVector x) {
    return x.mul(hardsigmoid(x));
  }

  /// The slope is 0 below -3, x/3 + 1/2 up to 3, with both ends, and 1 above, and at NaN, as
  /// PyTorch.
  static double hardswishGrad(double dy, double x) {
    return x < -3 ? 0 : x <= 3 ? dy * (x / 3 + 0.5) : dy;
  }

  static FloatVector hardswishGrad(FloatVector dy, FloatVector x) {
    return dy.blend(dy.mul(x.div(3f).add(0.5f)), x.compare(LE, 3f)).blend(0f, x.compare(LT, -3f));
  }
}
