// SPDX-License-Identifier: Apache-2.0
package gradus;

import static gradus.Catalogue.positive;
import static gradus.Catalogue.signed;

/// The rows of the [Catalogue] for ops that work on each element alone.
final class PointwiseRows {
  private PointwiseRows() {}

  static void addTo(Catalogue c) {
    arithmetic(c);
    exponential(c);
    trigonometric(c);
    activation(c);
    fusedActivation(c);
    piecewiseActivation(c);
    selection(c);
    conversion(c);
  }

  private static void arithmetic(Catalogue c) {
    c.binary(Arithmetic.Add.class, Tensor::add, signed(3, 4), positive(3, 4));
    c.binary(Arithmetic.Sub.class, Tensor::sub, signed(3, 4), positive(3, 4));
    c.binary(Arithmetic.Mul.class, Tensor::mul, signed(3, 4), positive(3, 4));
    c.binary(Arithmetic.Div.class, Tensor::div, signed(3, 4), positive(3, 4));
    c.binary(
        Arithmetic.WholeDiv.class,
        (a, b) -> a.div(b, RoundingMode.FLOOR),
        signed(3, 4),
        positive(3, 4).mul(0.9).detach().requiresGrad(true));
    c.binary(
        Arithmetic.Remainder.class,
        Tensor::remainder,
        signed(3, 4),
        positive(3, 4).mul(0.9).detach().requiresGrad(true));
    c.binary(
        Arithmetic.Remainder.class,
        Tensor::fmod,
        signed(3, 4),
        positive(3, 4).mul(0.9).detach().requiresGrad(true));
    c.binary(Arithmetic.Pow.class, Tensor::pow, positive(3, 4), signed(3, 4));
    c.unary(Arithmetic.Power.class, x -> x.pow(3), signed(3, 4));
    c.unary(Arithmetic.Power.class, x -> x.pow(2), signed(3, 4));
    c.unary(Arithmetic.Power.class, x -> x.pow(0), signed(3, 4));
    c.unary(Arithmetic.Power.class, x -> x.pow(0.5), positive(3, 4));
    c.unary(Arithmetic.Power.class, x -> x.pow(-0.5), positive(3, 4));
    c.unary(Arithmetic.Power.class, x -> x.pow(-1.7), positive(3, 4));
    c.binary(Arithmetic.Hypot.class, Tensor::hypot, signed(3, 4), positive(3, 4));
    c.unary(Arithmetic.Neg.class, Tensor::neg, signed(3, 4));
    c.unary(Arithmetic.Sqrt.class, Tensor::sqrt, positive(3, 4));
    c.unary(Arithmetic.Rsqrt.class, Tensor::rsqrt, positive(3, 4));
    c.unary(Arithmetic.Reciprocal.class, Tensor::reciprocal, signed(3, 4));
    c.unary(Arithmetic.Abs.class, Tensor::abs, signed(3, 4));
    c.unary(Arithmetic.Step.class, Tensor::floor, signed(3, 4));
  }

  private static void exponential(Catalogue c) {
    c.unary(Exponential.Exp.class, Tensor::exp, signed(3, 4));
    c.unary(Exponential.Expm1.class, Tensor::expm1, signed(3, 4));
    c.unary(Exponential.Log.class, Tensor::log, positive(3, 4));
    c.unary(Exponential.Log1p.class, Tensor::log1p, positive(3, 4));
    c.unary(Exponential.Exp2.class, Tensor::exp2, signed(3, 4));
    c.unary(Exponential.Log2.class, Tensor::log2, positive(3, 4));
    c.unary(Exponential.Log10.class, Tensor::log10, positive(3, 4));
    c.unary(Exponential.Erf.class, Tensor::erf, signed(3, 4));
    c.unary(Exponential.Erfc.class, Tensor::erfc, signed(3, 4));
  }

  private static void trigonometric(Catalogue c) {
    c.unary(Trigonometric.Sin.class, Tensor::sin, signed(3, 4));
    c.unary(Trigonometric.Cos.class, Tensor::cos, signed(3, 4));
    c.unary(Trigonometric.Tan.class, x -> x.mul(0.5).tan(), signed(3, 4));
    c.unary(Trigonometric.Asin.class, x -> x.mul(0.3).asin(), signed(3, 4));
    c.unary(Trigonometric.Acos.class, x -> x.mul(0.3).acos(), signed(3, 4));
    c.unary(Trigonometric.Atan.class, Tensor::atan, signed(3, 4));
    c.unary(Trigonometric.Sinh.class, Tensor::sinh, signed(3, 4));
    c.unary(Trigonometric.Cosh.class, Tensor::cosh, signed(3, 4));
    c.binary(Trigonometric.Atan2.class, Tensor::atan2, signed(3, 4), positive(3, 4));
  }

