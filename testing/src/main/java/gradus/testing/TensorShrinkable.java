// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import gradus.Shape;
import gradus.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;

/// A generated tensor, and how to make it simpler without losing what may have made a test fail: a
/// smaller shape keeps some of the numbers, a simpler layout keeps them all.
///
/// @param expanded whether the first numbers repeat along the last dimension with stride 0
@SuppressWarnings("ArrayRecordComponent") // never compared
record TensorShrinkable(
    Values values, Shrinkable<Shape> shape, long[] multiples, Layouts.Way way, boolean expanded)
    implements Shrinkable<Tensor> {

  @Override
  public Tensor value() {
    Shape whole = shape.value();
    if (!expanded) {
      return way.lay(values.tensor(multiples, whole));
    }
    int[] sizes = whole.toArray();
    sizes[sizes.length - 1] = 1;
    Shape narrow = Shape.of(sizes);
    return way.lay(values.tensor(Arrays.copyOf(multiples, narrow.numel()), narrow))
        .expand(whole.toArray());
  }

  @Override
  public Stream<Shrinkable<Tensor>> shrink() {
    Stream<TensorShrinkable> smaller =
        shape.shrink().flatMap(s -> Stream.of(true, false).flatMap(front -> cropped(s, front)));
    return Stream.concat(smaller, simpler()).map(t -> t);
  }

  /// This with the shape `to`, if that isn't larger: the first numbers or the last ones.
  Stream<TensorShrinkable> cropped(Shrinkable<Shape> to, boolean front) {
    int n = to.value().numel();
    int surplus = multiples.length - n;
    if (surplus < 0) {
      return Stream.empty();
    }
    int from = front ? 0 : surplus;
    return Stream.of(
        new TensorShrinkable(
            values,
            to,
            Arrays.copyOfRange(multiples, from, from + n),
            way,
            expanded && to.value().dim() > 0));
  }

  /// Simpler tensors of the same shape.
  Stream<TensorShrinkable> simpler() {
    Stream<TensorShrinkable> layouts =
        Stream.of(
                new TensorShrinkable(values, shape, multiples, Layouts.Way.CONTIGUOUS, expanded),
                new TensorShrinkable(values, shape, multiples, way, false))
            .filter(t -> t.complexity() < complexity());
    long[] simplest = new long[multiples.length];
    Arrays.fill(simplest, values.simplest());
    Stream<long[]> numbers =
        Stream.concat(
            values.allows(values.simplest()) ? Stream.of(simplest) : Stream.empty(),
            IntStream.range(0, multiples.length)
                .boxed()
                .flatMap(i -> values.simpler(multiples[i]).mapToObj(m -> replaced(i, m))));
    return Stream.concat(
        layouts,
        numbers
            .filter(values::allowTogether)
            .map(m -> new TensorShrinkable(values, shape, m, way, expanded))
            .filter(t -> t.size() < size()));
  }

  private long[] replaced(int i, long multiple) {
    long[] changed = multiples.clone();
    changed[i] = multiple;
    return changed;
  }

  private int complexity() {
    return (way.equals(Layouts.Way.CONTIGUOUS) ? 0 : 1) + (expanded ? 1 : 0);
  }

  /// How far the numbers are from the simplest ones.
  private double size() {
    return LongStream.of(multiples)
        .mapToDouble(m -> Math.abs((double) m - values.simplest()))
        .sum();
  }

  @Override
  public ShrinkingDistance distance() {
    return shape.distance().append(ShrinkingDistance.of(complexity(), (long) size()));
  }
}
