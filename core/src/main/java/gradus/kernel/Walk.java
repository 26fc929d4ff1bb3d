// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// A walk over a shape in row-major order, stretch by stretch: in each stretch every operand
/// advances by one constant step. Dimensions that all operands traverse as one are merged first, so
/// that stretches are as long as they can be.
final class Walk {
  /// Where each operand stands at the start of the present stretch.
  final int[] at;

  /// By how much each operand advances within a stretch.
  final int[] step;

  /// The row-major index of the start of the present stretch, and its length.
  int index;

  int length;

  private final int[] shape;
  private final int[][] strides;
  private final int[] position;
  private final int rank;
  private int next;
  private final int end;

  /// A walk over the row-major indices from `from` to `to` of a shape that is not empty.
  Walk(int[] shape, int[] offsets, int[][] strides, int from, int to) {
    int operands = offsets.length;
    this.shape = new int[Math.max(shape.length, 1)];
    this.strides = new int[operands][this.shape.length];
    this.rank = merge(shape, strides);
    this.position = new int[rank];
    this.step = new int[operands];
    this.at = offsets.clone();
    this.next = from;
    this.end = to;
    for (int o = 0; o < operands; o++) {
      step[o] = this.strides[o][rank - 1];
    }
    int rest = from;
    for (int d = rank - 1; d >= 0; d--) {
      position[d] = rest % this.shape[d];
      rest /= this.shape[d];
      for (int o = 0; o < operands; o++) {
        at[o] += position[d] * this.strides[o][d];
      }
    }
  }

  /// Fills [#shape] and [#strides] with the merged dimensions and returns how many there are.
  private int merge(int[] from, int[][] by) {
    int last = -1;
    for (int d = 0; d < from.length; d++) {
      if (from[d] == 1) {
        continue;
      }
      if (last >= 0 && continues(last, from[d], d, by)) {
        shape[last] *= from[d];
      } else {
        shape[++last] = from[d];
      }
      for (int o = 0; o < by.length; o++) {
        strides[o][last] = by[o][d];
      }
    }
    if (last < 0) {
      shape[0] = 1;
    }
    return Math.max(last + 1, 1);
  }

  private boolean continues(int last, int size, int d, int[][] by) {
    for (int o = 0; o < by.length; o++) {
      if (strides[o][last] != by[o][d] * size) {
        return false;
      }
    }
    return true;
  }

  /// Moves to the next stretch; false where there is none.
  boolean advance() {
    if (length > 0) {
      leave();
    }
    if (next >= end) {
      return false;
    }
    index = next;
    length = Math.min(shape[rank - 1] - position[rank - 1], end - next);
    next += length;
    return true;
  }

  /// Steps over the present stretch, and carries.
  private void leave() {
    move(rank - 1, length);
    for (int d = rank - 1; d > 0 && position[d] == shape[d]; d--) {
      move(d, -shape[d]);
      move(d - 1, 1);
    }
  }

  private void move(int d, int by) {
    position[d] += by;
    for (int o = 0; o < at.length; o++) {
      at[o] += by * strides[o][d];
    }
  }

  /// The number of elements of a shape.
  static int size(int[] shape) {
    int n = 1;
    for (int s : shape) {
      n *= s;
    }
    return n;
  }

  /// 1 where the strides traverse consecutive elements, 0 where they stay on one, else -1.
  static int flat(int[] shape, int[] strides) {
    boolean consecutive = true;
    boolean single = true;
    int expected = 1;
    for (int d = shape.length - 1; d >= 0; d--) {
      if (shape[d] != 1) {
        consecutive &= strides[d] == expected;
        single &= strides[d] == 0;
        expected *= shape[d];
      }
    }
    return consecutive ? 1 : single ? 0 : -1;
  }

  /// How many consecutive elements the strides traverse again and again; 0 where they do something
  /// else.
  static int period(int[] shape, int[] strides) {
    int period = 1;
    boolean again = false;
    for (int d = shape.length - 1; d >= 0; d--) {
      if (shape[d] == 1) {
        continue;
      }
      again |= strides[d] == 0;
      if (strides[d] != (again ? 0 : period)) {
        return 0;
      }
      if (!again) {
        period *= shape[d];
      }
    }
    return period;
  }

  /// The step from one element to the next in row-major order, within the innermost dimension.
  static int innerStep(int[] shape, int[] strides) {
    for (int d = shape.length - 1; d >= 0; d--) {
      if (shape[d] != 1) {
        return strides[d];
      }
    }
    return 1;
  }
}
