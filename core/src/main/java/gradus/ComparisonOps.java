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
    return self().detach().abs().eq(Double.POSITIVE_INFINITY);
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
}
