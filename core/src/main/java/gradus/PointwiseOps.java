// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.Unary;
import java.util.List;

/// The ops of a [Tensor] that work on each element alone.
///
/// Two tensors broadcast as in PyTorch: sizes are matched from the last dimension, and 1 stretches.
/// Types are promoted by PyTorch's table; a Java number never changes a floating tensor's type.
public sealed interface PointwiseOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// Returns this + other. (PyTorch: `torch.add`.)
  default Tensor add(Tensor other) {
    return Arithmetic.Add.of(self(), other);
  }

  /// Returns this + value.
  default Tensor add(double value) {
    return add(self().constant(value));
  }

  /// Returns this + value; integers stay integers.
  default Tensor add(long value) {
    return add(self().constant(value));
  }

  /// Returns this − other. (PyTorch: `torch.sub`.)
  default Tensor sub(Tensor other) {
    return Arithmetic.Sub.of(self(), other);
  }

  /// Returns this − value.
  default Tensor sub(double value) {
    return sub(self().constant(value));
  }

  /// Returns this − value; integers stay integers.
  default Tensor sub(long value) {
    return sub(self().constant(value));
  }

  /// Returns this · other, element by element. (PyTorch: `torch.mul`.)
  default Tensor mul(Tensor other) {
    return Arithmetic.Mul.of(self(), other);
  }

  /// Returns this · value.
  default Tensor mul(double value) {
    return mul(self().constant(value));
  }

  /// Returns this · value; integers stay integers.
  default Tensor mul(long value) {
    return mul(self().constant(value));
  }

  /// Returns this / other; integers are divided as float32. (PyTorch: `torch.div`.)
  default Tensor div(Tensor other) {
    return Arithmetic.Div.of(self(), other);
  }

  /// Returns this / value.
  default Tensor div(double value) {
    return div(self().constant(value));
  }

  /// Returns this / other as a whole number; integers stay integers. Its derivatives are 0.
  /// (PyTorch: `torch.div` with `rounding_mode`.)
  ///
  /// @throws IllegalArgumentException if an integer is divided by 0, or both are bool
  default Tensor div(Tensor other, RoundingMode mode) {
    return Arithmetic.WholeDiv.of(self(), other, mode);
  }

  /// Returns this / value as a whole number.
  default Tensor div(double value, RoundingMode mode) {
    return div(self().constant(value), mode);
  }

  /// Returns this / value as a whole number; integers stay integers.
  ///
  /// @throws IllegalArgumentException as [#div(Tensor, RoundingMode)]
  default Tensor div(long value, RoundingMode mode) {
    return div(self().constant(value), mode);
  }

  /// Returns what a division toward 0 leaves: this − trunc(this / other) · other, with this one's
  /// sign. (PyTorch: `torch.fmod`.)
  ///
  /// @throws IllegalArgumentException as [#div(Tensor, RoundingMode)]
  default Tensor fmod(Tensor other) {
    return Arithmetic.Remainder.of("fmod", self(), other, RoundingMode.TRUNC);
  }

  /// Returns fmod(this, value).
  default Tensor fmod(double value) {
    return fmod(self().constant(value));
  }

  /// Returns fmod(this, value); integers stay integers.
  ///
  /// @throws IllegalArgumentException as [#div(Tensor, RoundingMode)]
  default Tensor fmod(long value) {
    return fmod(self().constant(value));
  }

  /// Returns what a division rounded down leaves: this − ⌊this / other⌋ · other, with the sign of
  /// `other`, as Python's `%`. (PyTorch: `torch.remainder`.)
  ///
  /// @throws IllegalArgumentException as [#div(Tensor, RoundingMode)]
  default Tensor remainder(Tensor other) {
    return Arithmetic.Remainder.of("remainder", self(), other, RoundingMode.FLOOR);
  }

  /// Returns remainder(this, value).
  default Tensor remainder(double value) {
    return remainder(self().constant(value));
  }

  /// Returns remainder(this, value); integers stay integers.
  ///
  /// @throws IllegalArgumentException as [#div(Tensor, RoundingMode)]
  default Tensor remainder(long value) {
    return remainder(self().constant(value));
  }

  /// Returns −this. (PyTorch: `torch.neg`.)
  default Tensor neg() {
    return Arithmetic.Neg.of(self());
  }

  /// Returns this to the power `exponent`, element by element. (PyTorch: `torch.pow`.)
  default Tensor pow(Tensor exponent) {
    return Arithmetic.Pow.of(self(), exponent);
  }

  /// Returns this to the power `exponent`; integers are taken as float32.
  default Tensor pow(double exponent) {
    return self().dtype().isFloating()
        ? Arithmetic.Power.of(self(), exponent)
        : pow(self().constant(exponent));
  }

  /// Returns this to the power `exponent`; integers stay integers.
  default Tensor pow(long exponent) {
    return self().dtype().isFloating()
        ? Arithmetic.Power.of(self(), (double) exponent)
        : pow(self().constant(exponent));
  }

  /// Returns this · this; of bools, in int64. (PyTorch: `torch.square`.)
  default Tensor square() {
    return self().dtype() == DType.BOOL ? self().to(DType.INT64) : mul(self());
  }

  /// Returns √(this² + other²), without overflow. (PyTorch: `torch.hypot`.)
  default Tensor hypot(Tensor other) {
    return Arithmetic.Hypot.of(self(), other);
  }

  /// Returns this + `weight` · (`end` − this): this at weight 0, `end` at 1. (PyTorch:
  /// `torch.lerp`.)
  default Tensor lerp(Tensor end, Tensor weight) {
    return add(end.sub(self()).mul(weight));
  }

  /// Returns this + `weight` · (`end` − this).
  default Tensor lerp(Tensor end, double weight) {
    return add(end.sub(self()).mul(weight));
  }

  /// Returns this + a · b. (PyTorch: `torch.addcmul`.)
  default Tensor addcmul(Tensor a, Tensor b) {
    return add(a.mul(b));
  }

  /// Returns this + `value` · a · b.
  default Tensor addcmul(Tensor a, Tensor b, double value) {
    return add(a.mul(b).mul(value));
  }

  /// Returns this + a / b. (PyTorch: `torch.addcdiv`.)
  default Tensor addcdiv(Tensor a, Tensor b) {
    return add(a.div(b));
  }

  /// Returns this + `value` · a / b.
  default Tensor addcdiv(Tensor a, Tensor b, double value) {
    return add(a.div(b).mul(value));
  }

  /// Returns √this; NaN for negative numbers. (PyTorch: `torch.sqrt`.)
  default Tensor sqrt() {
    return Arithmetic.Sqrt.of(self());
  }

  /// Returns 1 / √this. (PyTorch: `torch.rsqrt`.)
  default Tensor rsqrt() {
    return Arithmetic.Rsqrt.of(self());
  }

  /// Returns 1 / this. (PyTorch: `torch.reciprocal`.)
  default Tensor reciprocal() {
    return Arithmetic.Reciprocal.of(self());
  }

  /// Returns |this|. (PyTorch: `torch.abs`.)
  default Tensor abs() {
    return Arithmetic.Abs.of(self());
  }

  /// Returns −1, 0 or 1; its derivative is 0. (PyTorch: `torch.sign`.)
  default Tensor sign() {
    return Arithmetic.Step.of(Unary.SIGN, self());
  }

  /// Returns the largest whole number ≤ this; its derivative is 0. (PyTorch: `torch.floor`.)
  default Tensor floor() {
    return Arithmetic.Step.of(Unary.FLOOR, self());
  }

  /// Returns the smallest whole number ≥ this; its derivative is 0. (PyTorch: `torch.ceil`.)
  default Tensor ceil() {
    return Arithmetic.Step.of(Unary.CEIL, self());
  }

  /// Returns the next whole number toward 0; its derivative is 0. (PyTorch: `torch.trunc`.)
  default Tensor trunc() {
    return Arithmetic.Step.of(Unary.TRUNC, self());
  }

  /// Returns the nearest whole number, the even one of two; its derivative is 0. (PyTorch:
  /// `torch.round`.)
  default Tensor round() {
    return Arithmetic.Step.of(Unary.ROUND, self());
  }

  /// Returns ln(e^this + e^other), without overflow. (PyTorch: `torch.logaddexp`.)
  ///
  /// @throws IllegalArgumentException if a type isn't floating
  default Tensor logaddexp(Tensor other) {
    Launch.floating("logaddexp", self());
    Launch.floating("logaddexp", other);
    int[] sizes = Shape.broadcast("logaddexp", self().shape(), other.shape()).toArray();
    return Tensor.stack(List.of(self().expand(sizes), other.expand(sizes)), 0).logsumexp(0);
  }

  /// Returns e to the power of this. (PyTorch: `torch.exp`.)
  default Tensor exp() {
    return Exponential.Exp.of(self());
  }

  /// Returns 2 to the power of this. (PyTorch: `torch.exp2`.)
  default Tensor exp2() {
    return Exponential.Exp2.of(self());
  }

  /// Returns e to the power of this, − 1, exact near 0. (PyTorch: `torch.expm1`.)
  default Tensor expm1() {
    return Exponential.Expm1.of(self());
  }

  /// Returns the natural logarithm. (PyTorch: `torch.log`.)
  default Tensor log() {
    return Exponential.Log.of(self());
  }

  /// Returns the logarithm to base 2. (PyTorch: `torch.log2`.)
  default Tensor log2() {
    return Exponential.Log2.of(self());
  }

  /// Returns the logarithm to base 10. (PyTorch: `torch.log10`.)
  default Tensor log10() {
    return Exponential.Log10.of(self());
  }

  /// Returns the natural logarithm of 1 + this, exact near 0. (PyTorch: `torch.log1p`.)
  default Tensor log1p() {
    return Exponential.Log1p.of(self());
  }

  /// Returns the sine of radians. (PyTorch: `torch.sin`.)
  default Tensor sin() {
    return Trigonometric.Sin.of(self());
  }

  /// Returns the cosine of radians. (PyTorch: `torch.cos`.)
  default Tensor cos() {
    return Trigonometric.Cos.of(self());
  }

  /// Returns the tangent of radians. (PyTorch: `torch.tan`.)
  default Tensor tan() {
    return Trigonometric.Tan.of(self());
  }

  /// Returns the angle in [−π/2, π/2] whose sine is this; NaN beyond ±1. (PyTorch: `torch.asin`.)
  default Tensor asin() {
    return Trigonometric.Asin.of(self());
  }

  /// Returns the angle in [0, π] whose cosine is this; NaN beyond ±1. (PyTorch: `torch.acos`.)
  default Tensor acos() {
    return Trigonometric.Acos.of(self());
  }

  /// Returns the angle in (−π/2, π/2) whose tangent is this. (PyTorch: `torch.atan`.)
  default Tensor atan() {
    return Trigonometric.Atan.of(self());
  }

  /// Returns the angle of the point (other, this) in [−π, π], its sign that of this; integers are
  /// taken as float32. (PyTorch: `torch.atan2`.)
  default Tensor atan2(Tensor other) {
    return Trigonometric.Atan2.of(self(), other);
  }

  /// Returns the hyperbolic sine, (eˣ − e⁻ˣ) / 2. (PyTorch: `torch.sinh`.)
  default Tensor sinh() {
    return Trigonometric.Sinh.of(self());
  }

  /// Returns the hyperbolic cosine, (eˣ + e⁻ˣ) / 2. (PyTorch: `torch.cosh`.)
  default Tensor cosh() {
    return Trigonometric.Cosh.of(self());
  }

  /// Returns the error function, 2/√π · ∫₀ˣ e^(−t²) dt. (PyTorch: `torch.erf`.)
  default Tensor erf() {
    return Exponential.Erf.of(self());
  }

  /// Returns 1 − [#erf()], which keeps its digits where that is close to 1. (PyTorch:
  /// `torch.erfc`.)
  default Tensor erfc() {
    return Exponential.Erfc.of(self());
  }

  /// Returns the larger of each pair, NaN if either is. (PyTorch: `torch.maximum`.)
  default Tensor maximum(Tensor other) {
    return Selection.Maximum.of(self(), other);
  }

  /// Returns the smaller of each pair, NaN if either is. (PyTorch: `torch.minimum`.)
  default Tensor minimum(Tensor other) {
    return Selection.Minimum.of(self(), other);
  }

  /// Returns this held within `low` … `high`; an infinite bound doesn't bind. (PyTorch:
  /// `torch.clamp`.)
  default Tensor clamp(double low, double high) {
    return Selection.Clamp.of(self(), low, high);
  }

  /// Returns this held within `low` … `high`, which broadcast: the smaller of `high` and the larger
  /// of `low` and this. At a bound the gradient is this one's.
  default Tensor clamp(Tensor low, Tensor high) {
    Tensor atLeast = Tensor.where(self().ge(low).logicalOr(self().isNan()), self(), low);
    return Tensor.where(atLeast.le(high).logicalOr(atLeast.isNan()), atLeast, high);
  }

  /// Returns this, but at least `low`. (PyTorch: `torch.clamp(min=…)`.)
  default Tensor clampMin(double low) {
    return clamp(low, Double.POSITIVE_INFINITY);
  }

  /// Returns this, but at most `high`. (PyTorch: `torch.clamp(max=…)`.)
  default Tensor clampMax(double high) {
    return clamp(Double.NEGATIVE_INFINITY, high);
  }

  /// Returns this with 0 for NaN and the largest and smallest number of the type for ∞ and −∞. The
  /// derivative there is 0. (PyTorch: `torch.nan_to_num`.)
  default Tensor nanToNum() {
    double most = self().dtype() == DType.FLOAT64 ? Double.MAX_VALUE : Float.MAX_VALUE;
    return nanToNum(0, most, -most);
  }

  /// Returns this with `nan` for NaN, `posinf` for ∞ and `neginf` for −∞.
  default Tensor nanToNum(double nan, double posinf, double neginf) {
    Tensor x = self();
    if (!x.dtype().isFloating()) {
      return x;
    }
    x = x.maskedFill(x.isNan(), nan);
    x = x.maskedFill(x.eq(Double.POSITIVE_INFINITY), posinf);
    return x.maskedFill(x.eq(Double.NEGATIVE_INFINITY), neginf);
  }

  /// Returns the same values as another type; this itself if it has it. (PyTorch: `Tensor.to`.)
  default Tensor to(DType dtype) {
    return Conversion.Cast.of(self(), dtype);
  }

  /// Returns a contiguous copy, which gradients flow through. (PyTorch: `Tensor.clone`.)
  default Tensor copy() {
    return Conversion.Copy.of(self());
  }

  /// Returns this if it is contiguous, else a contiguous copy. (PyTorch: `Tensor.contiguous`.)
  default Tensor contiguous() {
    return self().isContiguous() ? self() : copy();
  }
}
