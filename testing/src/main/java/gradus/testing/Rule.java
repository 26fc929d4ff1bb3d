// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import gradus.Tensor;
import gradus.testing.ProgramBuilder.Gene;
import gradus.testing.ProgramBuilder.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How an op makes a step of a program: what it needs of its operands, how it is written, and what
/// range it leads to.
@FunctionalInterface
interface Rule {
  /// Returns the step, or null where the op doesn't fit.
  Program.@Nullable Step step(ProgramBuilder builder, Gene gene);

  /// A method of one tensor.
  ///
  /// @param text the call, without the tensor
  /// @param op the method
  /// @param range the result's; null where the method isn't smooth
  record Call(String text, UnaryOperator<Tensor> op, @Nullable Range range) {}

  /// How a method is called along a dimension of `x`, with a number `q` to choose more with.
  @FunctionalInterface
  interface Along {
    @Nullable Call of(Value x, int dim, int q);
  }

  /// What an op makes of its operands' ranges; null where it isn't smooth.
  @FunctionalInterface
  interface Ranges {
    @Nullable Range of(Range a, Range b);
  }

  static Rule unary(String call, UnaryOperator<Tensor> op, Function<Range, @Nullable Range> range) {
    return (b, gene) -> {
      Value x = b.first(gene);
      return one(b, x, new Call(call, op, range.apply(x.range())));
    };
  }

  /// A method along a dimension of a value that has some.
  static Rule along(Along method) {
    return (b, gene) -> {
      Value x = b.first(gene);
      Call call = x.dim() == 0 ? null : method.of(x, gene.p() % x.dim(), gene.q());
      return call == null ? null : one(b, x, call);
    };
  }

  static Rule binary(String name, BinaryOperator<Tensor> op, Ranges ranges) {
    return binary(name, op, ranges, "");
  }

  /// A method of two values, with more arguments behind.
  static Rule binary(String name, BinaryOperator<Tensor> op, Ranges ranges, String more) {
    return (b, gene) -> {
      Value x = b.first(gene);
      Value y =
          b.second(
              gene,
              v ->
                  Shapes.broadcast(x.shape(), v.shape()).isPresent()
                      && ranges.of(x.range(), v.range()) != null);
      if (y == null) {
        return null;
      }
      String text = "%s.%s(%s%s)".formatted(x.name(), name, y.name(), more);
      return two(b, x, y, text, op, ranges.of(x.range(), y.range()));
    };
  }

  static Program.@Nullable Step one(ProgramBuilder b, Value x, Call call) {
    return b.step(
        x.name() + "." + call.text,
        List.of(x),
        operands -> call.op.apply(operands.getFirst()),
        call.range);
  }

  static Program.@Nullable Step two(
      ProgramBuilder b,
      Value x,
      Value y,
      String text,
      BinaryOperator<Tensor> op,
      @Nullable Range range) {
    return b.step(
        text, List.of(x, y), operands -> op.apply(operands.get(0), operands.get(1)), range);
  }

  /// `n` indices below `size`, in no simple order and with repetitions.
  static long[] indices(int size, int n, int q) {
    long[] index = new long[n];
    Arrays.setAll(index, i -> (q + i * (2L + q % 5)) % size);
    return index;
  }

  static String java(long[] index, String sizes) {
    return "Tensor.of(new long[] {%s}%s)"
        .formatted(
            Arrays.stream(index).mapToObj(Long::toString).collect(Collectors.joining(", ")), sizes);
  }

  static String commas(int[] numbers) {
    return Arrays.stream(numbers).mapToObj(Integer::toString).collect(Collectors.joining(", "));
  }

  /// A tensor of the numbers 0 … n − 1, from `first` on and around, times `by`, along dimension
  /// `dim` of `x`. Added to values that lie closer together than `by` it leaves no ties, and keeps
  /// finite differences from changing which is the largest.
  static Tensor steps(Tensor x, int dim, int first, double by) {
    int n = x.size(dim);
    double[] steps = new double[n];
    Arrays.setAll(steps, i -> (i + first) % n * by);
    int[] sizes = new int[x.dim()];
    Arrays.fill(sizes, 1);
    sizes[dim] = n;
    return Tensor.of(steps).to(x.dtype()).reshape(sizes);
  }

  /// As [#steps], as Java.
  static String steps(Value x, int dim, int first, double by) {
    int n = x.size(dim);
    int[] sizes = new int[x.dim()];
    Arrays.fill(sizes, 1);
    sizes[dim] = n;
    List<String> steps = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      steps.add(Double.toString((i + first) % n * by));
    }
    return "Tensor.of(%s).to(%s.dtype()).reshape(%s)"
        .formatted(String.join(", ", steps), x.name(), commas(sizes));
  }
}
