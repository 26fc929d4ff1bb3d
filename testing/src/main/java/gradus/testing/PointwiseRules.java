// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import gradus.Approximate;
import gradus.Tensor;
import gradus.testing.ProgramBuilder.Gene;
import gradus.testing.ProgramBuilder.Value;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ops that work on each element alone.
final class PointwiseRules {
  static final List<Rule> ALL =
      List.of(
          Rule.unary("neg()", Tensor::neg, r -> r.into(-r.high(), -r.low(), 1)),
          Rule.unary("add(2.0)", x -> x.add(2.0), r -> r.monotone(v -> v + 2, 1)),
          Rule.unary("sub(1.25)", x -> x.sub(1.25), r -> r.monotone(v -> v - 1.25, 1)),
          Rule.unary("mul(-1.5)", x -> x.mul(-1.5), r -> r.monotone(v -> -1.5 * v, 1.5)),
          Rule.unary("div(2.0)", x -> x.div(2.0), r -> r.monotone(v -> v / 2, 0.5)),
          Rule.binary("add", Tensor::add, Range::plus),
          Rule.binary("sub", Tensor::sub, (a, b) -> a.plus(b.into(-b.high(), -b.low(), 1))),
          Rule.binary("mul", Tensor::mul, Range::times),
          Rule.binary("div", Tensor::div, Range::over),
          Rule.binary("pow", Tensor::pow, Range::pow),
          Rule.unary("square()", Tensor::square, Range::square),
          Rule.unary("sqrt()", Tensor::sqrt, Range::sqrt),
          Rule.unary("rsqrt()", Tensor::rsqrt, Range::rsqrt),
          Rule.unary("reciprocal()", Tensor::reciprocal, Range::reciprocal),
          Rule.unary("pow(1.5)", x -> x.pow(1.5), r -> r.pow(1.5)),
          Rule.unary("exp()", Tensor::exp, Range::exp),
          Rule.unary("expm1()", Tensor::expm1, Range::expm1),
          Rule.unary("log()", Tensor::log, Range::log),
          Rule.unary("log1p()", Tensor::log1p, Range::log1p),
          Rule.unary("sin()", Tensor::sin, r -> r.into(-1, 1, 1)),
          Rule.unary("cos()", Tensor::cos, r -> r.into(-1, 1, 1)),
          Rule.unary("erf()", Tensor::erf, r -> r.into(-1, 1, 1.13)),
          Rule.unary("tanh()", Tensor::tanh, r -> r.monotone(StrictMath::tanh, 1)),
          Rule.unary("sigmoid()", Tensor::sigmoid, Range::sigmoid),
          Rule.unary(
              "abs()", Tensor::abs, r -> r.isAwayFromZero() ? r.monotone(Math::abs, 1) : null),
          Rule.unary("relu()", Tensor::relu, r -> r.isPositive() ? r : null),
          Rule.unary("leakyRelu(0.1)", x -> x.leakyRelu(0.1), r -> r.isPositive() ? r : null),
          Rule.unary("clamp(-24.0, 24.0)", x -> x.clamp(-24, 24), r -> r),
          Rule.unary("copy()", Tensor::copy, r -> r),
          Rule.unary("silu()", Tensor::silu, r -> r.into(-0.28, Math.max(r.high(), 0), 1.1)),
          Rule.unary("gelu()", Tensor::gelu, r -> r.into(-0.18, Math.max(r.high(), 0), 1.13)),
          Rule.unary(
              "gelu(Approximate.TANH)",
              x -> x.gelu(Approximate.TANH),
              r -> r.into(-0.18, Math.max(r.high(), 0), 1.13)),
          Rule.unary("mish()", Tensor::mish, r -> r.into(-0.31, Math.max(r.high(), 0), 1.09)),
          Rule.unary("softplus()", Tensor::softplus, r -> r.monotone(PointwiseRules::softplus, 1)),
          Rule.unary("logsigmoid()", Tensor::logsigmoid, r -> r.monotone(v -> v - softplus(v), 1)),
          Rule.unary(
              "elu()", Tensor::elu, r -> r.piecewise(v -> v > 0 ? v : StrictMath.expm1(v), 1)),
          Rule.unary("celu(2.0)", x -> x.celu(2), r -> r.piecewise(v -> celu(v), 1)),
          Rule.unary(
              "softsign()", Tensor::softsign, r -> r.piecewise(v -> v / (1 + Math.abs(v)), 1)),
          Rule.unary(
              "tanhshrink()", Tensor::tanhshrink, r -> r.monotone(v -> v - StrictMath.tanh(v), 1)),
          Rule.unary("hardtanh(-24.0, 24.0)", x -> x.hardtanh(-24.5, 24.5), r -> r),
          Rule.unary(
              "prelu(Tensor.of(0.25))",
              x -> x.prelu(quarter(x)),
              r -> r.piecewise(v -> v > 0 ? v : v / 4, 1)),
          Rule.unary(
              "sinh()",
              Tensor::sinh,
              r -> r.monotone(StrictMath::sinh, StrictMath.cosh(r.magnitude()))),
          Rule.unary(
              "cosh()",
              Tensor::cosh,
              r -> r.into(1, StrictMath.cosh(r.magnitude()), StrictMath.sinh(r.magnitude()))),
          Rule.unary("atan()", Tensor::atan, r -> r.monotone(StrictMath::atan, 1)),
          Rule.unary(
              "exp2()",
              Tensor::exp2,
              r -> r.monotone(v -> StrictMath.pow(2, v), StrictMath.pow(2, r.high()))),
          Rule.unary(
              "log2()",
              Tensor::log2,
              r ->
                  r.isPositive()
                      ? r.monotone(v -> StrictMath.log(v) / StrictMath.log(2), 1.5 / r.low())
                      : null),
          Rule.unary(
              "log10()",
              Tensor::log10,
              r -> r.isPositive() ? r.monotone(StrictMath::log10, 0.5 / r.low()) : null),
          Rule.unary("erfc()", Tensor::erfc, r -> r.into(0, 2, 1.13)),
          Rule.binary("hypot", Tensor::hypot, Range::hypot),
          Rule.binary("atan2", Tensor::atan2, Range::atan2),
          Rule.binary("maximum", Tensor::maximum, (a, b) -> a.isApartFrom(b) ? a.or(b) : null),
          Rule.binary("minimum", Tensor::minimum, (a, b) -> a.isApartFrom(b) ? a.or(b) : null),
          Rule.binary(
              "lerp",
              (x, y) -> x.lerp(y, 0.25),
              (a, b) -> a.scaled(0.75).plus(b.scaled(0.25)),
              ", 0.25"),
          PointwiseRules::where);

  private PointwiseRules() {}

  private static double softplus(double x) {
    return StrictMath.log1p(StrictMath.exp(x));
  }

  private static double celu(double x) {
    return x > 0 ? x : 2 * StrictMath.expm1(x / 2);
  }

  private static Tensor quarter(Tensor x) {
    return Tensor.of(0.25).to(x.dtype());
  }

  private static Program.@Nullable Step where(ProgramBuilder b, Gene gene) {
    Value x = b.first(gene);
    Value y = b.second(gene, v -> Shapes.broadcast(x.shape(), v.shape()).isPresent());
    if (y == null) {
      return null;
    }
    int[] sizes = x.shape().toArray();
    boolean[] mask = new boolean[x.shape().numel()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (i + gene.q()) % 3 > 0;
    }
    String text = Arrays.toString(mask).replace('[', '{').replace(']', '}');
    return Rule.two(
        b,
        x,
        y,
        "Tensor.where(Tensor.of(new boolean[] %s).reshape(%s), %s, %s)"
            .formatted(text, Rule.commas(sizes), x.name(), y.name()),
        (s, t) -> Tensor.where(Tensor.of(mask).reshape(sizes), s, t),
        x.range().or(y.range()));
  }
}
