// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import gradus.DType;
import gradus.Shape;
import gradus.Tensor;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCases;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;

/// Tensors of one type, by default of [any shape][Shapes#any()] and of any layout: contiguous,
/// permuted, narrowed, strided ([Layouts]) or expanded.
///
/// Floating values are multiples of 1/64, which float32 holds exactly, so that a float32 and a
/// float64 tensor can have the same values, and distinct ones are far apart beside the step of a
/// finite difference. Shrinks to smaller shapes, contiguous layouts and values near 0. Tensors are
/// leaves that require no gradient.
///
/// Its methods return a changed copy: `Tensors.float64().of(2, 3).between(0.5, 2)`.
public final class TensorArbitrary implements Arbitrary<Tensor> {
  private final Arbitrary<Shape> shapes;
  private final Values values;
  private final boolean contiguous;

  private TensorArbitrary(Arbitrary<Shape> shapes, Values values, boolean contiguous) {
    this.shapes = shapes;
    this.values = values;
    this.contiguous = contiguous;
  }

  TensorArbitrary(DType dtype, double low, double high) {
    this(Shapes.any(), new Values(dtype, low, high, 0, new double[0], false), false);
  }

  /// Returns tensors of this shape; without sizes, scalars.
  public TensorArbitrary of(int... sizes) {
    return of(Shape.of(sizes));
  }

  /// Returns tensors of this shape.
  public TensorArbitrary of(Shape shape) {
    return of(Arbitraries.just(shape));
  }

  /// Returns tensors of these shapes.
  public TensorArbitrary of(Arbitrary<Shape> ofShapes) {
    return new TensorArbitrary(ofShapes, values, contiguous);
  }

  /// Returns tensors with values in `low` … `high`.
  ///
  /// @throws IllegalArgumentException if the bounds aren't finite
  public TensorArbitrary between(double low, double high) {
    return with(
        new Values(values.dtype(), low, high, values.gap(), values.kinks(), values.distinct()));
  }

  /// Returns tensors without values that are nearer than `gap` to one of `kinks`, places where an
  /// op has no derivative or a very steep one.
  public TensorArbitrary awayFrom(double gap, double... kinks) {
    return with(
        new Values(
            values.dtype(), values.low(), values.high(), gap, kinks.clone(), values.distinct()));
  }

  /// Returns tensors whose elements all differ, so that a largest one is unique.
  public TensorArbitrary distinct() {
    return with(
        new Values(
            values.dtype(), values.low(), values.high(), values.gap(), values.kinks(), true));
  }

  /// Returns contiguous tensors only.
  public TensorArbitrary contiguous() {
    return new TensorArbitrary(shapes, values, true);
  }

  private TensorArbitrary with(Values changed) {
    return new TensorArbitrary(shapes, changed, contiguous);
  }

  @Override
  public RandomGenerator<Tensor> generator(int genSize) {
    RandomGenerator<Shape> shape = shapes.generator(genSize);
    return random -> sample(random, shape.next(random));
  }

  /// A tensor of the shape drawn: one in four contiguous, one in eight expanded.
  TensorShrinkable sample(Random random, Shrinkable<Shape> shape) {
    Shape drawn = shape.value();
    long[] multiples = values.draw(random, drawn.numel());
    boolean plain = contiguous || random.nextInt(4) == 0;
    boolean expanded = !plain && !values.distinct() && drawn.dim() > 0 && random.nextInt(6) == 0;
    return new TensorShrinkable(
        values,
        shape,
        multiples,
        plain ? Layouts.Way.CONTIGUOUS : Layouts.Way.draw(random),
        expanded);
  }

  @Override
  public EdgeCases<Tensor> edgeCases(int maxEdgeCases) {
    return EdgeCases.none();
  }
}
