// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import static gradus.testing.GradAssertions.assertSameBits;
import static gradus.testing.OpChecks.check;
import static org.assertj.core.api.Assertions.assertThat;

import gradus.DType;
import gradus.RoundingMode;
import gradus.Tensor;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;

@Domain(Samples.class)
class PointwiseDerivativesTest {
  @OpProperty({"add(Tensor)"})
  void add(@ForAll Tensors.Pair p) {
    check(Tensor::add, p);
  }

  @OpProperty({"sub(Tensor)"})
  void sub(@ForAll Tensors.Pair p) {
    check(Tensor::sub, p);
  }

  @OpProperty({"mul(Tensor)"})
  void mul(@ForAll Tensors.Pair p) {
    check(Tensor::mul, p);
  }

  @OpProperty({"div(Tensor)"})
  void div(@ForAll("divisions") Tensors.Pair p) {
    check(Tensor::div, p);
  }

  @OpProperty({"pow(Tensor)"})
  void pow(@ForAll("powers") Tensors.Pair p) {
    check(Tensor::pow, p);
  }

  @OpProperty({"atan2(Tensor)", "hypot(Tensor)"})
  void polar(@ForAll("divisions") Tensors.Pair p) {
    check(Tensor::atan2, p);
    check(Tensor::hypot, p);
  }

  @OpProperty({
    "lerp(Tensor, Tensor)",
    "lerp(Tensor, double)",
    "addcmul(Tensor, Tensor)",
    "addcmul(Tensor, Tensor, double)",
    "addcdiv(Tensor, Tensor)",
    "addcdiv(Tensor, Tensor, double)"
  })
  void blends(@ForAll("divisions") Tensors.Pair p) {
    check((a, b) -> a.lerp(b, b.sin()), p);
    check((a, b) -> a.lerp(b, 0.25), p);
    check((a, b) -> a.addcmul(b, a), p);
    check((a, b) -> a.addcmul(b, a, -2), p);
    check((a, b) -> a.addcdiv(a, b), p);
    check((a, b) -> a.addcdiv(a, b, -2), p);
  }

  @OpProperty({"maximum(Tensor)"})
  void maximum(@ForAll("untied") Tensors.Pair p) {
    check(Tensor::maximum, p);
  }

  @OpProperty({"minimum(Tensor)"})
  void minimum(@ForAll("untied") Tensors.Pair p) {
    check(Tensor::minimum, p);
  }

  @OpProperty({"where(Tensor, Tensor, Tensor)"})
  void where(@ForAll Tensors.Pair p, @ForAll("masks") Tensor mask) {
    Tensor scalar = mask.dim() == 0 ? mask : mask.flatten().select(0, 0);
    check((a, b) -> Tensor.where(scalar, a, b), p);
    check((a, b) -> Tensor.where(mask, a.sum(), b.mean()), p);
    check((a, b) -> Tensor.where(a.detach().add(b.detach()).gt(0.1), a, b), p);
  }

  @OpProperty({
    "add(double)",
    "add(long)",
    "sub(double)",
    "sub(long)",
    "mul(double)",
    "mul(long)",
    "div(double)"
  })
  void scalars(@ForAll Tensor x) {
    check(t -> t.add(0.25).mul(-1.5).sub(3.5).div(0.75), x);
    check(t -> t.add(2).mul(-3).sub(5), x);
    check(t -> t.mul(0.0), x);
  }

  @OpProperty({"pow(double)", "pow(long)"})
  void powOfNumber(@ForAll Tensor x, @ForAll("positive") Tensor positive) {
    check(t -> t.pow(3), x);
    check(t -> t.pow(2), x);
    check(t -> t.pow(1), x);
    check(t -> t.pow(0), x);
    check(t -> t.pow(-1.5), positive);
    check(t -> t.pow(0.5), positive);
  }

  @OpProperty({"neg()", "square()", "sin()", "cos()", "erf()", "copy()", "contiguous()"})
  void entire(@ForAll Tensor x) {
    check(Tensor::neg, x);
    check(Tensor::square, x);
    check(Tensor::sin, x);
    check(Tensor::cos, x);
    check(Tensor::erf, x);
    check(Tensor::copy, x);
    check(Tensor::contiguous, x);
  }

  @OpProperty({"exp()", "exp2()", "expm1()", "erfc()", "sinh()", "cosh()", "atan()"})
  void exponentials(@ForAll Tensor x) {
    check(Tensor::exp, x);
    check(Tensor::exp2, x);
    check(Tensor::expm1, x);
    check(Tensor::erfc, x);
    check(Tensor::sinh, x);
    check(Tensor::cosh, x);
    check(Tensor::atan, x);
  }

  @OpProperty({"tan()", "asin()", "acos()"})
  void onTheUnitInterval(@ForAll("unit") Tensor x) {
    check(Tensor::tan, x);
    check(Tensor::asin, x);
    check(Tensor::acos, x);
  }

