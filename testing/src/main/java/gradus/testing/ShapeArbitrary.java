// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import gradus.Shape;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.ArbitraryDecorator;

/// Shapes within bounds: by default 0 to 4 dimensions of sizes 1 to 4 and at most 24 elements,
/// since a gradient check evaluates the op a few times for each element. Shrinks to fewer and
/// smaller dimensions.
///
/// Its methods return a changed copy: `Shapes.any().rank(2).orEmpty()`.
public final class ShapeArbitrary extends ArbitraryDecorator<Shape> {
  private int minRank = 0;
  private int maxRank = 4;
  private int minSize = 1;
  private int maxSize = 4;
  private int maxElements = 24;
  private boolean empty;

  ShapeArbitrary() {}

  /// Returns shapes of exactly `rank` dimensions.
  ///
  /// @throws IllegalArgumentException if it is negative
  public ShapeArbitrary rank(int rank) {
    return rank(rank, rank);
  }

  /// Returns shapes of `min` to `max` dimensions; 0 is a scalar's number.
  ///
  /// @throws IllegalArgumentException unless 0 ≤ min ≤ max
  public ShapeArbitrary rank(int min, int max) {
    checkRange("rank", 0, min, max);
    ShapeArbitrary changed = typedClone();
    changed.minRank = min;
    changed.maxRank = max;
    return changed;
  }

  /// Returns shapes whose dimensions have sizes of `min` to `max`.
  ///
  /// @throws IllegalArgumentException unless 1 ≤ min ≤ max; for sizes of 0 see [#orEmpty()]
  public ShapeArbitrary sizes(int min, int max) {
    checkRange("sizes", 1, min, max);
    ShapeArbitrary changed = typedClone();
    changed.minSize = min;
    changed.maxSize = max;
    return changed;
  }

  /// Returns shapes of at most `max` elements.
  ///
  /// @throws IllegalArgumentException if it isn't positive
  public ShapeArbitrary elements(int max) {
    checkRange("elements", 1, max, max);
    ShapeArbitrary changed = typedClone();
    changed.maxElements = max;
    return changed;
  }

  /// Returns shapes of which some have a dimension of size 0.
  public ShapeArbitrary orEmpty() {
    ShapeArbitrary changed = typedClone();
    changed.empty = true;
    return changed;
  }

  @Override
  protected Arbitrary<Shape> arbitrary() {
    if (!empty && StrictMath.pow(minSize, minRank) > maxElements) {
      throw new IllegalArgumentException(
          "Shapes: %d dimensions of size %d have more than %d elements; raise elements(…)"
              .formatted(minRank, minSize, maxElements));
    }
    Arbitrary<Integer> size =
        Arbitraries.integers()
            .between(minSize, maxSize)
            .withDistribution(RandomDistribution.uniform());
    if (empty) {
      size = Arbitraries.frequencyOf(Tuple.of(12, size), Tuple.of(1, Arbitraries.just(0)));
    }
    return size.list()
        .ofMinSize(minRank)
        .ofMaxSize(maxRank)
        .map(sizes -> sizes.stream().mapToInt(Integer::intValue).toArray())
        .filter(this::fits)
        .map(Shape::of);
  }

  private boolean fits(int[] sizes) {
    long elements = 1;
    for (int size : sizes) {
      elements = Math.min(elements * size, Integer.MAX_VALUE);
    }
    return elements <= maxElements;
  }

  private static void checkRange(String what, int least, int min, int max) {
    if (min < least || max < min) {
      throw new IllegalArgumentException(
          "Shapes: %s %d … %d: expected %d ≤ min ≤ max".formatted(what, min, max, least));
    }
  }
}
