// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.Dims;
import gradus.Shape;
import gradus.Tensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;

@Domain(GradusDomain.class)
class ShapesTest {
  /// A shape, an axis, axes, an order and another shape of it.
  record Parts(Shape shape, int axis, List<Integer> axes, List<Integer> order, Shape other) {}

  @FixedProperty
  void stayWithinTheirBounds(
      @ForAll Shape shape, @ForAll("bounded") Shape bounded, @ForAll("maybeEmpty") Shape empty) {
    assertThat(shape.dim()).isLessThanOrEqualTo(4);
    assertThat(shape.numel()).isBetween(1, 24);
    assertThat(bounded.dim()).isBetween(2, 3);
    assertThat(IntStream.of(bounded.toArray()))
        .allSatisfy(size -> assertThat(size).isBetween(2, 5));
    assertThat(bounded.numel()).isLessThanOrEqualTo(60);
    assertThat(IntStream.of(empty.toArray())).allSatisfy(size -> assertThat(size).isBetween(0, 4));
  }

  @Example
  void includeWhatIsEasilyForgotten() {
    List<Shape> shapes = some(Shapes.any());
    assertThat(shapes).contains(Shape.of(), Shape.of(1));
    assertThat(shapes).anyMatch(s -> s.dim() == 4);
    assertThat(shapes).anyMatch(s -> s.dim() == 3 && s.size(1) == 1 && s.numel() > 1);
    assertThat(shapes).noneMatch(s -> s.numel() == 0);
    assertThat(some(Shapes.any().orEmpty())).anyMatch(s -> s.numel() == 0);
  }

  @FixedProperty
  void pairsBroadcast(@ForAll Shapes.Pair pair) {
    Tensor sum = ones(pair.left()).add(ones(pair.right()));
    assertThat(sum.shape()).isEqualTo(pair.result());
    assertThat(Shapes.broadcast(pair.left(), pair.right())).contains(pair.result());
  }

  @Example
  void pairsBroadcastBothWays() {
    List<Shapes.Pair> pairs = some(Shapes.broadcasting());
    assertThat(pairs).anyMatch(p -> p.left().equals(p.right()));
    assertThat(pairs).anyMatch(p -> p.left().dim() < p.right().dim());
    assertThat(pairs).anyMatch(p -> p.left().dim() > p.right().dim());
    assertThat(pairs).anyMatch(p -> !p.left().equals(p.result()) && !p.right().equals(p.result()));
    assertThat(Shapes.broadcast(Shape.of(2, 3), Shape.of(2))).isEmpty();
  }

  @FixedProperty
  void productsMultiply(@ForAll("products") Shapes.Pair pair) {
    assertThat(ones(pair.left()).matmul(ones(pair.right())).shape()).isEqualTo(pair.result());
  }

  @Example
  void productsAreOfEveryKind() {
    Set<String> kinds = new HashSet<>();
    some(Shapes.products()).forEach(p -> kinds.add(p.left().dim() + " " + p.right().dim()));
    assertThat(kinds).contains("1 1", "1 2", "2 1", "2 2", "3 2", "2 3", "3 3", "4 3");
  }

