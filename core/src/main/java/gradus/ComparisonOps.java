// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.Compare;

/// The ops of a [Tensor] that ask something of each element, or each broadcast pair, and answer in
/// bool: nothing to differentiate.
public sealed interface ComparisonOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// A number to compare with: beside integers, a whole one is compared as an integer, since
  /// float32 holds only 24 bits.
  private Tensor bound(double value) {
    boolean whole = !self().dtype().isFloating() && value == (long) value;
    return whole ? Tensor.scalar((long) value) : self().constant(value);
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

  /// Returns bool: this is ∞ or −∞. (PyTorch: `torch.isinf`.)
  default Tensor isInf() {
    return self().dtype().isFloating()
        ? self().detach().abs().eq(Double.POSITIVE_INFINITY)
        : Tensor.zeros(DType.BOOL, self().shape().toArray());
  }

  /// Returns bool: this is neither infinite nor NaN. (PyTorch: `torch.isfinite`.)
  default Tensor isFinite() {
    return self().dtype().isFloating()
        ? self().detach().abs().lt(Double.POSITIVE_INFINITY)
        : Tensor.ones(DType.BOOL, self().shape().toArray());
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

  /// Returns bool: one of both is not 0. (PyTorch: `torch.logical_xor`.)
  default Tensor logicalXor(Tensor other) {
    return self().to(DType.BOOL).ne(other.to(DType.BOOL));
  }

  /// Returns bool: |this − other| ≤ 1e-8 + 1e-5 · |other|. (PyTorch: `torch.isclose`.)
  default Tensor isClose(Tensor other) {
    return isClose(other, 1e-5, 1e-8);
  }

  /// Returns bool: |this − other| ≤ atol + rtol · |other|; equal infinities are close, NaN is close
  /// to nothing.
  ///
  /// @throws IllegalArgumentException if the types differ or a tolerance is negative
  default Tensor isClose(Tensor other, double rtol, double atol) {
    Launch.sameType("isClose", self(), other);
    if (!(rtol >= 0 && atol >= 0)) {
      throw new IllegalArgumentException(
          "isClose: rtol %s and atol %s must not be negative".formatted(rtol, atol));
    }
    Tensor a = self().detach();
    Tensor b = other.detach();
    Tensor near = a.sub(b).abs().le(b.abs().mul(rtol).add(atol)).logicalAnd(b.isFinite());
    return a.eq(b).logicalOr(near);
  }

  /// Returns whether all elements are close, as [#isClose(Tensor)]. (PyTorch: `torch.allclose`.)
  default boolean allClose(Tensor other) {
    return isClose(other).all().item() != 0;
  }

  /// Returns whether all elements are close, as [#isClose(Tensor, double, double)].
  default boolean allClose(Tensor other, double rtol, double atol) {
    return isClose(other, rtol, atol).all().item() != 0;
  }

  /// Returns whether `other` has the same shape and elements. (PyTorch: `torch.equal`.)
  default boolean equal(Tensor other) {
    return self().shape().equals(other.shape()) && eq(other).all().item() != 0;
  }
}
