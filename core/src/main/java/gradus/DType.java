// SPDX-License-Identifier: Apache-2.0
package gradus;

/// The element type of a [Tensor].
///
/// Floating types carry gradients; the others hold indices, masks and images. (PyTorch:
/// `torch.dtype`.)
public enum DType {
  /// 32-bit IEEE 754 floating point, the default.
  FLOAT32("float32", 4, 2),
  /// 64-bit IEEE 754 floating point.
  FLOAT64("float64", 8, 2),
  /// Signed 64-bit integers: indices and labels.
  INT64("int64", 8, 1),
  /// Truth values: masks.
  BOOL("bool", 1, 0),
  /// Unsigned bytes, 0…255: images. Arithmetic wraps, as in PyTorch.
  UINT8("uint8", 1, 1);

  private final String title;
  private final int bytes;
  private final int category;

  DType(String title, int bytes, int category) {
    this.title = title;
    this.bytes = bytes;
    this.category = category;
  }

  /// Returns whether this is [#FLOAT32] or [#FLOAT64].
  public boolean isFloating() {
    return category == 2;
  }

  /// Returns the size of one element in bytes.
  public int bytes() {
    return bytes;
  }

  /// Returns the type that arithmetic between `a` and `b` yields: the higher category of bool <
  /// integer < floating wins, within a category the wider type. (PyTorch: `torch.promote_types`.)
  public static DType promote(DType a, DType b) {
    if (a == b) {
      return a;
    }
    if (a.category != b.category) {
      return a.category > b.category ? a : b;
    }
    return a.bytes > b.bytes ? a : b;
  }

  /// The type of an op's result, with PyTorch's rule that a tensor with dimensions outranks a 0-dim
  /// one of its own category: `float32[3] + float64[]` is float32, `int64[3] + float32[]` is
  /// float32. (PyTorch: `torch.result_type`.)
  static DType resultOf(Tensor a, Tensor b) {
    DType x = a.dtype();
    DType y = b.dtype();
    if (x == y) {
      return x;
    }
    boolean scalarA = a.dim() == 0;
    boolean scalarB = b.dim() == 0;
    if (scalarA != scalarB && x.category == y.category) {
      return scalarA ? y : x;
    }
    return promote(x, y);
  }

  /// Returns PyTorch's name: `float32`, `int64`, ….
  @Override
  public String toString() {
    return title;
  }
}
