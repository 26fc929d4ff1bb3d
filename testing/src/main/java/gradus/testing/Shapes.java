// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import gradus.Dims;
import gradus.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;

/// Generated [Shape]s, pairs of them that fit together, and dimensions of them.
public final class Shapes {
  private Shapes() {}

  /// The shapes of an op's two inputs and of its result.
  ///
  /// @param left the first input's shape
  /// @param right the second input's shape
  /// @param result the result's shape
  public record Pair(Shape left, Shape right, Shape result) {}

  /// Returns shapes within bounds that can be changed: scalars, sizes of 1, up to 4 dimensions.
  public static ShapeArbitrary any() {
    return new ShapeArbitrary();
  }

  /// Returns pairs of shapes that broadcast: left to right, right to left or both ways.
  public static Arbitrary<Pair> broadcasting() {
    return broadcasting(any());
  }

  /// Returns pairs of shapes that broadcast to one of `results`: each dimension of the result is
  /// whole in both inputs, stretched from 1 in either, or a leading one that either lacks.
  public static Arbitrary<Pair> broadcasting(Arbitrary<Shape> results) {
    return results.flatMap(
        result ->
            Combinators.combine(
                    uniform(0, 2).list().ofSize(result.dim()), uniform(-result.dim(), result.dim()))
                .as((stretch, lacking) -> broadcasting(result, stretch, lacking)));
  }

  /// @param stretch for each dimension 1 if the left one is stretched, 2 if the right one, else 0
  /// @param lacking how many leading dimensions the left one lacks, or negated the right one
  private static Pair broadcasting(Shape result, List<Integer> stretch, int lacking) {
    int[] left = result.toArray();
    int[] right = result.toArray();
    for (int d = 0; d < result.dim(); d++) {
      // A leading dimension that one lacks is whole in the other.
      if (d >= lacking && d >= -lacking) {
        left[d] = stretch.get(d) == 1 ? 1 : left[d];
        right[d] = stretch.get(d) == 2 ? 1 : right[d];
      }
    }
    return new Pair(
        Shape.of(Arrays.copyOfRange(left, Math.max(lacking, 0), left.length)),
        Shape.of(Arrays.copyOfRange(right, Math.max(-lacking, 0), right.length)),
        result);
  }

  /// Returns pairs of shapes that `matmul` takes: vectors, matrices, and batches of matrices that
  /// broadcast.
  public static Arbitrary<Pair> products() {
    return Combinators.combine(
            broadcasting(any().rank(0, 2).sizes(1, 2)),
            uniform(1, 3),
            uniform(1, 4),
            uniform(1, 3),
            uniform(0, 5))
        .as(
            (batch, m, k, n, kind) ->
                switch (kind) {
                  case 0 -> new Pair(Shape.of(k), Shape.of(k), Shape.of());
                  case 1 ->
                      new Pair(Shape.of(k), append(batch.right(), k, n), append(batch.right(), n));
                  case 2 ->
                      new Pair(append(batch.left(), m, k), Shape.of(k), append(batch.left(), m));
                  case 3 -> new Pair(Shape.of(m, k), Shape.of(k, n), Shape.of(m, n));
                  default ->
                      new Pair(
                          append(batch.left(), m, k),
                          append(batch.right(), k, n),
                          append(batch.result(), m, n));
                });
  }

  private static Shape append(Shape shape, int... sizes) {
    int[] all = Arrays.copyOf(shape.toArray(), shape.dim() + sizes.length);
    System.arraycopy(sizes, 0, all, shape.dim(), sizes.length);
    return Shape.of(all);
  }

  /// Returns the dimensions of `shape`, counted from the front or, negative, from the end; of a
  /// scalar, as in PyTorch, 0 and −1.
  public static Arbitrary<Integer> axis(Shape shape) {
    int n = Math.max(shape.dim(), 1);
    return uniform(-n, n - 1);
  }

