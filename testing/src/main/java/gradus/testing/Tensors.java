// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import gradus.DType;
import gradus.Tensor;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCases;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;

/// Generated [Tensor]s.
public final class Tensors {
  private Tensors() {}

  /// An op's two inputs.
  ///
  /// @param left the first input
  /// @param right the second input
  public record Pair(Tensor left, Tensor right) {}

  /// Returns float64 tensors, by default between −2 and 2: what gradient checks need.
  public static TensorArbitrary float64() {
    return new TensorArbitrary(DType.FLOAT64, -2, 2);
  }

  /// Returns float32 tensors, by default between −2 and 2.
  public static TensorArbitrary float32() {
    return new TensorArbitrary(DType.FLOAT32, -2, 2);
  }

  /// Returns int64 tensors, by default between −9 and 9.
  public static TensorArbitrary int64() {
    return new TensorArbitrary(DType.INT64, -9, 9);
  }

  /// Returns int64 tensors of indices 0 … size−1.
  ///
  /// @throws IllegalArgumentException if `size` isn't positive
  public static TensorArbitrary indices(int size) {
    return int64().between(0, size - 1);
  }

  /// Returns uint8 tensors, by default between 0 and 255.
  public static TensorArbitrary uint8() {
    return new TensorArbitrary(DType.UINT8, 0, 255);
  }

  /// Returns bool tensors.
  public static TensorArbitrary bool() {
    return new TensorArbitrary(DType.BOOL, 0, 1);
  }

  /// Returns pairs of float64 tensors whose shapes broadcast.
  public static Arbitrary<Pair> pairs() {
    return pairs(Shapes.broadcasting(), float64(), float64());
  }

  /// Returns pairs of tensors of `shapes`, the first one of `left`'s type and values and the second
  /// one of `right`'s.
  public static Arbitrary<Pair> pairs(
      Arbitrary<Shapes.Pair> shapes, TensorArbitrary left, TensorArbitrary right) {
    return new Arbitrary<>() {
      @Override
      public RandomGenerator<Pair> generator(int genSize) {
        RandomGenerator<Shapes.Pair> shape = shapes.generator(genSize);
        return random -> {
          Shrinkable<Shapes.Pair> drawn = shape.next(random);
          return new PairShrinkable(
              drawn,
              left.sample(random, Shrinkable.unshrinkable(drawn.value().left())),
              right.sample(random, Shrinkable.unshrinkable(drawn.value().right())));
        };
      }

      @Override
      public EdgeCases<Pair> edgeCases(int maxEdgeCases) {
        return EdgeCases.none();
      }
    };
  }

  /// Two tensors whose shapes shrink together.
  private record PairShrinkable(
      Shrinkable<Shapes.Pair> shapes, TensorShrinkable left, TensorShrinkable right)
      implements Shrinkable<Pair> {
    @Override
    public Pair value() {
      return new Pair(left.value(), right.value());
    }

    @Override
    public Stream<Shrinkable<Pair>> shrink() {
      Stream<PairShrinkable> smaller =
          shapes.shrink().flatMap(s -> Stream.of(true, false).flatMap(front -> cropped(s, front)));
      Stream<PairShrinkable> simpler =
          Stream.concat(
              left.simpler().map(l -> new PairShrinkable(shapes, l, right)),
              right.simpler().map(r -> new PairShrinkable(shapes, left, r)));
      return Stream.concat(smaller, simpler).map(p -> p);
    }

    private Stream<PairShrinkable> cropped(Shrinkable<Shapes.Pair> to, boolean front) {
      Shapes.Pair pair = to.value();
      return left.cropped(Shrinkable.unshrinkable(pair.left()), front)
          .flatMap(
              l ->
                  right
                      .cropped(Shrinkable.unshrinkable(pair.right()), front)
                      .map(r -> new PairShrinkable(to, l, r)));
    }

    @Override
    public ShrinkingDistance distance() {
      return shapes.distance().append(left.distance()).append(right.distance());
    }
  }
}
