// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.Compare;
import gradus.kernel.Unary;

/// The ops of a [Tensor] that work on each element alone.
///
/// Two tensors broadcast as in PyTorch: sizes are matched from the last dimension, and 1 stretches.
/// Types are promoted by PyTorch's table; a Java number never changes a floating tensor's type.
public sealed interface PointwiseOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// A number to compare with: beside integers, a whole one is compared as an integer, since
  /// float32 holds only 24 bits.
  private Tensor bound(double value) {
    boolean whole = !self().dtype().isFloating() && value == (long) value;
    return whole ? Tensor.scalar((long) value) : self().constant(value);
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

  /// Returns −this. (PyTorch: `torch.neg`.)
  default Tensor neg() {
    return Arithmetic.Neg.of(self());
  }

  /// Returns this to the power `exponent`, element by element. (PyTorch: `torch.pow`.)
  default Tensor pow(Tensor exponent) {
    return Arithmetic.Pow.of(self(), exponent);
  }

  /// Returns this to the power `exponent`.
  default Tensor pow(double exponent) {
    return exponent == 2 ? square() : pow(self().constant(exponent));
  }

  /// Returns this · this. (PyTorch: `torch.square`.)
  default Tensor square() {
    return mul(self());
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

  /// Returns the nearest whole number, the even one of two; its derivative is 0. (PyTorch:
  /// `torch.round`.)
  default Tensor round() {
    return Arithmetic.Step.of(Unary.ROUND, self());
  }

  /// Returns e to the power of this. (PyTorch: `torch.exp`.)
  default Tensor exp() {
    return Exponential.Exp.of(self());
  }

  /// Returns e to the power of this, − 1, exact near 0. (PyTorch: `torch.expm1`.)
  default Tensor expm1() {
    return Exponential.Expm1.of(self());
  }

  /// Returns the natural logarithm. (PyTorch: `torch.log`.)
  default Tensor log() {
    return Exponential.Log.of(self());
  }

  /// Returns the natural logarithm of 1 + this, exact near 0. (PyTorch: `torch.log1p`.)
  default Tensor log1p() {
    return Exponential.Log1p.of(self());
  }

  /// Returns the sine of radians. (PyTorch: `torch.sin`.)
  default Tensor sin() {
    return Exponential.Sin.of(self());
  }

  /// Returns the cosine of radians. (PyTorch: `torch.cos`.)
  default Tensor cos() {
    return Exponential.Cos.of(self());
  }

  /// Returns the error function, 2/√π · ∫₀ˣ e^(−t²) dt. (PyTorch: `torch.erf`.)
  default Tensor erf() {
    return Exponential.Erf.of(self());
  }

  /// Returns max(this, 0). (PyTorch: `torch.relu`.)
  default Tensor relu() {
    return Activation.Relu.of(self());
  }

  /// Returns this where it is positive, else `slope` · this. (PyTorch:
  /// `torch.nn.functional.leaky_relu`.)
  default Tensor leakyRelu(double slope) {
    return Activation.LeakyRelu.of(self(), slope);
  }

  /// Returns 1 / (1 + e^−this). (PyTorch: `torch.sigmoid`.)
  default Tensor sigmoid() {
    return Activation.Sigmoid.of(self());
  }

  /// Returns the hyperbolic tangent. (PyTorch: `torch.tanh`.)
  default Tensor tanh() {
    return Activation.Tanh.of(self());
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

  /// Returns bool: this = other. (PyTorch: `torch.eq`.)
  default Tensor eq(Tensor other) {
    return Launch.compare(Compare.EQ, "eq", self(), other);
  }

  /// Returns bool: this = value.
  default Tensor eq(double value) {
    return eq(bound(value));
  }

  /// Returns bool: this ≠ other. (PyTorch: `torch.ne`.)
  default Tensor ne(Tensor other) {
    return Launch.compare(Compare.NE, "ne", self(), other);
  }

  /// Returns bool: this ≠ value.
  default Tensor ne(double value) {
    return ne(bound(value));
  }

  /// Returns bool: this < other. (PyTorch: `torch.lt`.)
  default Tensor lt(Tensor other) {
    return Launch.compare(Compare.LT, "lt", self(), other);
  }

  /// Returns bool: this < value.
  default Tensor lt(double value) {
    return lt(bound(value));
  }

  /// Returns bool: this ≤ other. (PyTorch: `torch.le`.)
  default Tensor le(Tensor other) {
    return Launch.compare(Compare.LE, "le", self(), other);
  }

  /// Returns bool: this ≤ value.
  default Tensor le(double value) {
    return le(bound(value));
  }

  /// Returns bool: this > other. (PyTorch: `torch.gt`.)
  default Tensor gt(Tensor other) {
    return Launch.compare(Compare.GT, "gt", self(), other);
  }

  /// Returns bool: this > value.
  default Tensor gt(double value) {
    return gt(bound(value));
  }

  /// Returns bool: this ≥ other. (PyTorch: `torch.ge`.)
  default Tensor ge(Tensor other) {
    return Launch.compare(Compare.GE, "ge", self(), other);
  }

  /// Returns bool: this ≥ value.
  default Tensor ge(double value) {
    return ge(bound(value));
  }

  /// Returns bool: this is not a number. (PyTorch: `torch.isnan`.)
  default Tensor isNan() {
    return ne(self());
  }

  /// Returns bool: this is neither infinite nor NaN. (PyTorch: `torch.isfinite`.)
  default Tensor isFinite() {
    return self().detach().abs().lt(Double.POSITIVE_INFINITY);
  }

  /// Returns bool: this is 0. (PyTorch: `torch.logical_not`.)
  default Tensor logicalNot() {
    return eq(0);
  }

  /// Returns bool: both are not 0. (PyTorch: `torch.logical_and`.)
  default Tensor logicalAnd(Tensor other) {
    return self().to(DType.BOOL).mul(other.to(DType.BOOL));
  }

  /// Returns bool: either is not 0. (PyTorch: `torch.logical_or`.)
  default Tensor logicalOr(Tensor other) {
    return self().to(DType.BOOL).add(other.to(DType.BOOL));
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
