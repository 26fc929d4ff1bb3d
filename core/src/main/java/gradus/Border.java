// SPDX-License-Identifier: Apache-2.0
package gradus;

import java.util.Arrays;
import java.util.List;

/// What `pad` puts around a tensor: a constant is joined on, everything else picked by index.
final class Border {
  private Border() {}

  static Tensor of(Tensor x, int[] pad, PadMode mode) {
    if (mode == PadMode.CONSTANT) {
      return constant(x, pad, 0);
    }
    check(x, pad);
    Tensor y = x;
    for (int i = 0; i < pad.length; i += 2) {
      if (pad[i] != 0 || pad[i + 1] != 0) {
        y = along(y, x.dim() - 1 - i / 2, pad[i], pad[i + 1], mode);
      }
    }
    return y;
  }

  static Tensor constant(Tensor x, int[] pad, double value) {
    check(x, pad);
    Tensor y = x;
    for (int i = 0; i < pad.length; i += 2) {
      int axis = x.dim() - 1 - i / 2;
      int size = x.size(axis);
      y =
          y.narrow(
              axis, Math.max(-pad[i], 0), size - Math.max(-pad[i], 0) - Math.max(-pad[i + 1], 0));
      if (pad[i] > 0 || pad[i + 1] > 0) {
        y =
            Tensor.cat(
                List.of(block(y, axis, pad[i], value), y, block(y, axis, pad[i + 1], value)), axis);
      }
    }
    return y;
  }

  private static Tensor block(Tensor x, int axis, int length, double value) {
    int[] sizes = x.shape().toArray();
    sizes[axis] = Math.max(length, 0);
    return Tensor.full(x.dtype(), value, Shape.wrap(sizes));
  }

  private static void check(Tensor x, int... pad) {
    if (pad.length % 2 != 0 || pad.length > 2 * x.dim()) {
      throw new IllegalArgumentException(
          "pad: %s by %s: expected two numbers for each of up to %d dimensions, the last one first"
              .formatted(x.shape(), Arrays.toString(pad), x.dim()));
    }
    for (int i = 0; i < pad.length; i += 2) {
      int size = x.size(-1 - i / 2);
      if ((long) size + Math.min(pad[i], 0) + Math.min(pad[i + 1], 0) < 0) {
        throw new IllegalArgumentException(
            "pad: %s by %s: dimension %d of size %d is cut to less than nothing"
                .formatted(x.shape(), Arrays.toString(pad), x.dim() - 1 - i / 2, size));
      }
    }
  }

  private static Tensor along(Tensor x, int axis, int before, int after, PadMode mode) {
    int size = x.size(axis);
    int most =
        switch (mode) {
          case REFLECT -> size - 1;
          case CIRCULAR -> size;
          case REPLICATE, CONSTANT -> size == 0 ? 0 : Integer.MAX_VALUE;
        };
    if (Math.max(before, after) > most) {
      throw new IllegalArgumentException(
          "pad: %s: %d and %d beyond dimension %d of size %d; %s can give at most %d"
              .formatted(x.shape(), before, after, axis, size, mode, Math.max(most, 0)));
    }
    long[] index = new long[Math.addExact(size, Math.addExact(before, after))];
    Arrays.setAll(index, i -> source(i - before, size, mode));
    return Arrangement.pick(x, axis, index);
  }

  /// Where the value at place `i` comes from, which may lie beyond either end.
  private static int source(int i, int size, PadMode mode) {
    return switch (mode) {
      case REFLECT -> i < 0 ? -i : i >= size ? 2 * size - 2 - i : i;
      case CIRCULAR -> Math.floorMod(i, size);
      case REPLICATE, CONSTANT -> Math.clamp(i, 0, size - 1);
    };
  }
}
