// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import gradus.DType;
import gradus.Shape;
import gradus.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads a [Program] from a list of numbers. Every list is some program, so that lists can be
/// generated and shrunk without regard to what fits what.
final class ProgramBuilder {
  /// The most that elements and slopes may grow to.
  private static final double LIMIT = 24;

  private static final int MAX_ELEMENTS = 36;

  private final int inputs;
  private final List<Value> values = new ArrayList<>();
  private final List<Program.Step> steps = new ArrayList<>();

  private ProgramBuilder(List<Shape> shapes) {
    inputs = shapes.size();
    for (Shape shape : shapes) {
      values.add(value(shape, new Range(-Program.BOUND, Program.BOUND, 1)));
    }
  }

  /// The numbers that one step is read from.
  ///
  /// @param rule which op, if its operands allow it, else the next one that they allow
  /// @param first which value is the first operand: the newest one for the lower half
  /// @param second where to begin looking for another operand
  /// @param p chooses dimensions
  /// @param q chooses indices
  record Gene(int rule, int first, int second, int p, int q) {}

  /// An input or the result of a step.
  record Value(int place, String name, Shape shape, Range range) {
    int dim() {
      return shape.dim();
    }

    int size(int dim) {
      return shape.size(dim);
    }
  }

  static Program build(List<Shape> inputs, List<Gene> genes) {
    var builder = new ProgramBuilder(inputs);
    genes.forEach(builder::add);
    return new Program(inputs, builder.steps, builder.results());
  }

  private void add(Gene gene) {
    for (int i = 0; i < Rules.ALL.size(); i++) {
      Program.Step step = Rules.ALL.get((gene.rule + i) % Rules.ALL.size()).step(this, gene);
      if (step != null) {
        steps.add(step);
        values.add(value(step.shape(), step.range()));
        return;
      }
    }
    throw new AssertionError("no rule takes " + first(gene));
  }

  private Value value(Shape shape, Range range) {
    return new Value(values.size(), Program.name(values.size(), inputs), shape, range);
  }

  /// The values that no step uses, but for inputs.
  private List<Integer> results() {
    return values.stream()
        .map(Value::place)
        .filter(place -> place >= inputs)
        .filter(place -> steps.stream().noneMatch(step -> step.operands().contains(place)))
        .toList();
  }

  /// The first operand.
  Value first(Gene gene) {
    return values.get(values.size() - 1 - (gene.first < 50 ? 0 : gene.first % values.size()));
  }

  /// Another operand, if some value fits.
  @Nullable Value second(Gene gene, Predicate<Value> fits) {
    for (int i = 0; i < values.size(); i++) {
      Value value = values.get(values.size() - 1 - (gene.second + i) % values.size());
      if (fits.test(value)) {
        return value;
      }
    }
    return null;
  }

  /// The step that applies `op`, unless its result would be too large or too steep.
  Program.@Nullable Step step(
      String expression,
      List<Value> operands,
      Function<List<Tensor>, Tensor> op,
      @Nullable Range range) {
    if (range == null || range.magnitude() > LIMIT || range.slope() > LIMIT) {
      return null;
    }
    Tensor sample =
        op.apply(
            operands.stream().map(v -> Tensor.ones(DType.FLOAT64, v.shape.toArray())).toList());
    return sample.numel() > MAX_ELEMENTS
        ? null
        : new Program.Step(
            expression, operands.stream().map(Value::place).toList(), op, sample.shape(), range);
  }
}
