// SPDX-License-Identifier: Apache-2.0
package gradus;

import java.util.Arrays;

/// The dimensions that a reduction runs over, and whether they stay in the result with size 1.
///
/// `x.mean(Dims.keep(1))` is PyTorch's `x.mean(1, keepdim=True)`.
public final class Dims {
  private static final Dims ALL = new Dims(new int[0], false);

  private final int[] dims;
  private final boolean keep;

  private Dims(int[] dims, boolean keep) {
    this.dims = dims;
    this.keep = keep;
  }

  /// Returns dimensions that vanish from the result; negative ones count from the end; none means
  /// all.
  public static Dims of(int... dims) {
    return dims.length == 0 ? ALL : new Dims(dims.clone(), false);
  }

  /// Returns dimensions that stay with size 1; none means all.
  public static Dims keep(int... dims) {
    return new Dims(dims.clone(), true);
  }

  /// Returns all dimensions, which vanish.
  public static Dims all() {
    return ALL;
  }

  /// Whether the dimensions stay with size 1.
  boolean keeps() {
    return keep;
  }

  /// Whether no dimension is named, which means all.
  boolean isAll() {
    return dims.length == 0;
  }

  /// Which dimensions of `shape` are reduced.
  boolean[] reduced(String op, Shape shape) {
    boolean[] reduced = new boolean[shape.dim()];
    if (dims.length == 0) {
      Arrays.fill(reduced, true);
    }
    for (int dim : dims) {
      int axis = shape.axis(op, dim);
      if (axis < reduced.length) {
        if (reduced[axis]) {
          throw new IllegalArgumentException(
              "%s: %s: dimension %d is named twice".formatted(op, shape, dim));
        }
        reduced[axis] = true;
      }
    }
    return reduced;
  }

  /// Returns the dimensions in brackets.
  @Override
  public String toString() {
    return (keep ? "keep" : "") + (dims.length == 0 ? "all" : Arrays.toString(dims));
  }
}