  @FixedProperty
  void partsBelongToTheirShape(@ForAll("parts") Parts parts) {
    int n = parts.shape.dim();
    assertThat(parts.axis).isBetween(-Math.max(n, 1), Math.max(n, 1) - 1);
    assertThat(parts.axes.stream().map(d -> d < 0 ? d + n : d))
        .doesNotHaveDuplicates()
        .allSatisfy(d -> assertThat(d).isBetween(0, n - 1));
    assertThat(parts.order)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, n).boxed().toList());
    assertThat(parts.other.numel()).isEqualTo(parts.shape.numel());
  }

  @Example
  void ordersAreAllThereAre() {
    Set<List<Integer>> orders = new HashSet<>();
    for (int number = 0; number < 24; number++) {
      orders.add(list(Shapes.order(4, number)));
    }
    assertThat(orders).hasSize(24);
    assertThat(Shapes.order(3, 0)).containsExactly(0, 1, 2);
    assertThat(Shapes.order(3, 6 + 5)).containsExactly(2, 1, 0);
    assertThat(Shapes.order(0, 17)).isEmpty();
  }

  @Example
  void reshapesAreOfAnyRank() {
    List<Shape> reshapes = some(Shapes.reshapes(Shape.of(2, 3)));
    assertThat(reshapes)
        .contains(Shape.of(6), Shape.of(6, 1), Shape.of(1, 2, 3), Shape.of(1, 1, 3, 2));
    assertThat(some(Shapes.reshapes(Shape.of()))).contains(Shape.of(), Shape.of(1, 1, 1, 1));
  }

  @Example
  void dimsReduceSomeAllOrNone() {
    Tensor x = Tensor.ones(2, 3, 1);
    Set<Shape> results = new HashSet<>();
    for (Dims dims : some(Shapes.dims(x.shape()))) {
      results.add(x.sum(dims).shape());
    }
    assertThat(results)
        .contains(Shape.of(), Shape.of(3), Shape.of(2), Shape.of(1), Shape.of(3, 1))
        .contains(Shape.of(1, 1, 1), Shape.of(2, 1, 1), Shape.of(2, 3, 1));
  }

  @Example
  void shrinkToScalars() {
    var generator = Shapes.any().generator(1000);
    assertThat(Shrinking.least(generator.next(new Random(1)), s -> true)).isEqualTo(Shape.of());
    var large =
        Stream.generate(() -> generator.next(new Random(4))).limit(1).findFirst().orElseThrow();
    assertThat(Shrinking.least(large, s -> s.dim() > 1 && s.size(1) > 1)).isEqualTo(Shape.of(1, 2));
  }

  @Example
  void refuseImpossibleBounds() {
    refuse("Shapes: rank 3 … 2: expected 0 ≤ min ≤ max", () -> Shapes.any().rank(3, 2));
    refuse("Shapes: rank -1 … -1: expected 0 ≤ min ≤ max", () -> Shapes.any().rank(-1));
    refuse("Shapes: sizes 0 … 2: expected 1 ≤ min ≤ max", () -> Shapes.any().sizes(0, 2));
    refuse("Shapes: elements 0 … 0: expected 1 ≤ min ≤ max", () -> Shapes.any().elements(0));
    refuse(
        "Shapes: 3 dimensions of size 3 have more than 24 elements; raise elements(…)",
        () -> Shapes.any().rank(3).sizes(3, 4).generator(1000));
  }

  private static void refuse(String message, Runnable what) {
    assertThatThrownBy(what::run).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  private static <T> List<T> some(Arbitrary<T> arbitrary) {
    var generator = arbitrary.generator(1000);
    var random = new Random(3);
    return Stream.generate(() -> generator.next(random).value()).limit(500).toList();
  }

  private static Tensor ones(Shape shape) {
    return Tensor.ones(shape.toArray());
  }

  private static List<Integer> list(int[] numbers) {
    return Arrays.stream(numbers).boxed().toList();
  }

  @Provide
  Arbitrary<Shape> bounded() {
    return Shapes.any().rank(2, 3).sizes(2, 5).elements(60);
  }

  @Provide
  Arbitrary<Shape> maybeEmpty() {
    return Shapes.any().orEmpty();
  }

  @Provide
  Arbitrary<Shapes.Pair> products() {
    return Shapes.products();
  }

  @Provide
  Arbitrary<Parts> parts() {
    return Shapes.any()
        .flatMap(
            shape ->
                Combinators.combine(
                        Shapes.axis(shape),
                        Shapes.axes(shape),
                        Shapes.order(shape),
                        Shapes.reshapes(shape))
                    .as(
                        (axis, axes, order, other) ->
                            new Parts(shape, axis, list(axes), list(order), other)));
  }
}
