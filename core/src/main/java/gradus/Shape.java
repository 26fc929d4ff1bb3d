// SPDX-License-Identifier: Apache-2.0
package gradus;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The sizes of a [Tensor]'s dimensions; immutable.
///
/// A scalar has no dimensions and prints as `[]`, a matrix of 32 rows and 784 columns as `[32,
/// 784]`. (PyTorch: `torch.Size`.)
public final class Shape {
  static final Shape SCALAR = new Shape(new int[0]);

  /// Read only: a shape is shared by many tensors.
  final int[] sizes;

  private final int numel;
  private @Nullable Layout contiguous;

  private Shape(int[] sizes) {
    int n = 1;
    for (int size : sizes) {
      if (size < 0) {
        throw new IllegalArgumentException(
            "shape: " + Arrays.toString(sizes) + ": a size is negative");
      }
      try {
        n = Math.multiplyExact(n, size);
      } catch (ArithmeticException _) {
        // A zero further on makes the tensor empty whatever the other sizes are.
        if (Arrays.stream(sizes).noneMatch(s -> s == 0)) {
          throw new IllegalArgumentException(
              "shape: %s has more than 2³¹−1 elements, the most that one tensor holds; split it"
                  .formatted(Arrays.toString(sizes)));
        }
        n = 0;
      }
    }
    this.sizes = sizes;
    this.numel = n;
  }

  /// Returns the shape with these sizes.
  ///
  /// @throws IllegalArgumentException if a size is negative or the elements exceed 2³¹−1
  public static Shape of(int... sizes) {
    return sizes.length == 0 ? SCALAR : new Shape(sizes.clone());
  }

  /// As [#of(int...)], without a copy: `sizes` must not be written afterwards.
  static Shape wrap(int... sizes) {
    return sizes.length == 0 ? SCALAR : new Shape(sizes);
  }

  /// Returns the number of dimensions.
  public int dim() {
    return sizes.length;
  }

  /// Returns the size of dimension `dim`; negative dimensions count from the end.
  ///
  /// @throws IllegalArgumentException if there is no such dimension
  public int size(int dim) {
    return sizes[axis("size", dim)];
  }

  /// Returns the number of elements, the product of the sizes (1 for a scalar).
  public int numel() {
    return numel;
  }

  /// Returns the sizes in a new array.
  public int[] toArray() {
    return sizes.clone();
  }

  /// The dimension that `dim` names for `op`, 0 … dim()−1.
  int axis(String op, int dim) {
    int n = sizes.length;
    if (dim < -n || dim >= n) {
      // PyTorch lets a scalar have dimensions 0 and −1.
      if (n == 0 && (dim == 0 || dim == -1)) {
        return 0;
      }
      throw new IllegalArgumentException(
          "%s: %s: dimension %d is out of range; expected %d…%d"
              .formatted(op, this, dim, -Math.max(n, 1), Math.max(n, 1) - 1));
    }
    return dim < 0 ? dim + n : dim;
  }

  /// The row-major layout of a tensor of this shape.
  Layout contiguous() {
    Layout layout = contiguous;
    if (layout == null) {
      // A race makes two equal layouts, which is harmless.
      layout = new Layout(this, Layout.rowMajor(sizes), 0);
      contiguous = layout;
    }
    return layout;
  }

  /// The shape that `op` on `a` and `b` yields under broadcasting.
  static Shape broadcast(String op, Shape a, Shape b) {
    if (a.equals(b)) {
      return a;
    }
    int n = Math.max(a.dim(), b.dim());
    int[] out = new int[n];
    for (int i = 1; i <= n; i++) {
      int x = i <= a.dim() ? a.sizes[a.dim() - i] : 1;
      int y = i <= b.dim() ? b.sizes[b.dim() - i] : 1;
      if (x != y && x != 1 && y != 1) {
        throw new IllegalArgumentException(
            "%s: %s and %s do not broadcast: sizes %d and %d of dimension %d (from the end) differ and neither is 1"
                .formatted(op, a, b, x, y, i));
      }
      out[n - i] = x == 1 ? y : x;
    }
    if (Arrays.equals(out, a.sizes)) {
      return a;
    }
    return Arrays.equals(out, b.sizes) ? b : new Shape(out);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof Shape shape && Arrays.equals(sizes, shape.sizes));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  /// Returns the sizes in brackets, `[32, 784]`.
  @Override
  public String toString() {
    return Arrays.toString(sizes);
  }
}
