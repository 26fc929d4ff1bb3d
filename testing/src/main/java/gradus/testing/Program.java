// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import gradus.Shape;
import gradus.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A function of tensors put together from ops at random: see [Programs].
///
/// Its text is Java, so that a failing program can be read, and pasted into a test:
///
/// ```
/// // x0 [2, 3], x1 [3]
/// Tensor v0 = x0.add(x1); // [2, 3]
/// Tensor v1 = v0.tanh(); // [2, 3]
/// Tensor v2 = v1.mul(v0); // [2, 3]
/// return v2;
/// ```
public final class Program implements Function<List<Tensor>, Tensor> {
  /// The bounds that the inputs' elements must keep.
  static final double BOUND = 1.5;

  private final List<Shape> inputs;
  private final List<Step> steps;
  private final List<Integer> results;

  /// @param results the values that no step uses, by their places among inputs and steps
  Program(List<Shape> inputs, List<Step> steps, List<Integer> results) {
    this.inputs = List.copyOf(inputs);
    this.steps = List.copyOf(steps);
    this.results = List.copyOf(results);
  }

  /// One op.
  ///
  /// @param expression its text
  /// @param operands the places of its operands among inputs and steps
  /// @param op the op itself on these operands
  /// @param shape the result's shape
  /// @param range where the result's elements lie
  record Step(
      String expression,
      List<Integer> operands,
      Function<List<Tensor>, Tensor> op,
      Shape shape,
      Range range) {}

  /// A program with inputs to run it on.
  ///
  /// @param program the program
  /// @param inputs float64 tensors of any layout, of the shapes that it takes
  public record Run(Program program, List<Tensor> inputs) {}

  /// Returns the shapes of the inputs.
  public List<Shape> inputs() {
    return inputs;
  }

  /// Returns the number of ops.
  public int size() {
    return steps.size();
  }

  List<Step> steps() {
    return steps;
  }

  /// Returns what the program makes of `arguments`: the value that no step uses or, of several, all
  /// their elements in one dimension.
  ///
  /// @throws IllegalArgumentException if number or shapes of the arguments aren't the inputs'
  @Override
  public Tensor apply(List<Tensor> arguments) {
    List<Tensor> values = values(arguments);
    if (results.size() == 1) {
      return values.get(results.getFirst());
    }
    return Tensor.cat(results.stream().map(r -> values.get(r).flatten()).toList(), 0);
  }

  /// The arguments and what each step makes of them.
  List<Tensor> values(List<Tensor> arguments) {
    if (!arguments.stream().map(Tensor::shape).toList().equals(inputs)) {
      throw new IllegalArgumentException(
          "Program: arguments of shapes %s given, it takes %s"
              .formatted(arguments.stream().map(Tensor::shape).toList(), inputs));
    }
    List<Tensor> values = new ArrayList<>(arguments);
    for (Step step : steps) {
      values.add(step.op.apply(step.operands.stream().map(values::get).toList()));
    }
    return values;
  }

  /// The name of the value at `place` among `inputs` inputs and the steps after them.
  static String name(int place, int inputs) {
    return place < inputs ? "x" + place : "v" + (place - inputs);
  }

  /// Returns the program as Java, one op a line, with the shapes behind.
  @Override
  public String toString() {
    var text = new StringBuilder("//");
    for (int i = 0; i < inputs.size(); i++) {
      text.append(i > 0 ? ", " : " ")
          .append(name(i, inputs.size()))
          .append(' ')
          .append(inputs.get(i));
    }
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      text.append("\nTensor ")
          .append(name(inputs.size() + i, inputs.size()))
          .append(" = ")
          .append(step.expression)
          .append("; // ")
          .append(step.shape);
    }
    List<String> names = results.stream().map(r -> name(r, inputs.size())).toList();
    text.append("\nreturn ");
    if (names.size() == 1) {
      text.append(names.getFirst());
    } else {
      text.append("Tensor.cat(List.of(")
          .append(String.join(".flatten(), ", names))
          .append(".flatten()), 0)");
    }
    return text.append(';').toString();
  }
}