  private static void activation(Catalogue c) {
    c.unary(Activation.Relu.class, Tensor::relu, signed(3, 4));
    c.unary(Activation.Sigmoid.class, Tensor::sigmoid, signed(3, 4));
    c.unary(Activation.Tanh.class, Tensor::tanh, signed(3, 4));
    // The derivative of relu is constant in y: only dy is checked.
    c.row(
        Activation.ReluGrad.class,
        "derivative",
        in -> Activation.ReluGrad.of(in.getFirst(), signed(3, 4).detach().relu()),
        positive(3, 4));
    c.row(
        Activation.SigmoidGrad.class,
        "derivative",
        in -> Activation.SigmoidGrad.of(in.get(0), in.get(1)),
        signed(3, 4),
        positive(3, 4));
    c.row(
        Activation.TanhGrad.class,
        "derivative",
        in -> Activation.TanhGrad.of(in.get(0), in.get(1)),
        signed(3, 4),
        positive(3, 4));
  }

  private static void fusedActivation(Catalogue c) {
    c.unary(FusedActivation.Silu.class, Tensor::silu, signed(3, 4));
    c.unary(FusedActivation.Gelu.class, Tensor::gelu, signed(3, 4));
    c.unary(FusedActivation.GeluTanh.class, x -> x.gelu(Approximate.TANH), signed(3, 4));
    c.unary(FusedActivation.Mish.class, Tensor::mish, signed(3, 4));
    c.unary(FusedActivation.Softplus.class, Tensor::softplus, signed(3, 4));
    c.unary(FusedActivation.Softplus.class, x -> x.softplus(2, 1), signed(3, 4));
    c.unary(FusedActivation.LogSigmoid.class, Tensor::logsigmoid, signed(3, 4));
    c.unary(FusedActivation.Elu.class, x -> x.elu(0.7), signed(3, 4));
    c.unary(FusedActivation.Elu.class, Tensor::selu, signed(3, 4));
    c.unary(FusedActivation.Elu.class, x -> x.celu(0.7), signed(3, 4));
    c.unary(FusedActivation.Hardswish.class, x -> x.mul(2).hardswish(), signed(3, 4));
  }

  private static void piecewiseActivation(Catalogue c) {
    c.unary(PiecewiseActivation.LeakyRelu.class, x -> x.leakyRelu(0.1), signed(3, 4));
    c.row(
        PiecewiseActivation.LeakyRelu.class,
        "one weight",
        in -> in.get(0).prelu(in.get(1)).square(),
        signed(3, 4),
        positive(1));
    c.row(
        PiecewiseActivation.LeakyRelu.class,
        "a weight per channel",
        in -> in.get(0).prelu(in.get(1)),
        signed(2, 3, 4),
        positive(3));
    c.unary(PiecewiseActivation.Hardtanh.class, x -> x.hardtanh(-1, 1.5), signed(3, 4));
    c.unary(PiecewiseActivation.Hardsigmoid.class, x -> x.mul(2).hardsigmoid(), signed(3, 4));
    c.unary(PiecewiseActivation.Softshrink.class, Tensor::softshrink, signed(3, 4));
  }

  private static void selection(Catalogue c) {
    Tensor condition = signed(3, 4).detach().gt(0);
    c.binary(
        Selection.Where.class,
        (a, b) ->
            Tensor.where(
                a.numel() == 4
                    ? condition.get(0).expand(3, 4)
                    : a.size(0) == 4 ? condition.t() : condition,
                a,
                b),
        signed(3, 4),
        positive(3, 4));
    c.binary(
        Selection.Maximum.class,
        Tensor::maximum,
        signed(3, 4),
        positive(3, 4).mul(0.55).detach().requiresGrad(true));
    c.binary(
        Selection.Minimum.class,
        Tensor::minimum,
        signed(3, 4),
        positive(3, 4).mul(0.55).detach().requiresGrad(true));
    c.unary(Selection.Clamp.class, x -> x.clamp(-1, 1.5), signed(3, 4));
    c.unary(Selection.Clamp.class, x -> x.clamp(Double.NEGATIVE_INFINITY, 0.5), signed(3, 4));
  }

  private static void conversion(Catalogue c) {
    c.unary(Conversion.Copy.class, Tensor::copy, signed(3, 4));
    // To float32 and back would round away the step of a finite difference: the node's derivative
    // is checked by its own test.
    c.row(
        Conversion.Cast.class,
        "from float64",
        in -> in.getFirst().mul(0).to(DType.FLOAT32),
        signed(2));
  }
}
