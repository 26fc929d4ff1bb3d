// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import static gradus.testing.GradAssertions.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.DType;
import gradus.Shape;
import gradus.Tensor;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.domains.Domain;

@Domain(GradusDomain.class)
class TensorsTest {
  /// A tensor, and the same values laid out in another way.
  record Relaid(Tensor values, Tensor view) {}

  @FixedProperty
  void holdWhatWasAskedFor(@ForAll Tensor x, @ForAll("chosen") Tensor chosen) {
    assertThat(x.dtype()).isEqualTo(DType.FLOAT64);
    assertThat(x.requiresGrad()).isFalse();
    assertThat(DoubleStream.of(x.toDoubleArray()))
        .allSatisfy(v -> assertThat(v).isBetween(-2.0, 2.0))
        .allSatisfy(v -> assertThat(v * 64).isEqualTo(Math.rint(v * 64)));
    assertThat(chosen.dtype()).isEqualTo(DType.FLOAT32);
    assertThat(chosen.shape()).isEqualTo(Shape.of(3, 4));
    assertThat(DoubleStream.of(chosen.toDoubleArray()))
        .doesNotHaveDuplicates()
        .allSatisfy(v -> assertThat(v).isBetween(-1.0, 3.0))
        .allSatisfy(v -> assertThat(Math.abs(v)).isGreaterThanOrEqualTo(0.25))
        .allSatisfy(v -> assertThat(Math.abs(v - 1)).isGreaterThanOrEqualTo(0.25));
  }

  @FixedProperty
  void areOfEveryType(
      @ForAll("int64") Tensor ints, @ForAll("bool") Tensor truths, @ForAll("uint8") Tensor bytes) {
    assertThat(ints.dtype()).isEqualTo(DType.INT64);
    assertThat(LongStream.of(ints.toLongArray())).allSatisfy(v -> assertThat(v).isBetween(0L, 4L));
    assertThat(truths.dtype()).isEqualTo(DType.BOOL);
    assertThat(LongStream.of(truths.toLongArray()))
        .allSatisfy(v -> assertThat(v).isBetween(0L, 1L));
    assertThat(bytes.dtype()).isEqualTo(DType.UINT8);
    assertThat(LongStream.of(bytes.toLongArray()))
        .allSatisfy(v -> assertThat(v).isBetween(0L, 255L));
  }

  @Example
  void areOfEveryLayout() {
    List<Tensor> tensors = some(Tensors.float64().of(2, 3));
    assertThat(tensors).anyMatch(Tensor::isContiguous);
    assertThat(tensors).anyMatch(x -> !x.isContiguous() && x.t().isContiguous());
    assertThat(tensors).anyMatch(x -> !x.isContiguous() && !x.t().isContiguous());
    // Expanded: the columns are one.
    assertThat(tensors)
        .anyMatch(x -> !x.isContiguous() && x.select(1, 0).eq(x.select(1, 2)).all().item() == 1);
    assertThat(some(Tensors.float64().of(2, 3).contiguous())).allMatch(Tensor::isContiguous);
  }

  @FixedProperty
  void layoutsKeepTypesShapesAndValues(@ForAll("relaid") Relaid relaid) {
    assertSameBits(relaid.view(), relaid.values());
    assertSameBits(Layouts.transposed(relaid.view()), relaid.values());
    assertSameBits(Layouts.strided(relaid.view()), relaid.values());
    assertThat(relaid.view().requiresGrad()).isFalse();
  }

  @Example
  void layoutsSurroundValuesWithNan() {
    Tensor x = Tensor.of(new double[] {1, 2, 3, 4}, 2, 2);
    assertThat(Layouts.transposed(x).isContiguous()).isFalse();
    assertThat(Layouts.strided(x).isContiguous()).isFalse();
    Layouts.Way way = new Layouts.Way(1, 0, 2, 3, 1);
    assertSameBits(way.lay(x), x);
    assertSameBits(way.lay(Tensor.scalar(3.0)), Tensor.scalar(3.0));
    // What a reader that ignores the strides would find.
    assertThat(Layouts.strided(Tensor.of(1, 2)).toString()).doesNotContain("nan");
  }

