// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.stream.IntStream;

/// A shape and random ways to lay operands out over it.
final class Layouts {
  final int[] shape;
  private final Random random;

  private Layouts(int[] shape, Random random) {
    this.shape = shape;
    this.random = random;
  }

  /// Up to four dimensions, mostly small.
  static Layouts random(Random random) {
    int[] shape = new int[random.nextInt(5)];
    for (int d = 0; d < shape.length; d++) {
      shape[d] = random.nextInt(6) == 0 ? 1 + random.nextInt(40) : 1 + random.nextInt(4);
    }
    return new Layouts(shape, random);
  }

  static Layouts of(long seed, int... shape) {
    return new Layouts(shape, new Random(seed));
  }

  /// Strides of a view: dimensions in any order, some broadcast, some with gaps.
  int[] strides() {
    var order = IntStream.range(0, shape.length).boxed().toList().toArray(Integer[]::new);
    if (random.nextBoolean()) {
      Collections.shuffle(Arrays.asList(order), random);
    } else {
      Collections.reverse(Arrays.asList(order));
    }
    var strides = new int[shape.length];
    int next = random.nextInt(4) == 0 ? 2 : 1;
    for (int d : order) {
      if (random.nextInt(4) != 0) {
        strides[d] = next;
        next = next * shape[d] + (random.nextInt(5) == 0 ? 3 : 0);
      }
    }
    return strides;
  }

  int size() {
    return Walk.size(shape);
  }

  /// One more than the greatest offset that the strides reach.
  int extent(int[] strides) {
    int extent = 1;
    for (int d = 0; d < shape.length; d++) {
      extent += Math.max(shape[d] - 1, 0) * strides[d];
    }
    return extent;
  }

  /// The offset of every element, in row-major order.
  int[] offsets(int start, int[] strides) {
    var offsets = new int[size()];
    for (int i = 0; i < offsets.length; i++) {
      int at = start;
      for (int d = shape.length - 1, rest = i; d >= 0; rest /= shape[d--]) {
        at += rest % shape[d] * strides[d];
      }
      offsets[i] = at;
    }
    return offsets;
  }

  @Override
  public String toString() {
    return Arrays.toString(shape);
  }
}