  @OpProperty({"sqrt()", "rsqrt()", "reciprocal()", "log()", "log2()", "log10()", "log1p()"})
  void onPositive(@ForAll("positive") Tensor x) {
    check(Tensor::sqrt, x);
    check(Tensor::rsqrt, x);
    check(Tensor::reciprocal, x);
    check(t -> t.neg().reciprocal(), x);
    check(Tensor::log, x);
    check(Tensor::log2, x);
    check(Tensor::log10, x);
    check(Tensor::log1p, x);
    check(t -> t.sub(1).log1p(), x);
  }

  @OpProperty({"abs()", "sign()"})
  void kinkedAtZero(@ForAll("notZero") Tensor x) {
    check(Tensor::abs, x);
    check(Tensor::sign, x);
  }

  @OpProperty({"floor()", "ceil()", "round()", "trunc()"})
  void steps(@ForAll("notHalves") Tensor x) {
    check(Tensor::floor, x);
    check(Tensor::ceil, x);
    check(Tensor::round, x);
    check(Tensor::trunc, x);
  }

  @OpProperty({
    "div(Tensor, RoundingMode)",
    "div(double, RoundingMode)",
    "div(long, RoundingMode)",
    "remainder(Tensor)",
    "remainder(double)",
    "remainder(long)",
    "fmod(Tensor)",
    "fmod(double)",
    "fmod(long)"
  })
  void remainders(@ForAll("notHalves") Tensor x) {
    Tensor one = Tensor.onesLike(x);
    for (RoundingMode mode : RoundingMode.values()) {
      check((a, b) -> a.div(b, mode), x, one);
      check(t -> t.div(1.0, mode), x);
      check(t -> t.div(1, mode), x);
    }
    check(Tensor::remainder, x, one);
    check(t -> t.remainder(1.0), x);
    check(t -> t.remainder(1), x);
    check(Tensor::fmod, x, one);
    check(t -> t.fmod(1.0), x);
    check(t -> t.fmod(1), x);
  }

  @OpProperty({"logaddexp(Tensor)"})
  void logaddexp(@ForAll Tensors.Pair p) {
    check(Tensor::logaddexp, p);
  }

  @OpProperty({"clamp(double, double)"})
  void clamp(@ForAll("notHalves") Tensor x) {
    check(t -> t.clamp(-1, 0.5), x);
    check(t -> t.clamp(Double.NEGATIVE_INFINITY, 1.5), x);
    check(t -> t.clamp(-0.5, Double.POSITIVE_INFINITY), x);
  }

  @OpProperty({
    "clamp(Tensor, Tensor)",
    "clampMin(double)",
    "clampMax(double)",
    "nanToNum()",
    "nanToNum(double, double, double)"
  })
  void bounded(@ForAll("notHalves") Tensor x) {
    check(t -> t.clampMin(0.5), x);
    check(t -> t.clampMax(-0.5), x);
    Tensor half = Tensor.scalar(0.5, x.dtype());
    check(t -> t.clamp(half.neg(), half), x);
    check((t, u) -> t.clamp(u.sub(1), u.add(1)), x, x.mul(3).add(0.25));
    check(t -> t.nanToNum(), x);
    // 0 becomes NaN, others ±∞.
    Tensor special = x.round().div(0);
    check(t -> t.add(special).nanToNum(2, 3, -3), x);
    assertSameBits(special.nanToNum(0, 1, -1), x.round().sign());
  }

  @OpProperty({"to(DType)"})
  void to(@ForAll Tensor x) {
    check(t -> t.to(t.dtype()), x);
    Tensor leaf = x.detach().requiresGrad(true);
    leaf.to(DType.FLOAT32).mul(3).sum().backward();
    assertSameBits(
        leaf.grad(), Tensor.full(DType.FLOAT64, 3, x.shape().toArray()).reshape(x.shape()));
    assertSameBits(x.to(DType.FLOAT32).to(DType.FLOAT64), x);
    assertThat(leaf.to(DType.INT64).requiresGrad()).isFalse();
  }

  @Provide
  Arbitrary<Tensor> unit() {
    return Tensors.float64().between(-0.75, 0.75);
  }

  @Provide
  Arbitrary<Tensor> positive() {
    return Tensors.float64().between(0.5, 2);
  }

  @Provide
  Arbitrary<Tensor> notZero() {
    return Tensors.float64().awayFrom(0.01, 0);
  }

  @Provide
  Arbitrary<Tensor> notHalves() {
    return Tensors.float64().awayFrom(0.01, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2);
  }

  @Provide
  Arbitrary<Tensor> masks() {
    return Tensors.bool();
  }

  @Provide
  Arbitrary<Tensors.Pair> divisions() {
    return Tensors.pairs(
        Shapes.broadcasting(), Tensors.float64(), Tensors.float64().awayFrom(0.5, 0));
  }

  @Provide
  Arbitrary<Tensors.Pair> powers() {
    return Tensors.pairs(
        Shapes.broadcasting(),
        Tensors.float64().between(0.5, 2),
        Tensors.float64().awayFrom(0.1, 0));
  }

  /// The left ones lie on the grid, the right ones between its points.
  @Provide
  Arbitrary<Tensors.Pair> untied() {
    return Tensors.pairs().map(p -> new Tensors.Pair(p.left(), p.right().add(1.0 / 128)));
  }
}