  /// Returns sets of dimensions of `shape`, in any order, counted from the front or from the end;
  /// the empty set, too, which the reductions take for all.
  public static Arbitrary<int[]> axes(Shape shape) {
    return Combinators.combine(
            order(shape), uniform(0, shape.dim()), uniform(0, 1).list().ofSize(shape.dim()))
        .as(
            (order, count, fromEnd) -> {
              int[] axes = Arrays.copyOf(order, count);
              Arrays.setAll(axes, i -> fromEnd.get(i) == 1 ? axes[i] - shape.dim() : axes[i]);
              return axes;
            });
  }

  /// Returns what a reduction of `shape` can run over: [#axes], which vanish or stay as size 1.
  public static Arbitrary<Dims> dims(Shape shape) {
    return Combinators.combine(axes(shape), Arbitraries.of(false, true))
        .as((axes, keep) -> keep ? Dims.keep(axes) : Dims.of(axes));
  }

  /// Returns orders of the dimensions of `shape`, as `permute` takes them; shrinks to their own.
  public static Arbitrary<int[]> order(Shape shape) {
    int orders = 1;
    for (int d = 2; d <= shape.dim(); d++) {
      orders = Math.multiplyExact(orders, d);
    }
    return uniform(0, orders - 1).map(number -> order(shape.dim(), number));
  }

  /// The order that stands at place `number`, modulo how many there are, of the sorted orders of
  /// `n` dimensions.
  static int[] order(int n, int number) {
    List<Integer> left = new ArrayList<>();
    int orders = 1;
    for (int d = 0; d < n; d++) {
      left.add(d);
      orders *= d + 1;
    }
    number %= orders;
    int[] order = new int[n];
    for (int d = 0; d < n; d++) {
      orders /= n - d;
      order[d] = left.remove(/* index */ number / orders);
      number %= orders;
    }
    return order;
  }

  /// Returns shapes of up to 4 dimensions with the elements of `shape`, as `reshape` takes them.
  public static Arbitrary<Shape> reshapes(Shape shape) {
    return Arbitraries.of(factorizations(shape.numel(), 4)).map(Shape::of);
  }

  /// All shapes of at most `maxRank` dimensions with `elements` elements, those of fewer dimensions
  /// first.
  private static List<int[]> factorizations(int elements, int maxRank) {
    List<int[]> found = new ArrayList<>();
    if (elements == 1) {
      found.add(new int[0]);
    }
    List<int[]> rests = List.of(new int[] {elements});
    for (int rank = 1; rank <= maxRank; rank++) {
      found.addAll(rests);
      List<int[]> longer = new ArrayList<>();
      for (int[] sizes : rests) {
        int last = sizes[rank - 1];
        for (int factor = 1; factor <= Math.max(last, 1); factor++) {
          if (last % factor == 0) {
            int[] split = Arrays.copyOf(sizes, rank + 1);
            split[rank - 1] = factor;
            split[rank] = last / factor;
            longer.add(split);
          }
        }
      }
      rests = longer;
    }
    return found;
  }

  /// The shape that `a` and `b` broadcast to, if they do.
  static Optional<Shape> broadcast(Shape a, Shape b) {
    int[] sizes = new int[Math.max(a.dim(), b.dim())];
    for (int d = 1; d <= sizes.length; d++) {
      int x = d <= a.dim() ? a.size(-d) : 1;
      int y = d <= b.dim() ? b.size(-d) : 1;
      if (x != y && x != 1 && y != 1) {
        return Optional.empty();
      }
      sizes[sizes.length - d] = x == 1 ? y : x;
    }
    return Optional.of(Shape.of(sizes));
  }

  /// Whole numbers, each as likely; shrinks to the one nearest to 0.
  static Arbitrary<Integer> uniform(int min, int max) {
    return Arbitraries.integers()
        .between(min, max)
        .withDistribution(RandomDistribution.uniform())
        .withoutEdgeCases();
  }
}
