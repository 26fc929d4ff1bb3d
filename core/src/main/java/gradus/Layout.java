// SPDX-License-Identifier: Apache-2.0
package gradus;

import org.jspecify.annotations.Nullable;

/// Where a tensor's elements lie in its storage: element (i, j, …) is at `offset + i·strides[0] +
/// j·strides[1] + …`.
///
/// Immutable and shared between tensors; all views are made here.
final class Layout {
  final Shape shape;
  final int[] strides;
  final int offset;
  final boolean contiguous;

  Layout(Shape shape, int[] strides, int offset) {
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
    this.contiguous = isRowMajor(shape, strides);
  }

  static int[] rowMajor(int[] sizes) {
    int[] strides = new int[sizes.length];
    int step = 1;
    for (int d = sizes.length - 1; d >= 0; d--) {
      strides[d] = step;
      step *= Math.max(sizes[d], 1);
    }
    return strides;
  }

  private static boolean isRowMajor(Shape shape, int[] strides) {
    if (shape.numel() == 0) {
      return true;
    }
    int step = 1;
    for (int d = strides.length - 1; d >= 0; d--) {
      int size = shape.sizes[d];
      if (size != 1 && strides[d] != step) {
        return false;
      }
      step *= size;
    }
    return true;
  }

  /// Dimension `d` of the result is dimension `dims[d]` of this.
  Layout permute(int[] dims) {
    int[] sizes = new int[dims.length];
    int[] steps = new int[dims.length];
    for (int d = 0; d < dims.length; d++) {
      sizes[d] = shape.sizes[dims[d]];
      steps[d] = strides[dims[d]];
    }
    return new Layout(Shape.wrap(sizes), steps, offset);
  }

  /// This, repeated without a copy: new dimensions in front and dimensions of size 1 get stride 0.
  Layout expand(Shape to) {
    int extra = to.dim() - shape.dim();
    int[] steps = new int[to.dim()];
    for (int d = 0; d < shape.dim(); d++) {
      steps[extra + d] = shape.sizes[d] == to.sizes[extra + d] ? strides[d] : 0;
    }
    return new Layout(to, steps, offset);
  }

  /// The strides of [#expand(Shape)] alone: what a kernel needs to read this as if it had shape
  /// `to`.
  int[] stridesFor(Shape to) {
    return to.equals(shape) ? strides : expand(to).strides;
  }

  /// Indices `start`, `start + step`, … (`length` of them) of dimension `axis`.
  Layout narrow(int axis, int start, int length, int step) {
    int[] sizes = shape.toArray();
    sizes[axis] = length;
    int[] steps = strides.clone();
    steps[axis] *= step;
    Shape part = Shape.wrap(sizes);
    // Nothing is read of an empty view, so that it may start anywhere: best within the storage.
    return new Layout(part, steps, part.numel() == 0 ? offset : offset + start * strides[axis]);
  }

  /// The same elements in the same row-major order under another shape, or null where that needs a
  /// copy.
  @Nullable Layout reshape(Shape to) {
    if (contiguous) {
      return offset == 0 ? to.contiguous() : new Layout(to, to.contiguous().strides, offset);
    }
    // Runs of dimensions that lie one after another in memory; sizes of 1 don't matter.
    int[] size = new int[shape.dim()];
    int[] step = new int[shape.dim()];
    int runs = 0;
    for (int d = 0; d < shape.dim(); d++) {
      int s = shape.sizes[d];
      if (s == 1) {
        continue;
      }
      if (runs > 0 && step[runs - 1] == s * strides[d]) {
        size[runs - 1] *= s;
        step[runs - 1] = strides[d];
      } else {
        size[runs] = s;
        step[runs++] = strides[d];
      }
    }
    // Cut the runs into the new dimensions, innermost first.
    int[] steps = new int[to.dim()];
    int run = runs;
    int left = 1;
    int stride = 1;
    for (int d = to.dim() - 1; d >= 0; d--) {
      int s = to.sizes[d];
      if (s != 1 && left == 1) {
        run--;
        left = size[run];
        stride = step[run];
      }
      if (left % s != 0) {
        return null;
      }
      steps[d] = stride;
      stride *= s;
      left /= s;
    }
    return new Layout(to, steps, offset);
  }
}