  @FixedProperty
  void pairsHaveTheirShapes(@ForAll Tensors.Pair pair) {
    assertThat(Shapes.broadcast(pair.left().shape(), pair.right().shape())).isPresent();
  }

  @Example
  void shrinkWithoutLosingWhatFails() {
    Predicate<Tensor> fails = x -> DoubleStream.of(x.toDoubleArray()).anyMatch(v -> v > 1);
    var generator = Tensors.float64().generator(1000);
    var random = new Random(5);
    IntStream.range(0, 200)
        .mapToObj(i -> generator.next(random))
        .filter(s -> fails.test(s.value()))
        .map(s -> Shrinking.least(s, fails))
        .forEach(
            least -> {
              assertThat(least.numel()).isEqualTo(1);
              assertThat(least.item()).isEqualTo(1 + 1.0 / 64);
              assertThat(least.isContiguous()).isTrue();
            });
  }

  @Example
  void shrinkToWhatWasAskedFor() {
    var generator = Tensors.float64().of(Shapes.any().rank(2)).between(0.5, 2).generator(1000);
    Tensor least = Shrinking.least(generator.next(new Random(6)), x -> true);
    assertSameBits(least, Tensor.float64(new double[] {0.5}, 1, 1));
    Tensor distinct =
        Shrinking.least(
            Tensors.int64().of(3).distinct().generator(1000).next(new Random(7)), x -> true);
    assertThat(LongStream.of(distinct.toLongArray()))
        .doesNotHaveDuplicates()
        .allSatisfy(v -> assertThat(v).isBetween(-2L, 2L));
  }

  @Example
  void pairsShrinkTogether() {
    Predicate<Tensors.Pair> fails =
        p -> p.left().add(p.right()).toDoubleArray().length > 1 && p.left().max().item() > 0;
    var random = new Random(8);
    var generator = Tensors.pairs().generator(1000);
    Shrinkable<Tensors.Pair> sample =
        Stream.generate(() -> generator.next(random))
            .filter(s -> fails.test(s.value()))
            .findFirst()
            .orElseThrow();
    Tensors.Pair least = Shrinking.least(sample, fails);
    assertThat(least.left().add(least.right()).numel()).isEqualTo(2);
    assertThat(least.left().max().item()).isEqualTo(1.0 / 64);
    assertThat(least.right().abs().sum().item()).isZero();
  }

  @Example
  void refuseWhatThereIsNot() {
    assertThatThrownBy(() -> some(Tensors.int64().of(4, 6).between(0, 9).distinct()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Tensors: 0.0 … 9.0 holds too few multiples of 1.0 for 24 elements that differ");
    assertThatThrownBy(() -> some(Tensors.float64().of(2).between(0, 1).awayFrom(1, 0.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Tensors: 0.0 … 1.0 holds too few multiples of 0.015625 for 2 elements away from [0.5]");
    assertThatThrownBy(() -> some(Tensors.float64().of(1).between(2, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Tensors: 2.0 … 1.0 holds too few multiples of 0.015625 for 1 elements");
    assertThatThrownBy(() -> Tensors.float64().between(0, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Tensors: 0.0 … NaN: the bounds must be finite");
  }

  private static <T> List<T> some(Arbitrary<T> arbitrary) {
    var generator = arbitrary.generator(1000);
    var random = new Random(3);
    return Stream.generate(() -> generator.next(random).value()).limit(200).toList();
  }

  @Provide
  Arbitrary<Tensor> chosen() {
    return Tensors.float32().of(3, 4).between(-1, 3).awayFrom(0.25, 0, 1).distinct();
  }

  @Provide
  Arbitrary<Tensor> int64() {
    return Tensors.indices(5);
  }

  @Provide
  Arbitrary<Tensor> bool() {
    return Tensors.bool();
  }

  @Provide
  Arbitrary<Tensor> uint8() {
    return Tensors.uint8();
  }

  @Provide
  Arbitrary<Relaid> relaid() {
    return Arbitraries.of(
            Tensors.float64(), Tensors.float32(), Tensors.int64(), Tensors.uint8(), Tensors.bool())
        .flatMap(a -> a.of(Shapes.any().orEmpty()).contiguous())
        .flatMap(values -> Layouts.of(values).map(view -> new Relaid(values, view)));
  }
}
