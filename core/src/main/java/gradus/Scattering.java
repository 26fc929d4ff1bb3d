// SPDX-License-Identifier: Apache-2.0
package gradus;

import java.util.Arrays;
import java.util.List;

/// Scatters that combine what comes to one place, and gathers along a dimension.
final class Scattering {
  private Scattering() {}

  static Tensor takeAlong(Tensor x, Tensor index) {
    return Arrangement.flat(x).gather(0, Arrangement.flat(index));
  }

  static Tensor takeAlong(Tensor x, Tensor index, int dim) {
    int axis = x.shape().axis("takeAlongDim", dim);
    if (x.dim() != index.dim()) {
      throw new IllegalArgumentException(
          "takeAlongDim: the index %s and the tensor %s differ in dimensions"
              .formatted(index.shape(), x.shape()));
    }
    if (x.dim() == 0) {
      return x.gather(axis, index);
    }
    // All dimensions but one broadcast.
    Shape others =
        Shape.broadcast("takeAlongDim", with(x.shape(), axis, 1), with(index.shape(), axis, 1));
    return View.Expand.of(x, with(others, axis, x.size(axis)))
        .gather(axis, View.Expand.of(index, with(others, axis, index.size(axis))));
  }

  private static Shape with(Shape shape, int axis, int size) {
    int[] sizes = shape.toArray();
    sizes[axis] = size;
    return Shape.wrap(sizes);
  }

  /// @param includesSelf whether what is in a place before counts
  static Tensor reduce(
      Tensor x, int dim, Tensor index, Tensor src, ScatterReduce reduce, boolean includesSelf) {
    int axis = x.shape().axis("scatterReduce", dim);
    Launch.sameType("scatterReduce", x, src);
    if (x.dtype() == DType.BOOL || x.dtype() == DType.UINT8) {
      throw new IllegalArgumentException(
          "scatterReduce: %s is not supported; convert with to(DType.INT64)".formatted(x.dtype()));
    }
    Tensor used = Indexing.source("scatterReduce", index, src);
    int[] positions = Positions.of("scatterReduce", x.shape(), axis, index);
    Tensor start = includesSelf ? x : x.scatter(axis, index, neutral(reduce));
    return switch (reduce) {
      case SUM -> start.scatterAdd(axis, index, used);
      case MEAN -> mean(x, start, axis, index, used, includesSelf);
      case PROD -> product(start, used, positions);
      case AMAX, AMIN ->
          Indexing.ScatterExtreme.of(
              start, used, axis, index, positions, reduce == ScatterReduce.AMAX);
    };
  }

  private static double neutral(ScatterReduce reduce) {
    return switch (reduce) {
      case SUM, MEAN -> 0;
      case PROD -> 1;
      case AMAX -> Double.NEGATIVE_INFINITY;
      case AMIN -> Double.POSITIVE_INFINITY;
    };
  }

  private static Tensor mean(
      Tensor x, Tensor start, int axis, Tensor index, Tensor src, boolean includesSelf) {
    Tensor own = Tensor.onesLike(x);
    Tensor count =
        (includesSelf ? own : own.scatter(axis, index, 0))
            .scatterAdd(axis, index, Tensor.onesLike(src))
            .clampMin(1);
    Tensor sum = start.scatterAdd(axis, index, src);
    return x.dtype().isFloating() ? sum.div(count) : sum.div(count, RoundingMode.FLOOR);
  }

  /// All elements in the order of their places, of which each is multiplied by those before it that
  /// go to the same place: by 1, 2, 4, … of them, until all are counted. So derivatives are right
  /// where elements are 0, too.
  private static Tensor product(Tensor x, Tensor src, int[] positions) {
    int n = x.numel();
    int total = Math.addExact(n, positions.length);
    int[] counts = new int[n];
    for (int place : positions) {
      counts[place]++;
    }
    // Each place has a run of elements: its own first, then those that come, in their order.
    long[] order = new long[total];
    long[] ends = new long[n];
    int[] next = new int[n];
    boolean[] begun = new boolean[total];
    int longest = 0;
    for (int place = 0, at = 0; place < n; place++) {
      begun[at] = true;
      order[at] = place;
      next[place] = at + 1;
      at += 1 + counts[place];
      ends[place] = at - 1L;
      longest = Math.max(longest, 1 + counts[place]);
    }
    for (int i = 0; i < positions.length; i++) {
      order[next[positions[i]]++] = (long) n + i;
    }
    Tensor y =
        Tensor.cat(List.of(Arrangement.flat(x), Arrangement.flat(src)), 0)
            .indexSelect(0, Tensor.of(order, total));
    for (int reach = 1; reach < longest; reach *= 2) {
      // Whose run began less than `reach` before is done.
      boolean[] done = Arrays.copyOfRange(begun, reach, total);
      boolean[] wider = begun.clone();
      for (int i = reach; i < total; i++) {
        wider[i] |= begun[i - reach];
      }
      begun = wider;
      Tensor late = y.narrow(0, reach, total - reach);
      Tensor more = y.narrow(0, 0, total - reach).mul(late);
      Tensor rest = Tensor.where(Tensor.of(done, done.length), late, more);
      y = Tensor.cat(List.of(y.narrow(0, 0, reach), rest), 0);
    }
    return View.Reshape.of(y.indexSelect(0, Tensor.of(ends, n)), x.shape());
  }
}
