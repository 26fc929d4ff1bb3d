// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import gradus.Dims;
import gradus.Shape;
import gradus.Tensor;
import gradus.testing.ProgramBuilder.Gene;
import gradus.testing.ProgramBuilder.Value;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The ops that programs are made of: what they need of their operands, how they are written, and
/// what range they lead to.
final class Rules {
  /// How an op makes a step, or null where it doesn't fit.
  interface Rule {
    Program.@Nullable Step step(ProgramBuilder builder, Gene gene);
  }

  /// A method of one tensor.
  ///
  /// @param text the call, without the tensor
  /// @param op the method
  /// @param range the result's; null where the method isn't smooth
  private record Call(String text, UnaryOperator<Tensor> op, @Nullable Range range) {}

  /// How a method is called along a dimension of `x`, with a number `q` to choose more with.
  private interface Along {
    @Nullable Call of(Value x, int dim, int q);
  }

  /// What an op makes of its operands' ranges; null where it isn't smooth.
  private interface Ranges {
    @Nullable Range of(Range a, Range b);
  }

  private static final List<Rule> POINTWISE =
      List.of(
          unary("neg()", Tensor::neg, r -> r.into(-r.high(), -r.low(), 1)),
          unary("add(2.0)", x -> x.add(2.0), r -> r.monotone(v -> v + 2, 1)),
          unary("sub(1.25)", x -> x.sub(1.25), r -> r.monotone(v -> v - 1.25, 1)),
          unary("mul(-1.5)", x -> x.mul(-1.5), r -> r.monotone(v -> -1.5 * v, 1.5)),
          unary("div(2.0)", x -> x.div(2.0), r -> r.monotone(v -> v / 2, 0.5)),
          binary("add", Tensor::add, Range::plus),
          binary("sub", Tensor::sub, (a, b) -> a.plus(b.into(-b.high(), -b.low(), 1))),
          binary("mul", Tensor::mul, Range::times),
          binary("div", Tensor::div, Range::over),
          binary("pow", Tensor::pow, Range::pow),
          unary("square()", Tensor::square, Range::square),
          unary("sqrt()", Tensor::sqrt, Range::sqrt),
          unary("rsqrt()", Tensor::rsqrt, Range::rsqrt),
          unary("reciprocal()", Tensor::reciprocal, Range::reciprocal),
          unary("pow(1.5)", x -> x.pow(1.5), r -> r.pow(1.5)),
          unary("exp()", Tensor::exp, Range::exp),
          unary("expm1()", Tensor::expm1, Range::expm1),
          unary("log()", Tensor::log, Range::log),
          unary("log1p()", Tensor::log1p, Range::log1p),
          unary("sin()", Tensor::sin, r -> r.into(-1, 1, 1)),
          unary("cos()", Tensor::cos, r -> r.into(-1, 1, 1)),
          unary("erf()", Tensor::erf, r -> r.into(-1, 1, 1.13)),
          unary("tanh()", Tensor::tanh, r -> r.monotone(StrictMath::tanh, 1)),
          unary("sigmoid()", Tensor::sigmoid, Range::sigmoid),
          unary("abs()", Tensor::abs, r -> r.isAwayFromZero() ? r.monotone(Math::abs, 1) : null),
          unary("relu()", Tensor::relu, r -> r.isPositive() ? r : null),
          unary("leakyRelu(0.1)", x -> x.leakyRelu(0.1), r -> r.isPositive() ? r : null),
          unary("clamp(-24.0, 24.0)", x -> x.clamp(-24, 24), r -> r),
          unary("copy()", Tensor::copy, r -> r),
          Rules::where);

  private static final List<Rule> FOLDING =
      List.of(
          unary("mean()", Tensor::mean, r -> r),
          along((x, d, q) -> new Call("sum(" + d + ")", t -> t.sum(d), x.range().sum(x.size(d)))),
          along((x, d, q) -> new Call("mean(" + d + ")", t -> t.mean(d), x.range())),
          along(
              (x, d, q) ->
                  new Call(
                      "sub(%s.mean(Dims.keep(%d)))".formatted(x.name(), d),
                      t -> t.sub(t.mean(Dims.keep(d))),
                      x.range().centred())),
          along(
              (x, d, q) ->
                  new Call(
                      "var(Dims.keep(" + d + "), 0)",
                      t -> t.var(Dims.keep(d), 0),
                      x.range().variance())),
          along(
              (x, d, q) -> new Call("softmax(" + d + ")", t -> t.softmax(d), x.range().softmax())),
          along(
              (x, d, q) ->
                  new Call(
                      "logSoftmax(" + d + ")",
                      t -> t.logSoftmax(d),
                      x.range().logSoftmax(x.size(d)))),
          along(
              (x, d, q) ->
                  x.dim() < 2
                      ? null
                      : new Call(
                          "batchNorm(null, null, 1.0).output()",
                          t -> t.batchNorm(null, null, 1.0).output(),
                          x.range().batchNorm())),
          Rules::matmul);

  private static final List<Rule> VIEWS =
      List.of(
          unary("squeeze()", Tensor::squeeze, r -> r),
          (b, gene) -> one(b, b.first(gene), expanded(b.first(gene))),
          along((x, d, q) -> new Call("flatten(" + d + ")", t -> t.flatten(d), x.range())),
          along((x, d, q) -> new Call("unsqueeze(" + d + ")", t -> t.unsqueeze(d), x.range())),
          along(
              (x, d, q) -> {
                int other = q % x.dim();
                String text = "transpose(%d, %d)".formatted(d, other);
                return new Call(text, t -> t.transpose(d, other), x.range());
              }),
          along(
              (x, d, q) -> {
                int[] order = new int[x.dim()];
                Arrays.setAll(order, k -> (k + d) % x.dim());
                return new Call("permute(" + commas(order) + ")", t -> t.permute(order), x.range());
              }),
          along(
              (x, d, q) -> {
                int[] sizes = {x.size(d), x.shape().numel() / x.size(d)};
                return new Call("reshape(" + commas(sizes) + ")", t -> t.reshape(sizes), x.range());
              }),
          along(
              (x, d, q) -> {
                int start = q % x.size(d);
                int length = 1 + q % (x.size(d) - start);
                String text = "narrow(%d, %d, %d)".formatted(d, start, length);
                return new Call(text, t -> t.narrow(d, start, length), x.range());
              }),
          along(
              (x, d, q) -> {
                int start = q % Math.min(x.size(d), 2);
                String text = "slice(%d, %d, %d, 2)".formatted(d, start, x.size(d));
                return new Call(text, t -> t.slice(d, start, t.size(d), 2), x.range());
              }),
          along(
              (x, d, q) -> {
                int index = q % x.size(d);
                String text = "select(%d, %d)".formatted(d, index);
                return new Call(text, t -> t.select(d, index), x.range());
              }));

  private static final List<Rule> INDEXING =
      List.of(
          along(
              (x, d, q) -> {
                long[] index = indices(x.size(d), 3, q);
                String text = "indexSelect(%d, %s)".formatted(d, java(index, ""));
                return new Call(text, t -> t.indexSelect(d, Tensor.of(index)), x.range());
              }),
          along(
              (x, d, q) -> {
                long[] index = indices(x.size(d), x.shape().numel(), q);
                int[] sizes = x.shape().toArray();
                String text = "gather(%d, %s)".formatted(d, java(index, ", " + commas(sizes)));
                return new Call(text, t -> t.gather(d, Tensor.of(index, sizes)), x.range());
              }),
          Rules::scatterAdd,
          Rules::cat,
          Rules::stack);

  /// Simple ones first: programs shrink toward these.
  static final List<Rule> ALL =
      Stream.of(POINTWISE, FOLDING, VIEWS, INDEXING).flatMap(List::stream).toList();

  private Rules() {}

  private static Rule unary(
      String call, UnaryOperator<Tensor> op, Function<Range, @Nullable Range> range) {
    return (b, gene) -> {
      Value x = b.first(gene);
      return one(b, x, new Call(call, op, range.apply(x.range())));
    };
  }

  /// A method along a dimension of a value that has some.
  private static Rule along(Along method) {
    return (b, gene) -> {
      Value x = b.first(gene);
      Call call = x.dim() == 0 ? null : method.of(x, gene.p() % x.dim(), gene.q());
      return call == null ? null : one(b, x, call);
    };
  }

  private static Rule binary(String name, BinaryOperator<Tensor> op, Ranges ranges) {
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
      String text = "%s.%s(%s)".formatted(x.name(), name, y.name());
      return two(b, x, y, text, op, ranges.of(x.range(), y.range()));
    };
  }

  private static Program.@Nullable Step one(ProgramBuilder b, Value x, Call call) {
    return b.step(
        x.name() + "." + call.text,
        List.of(x),
        operands -> call.op.apply(operands.getFirst()),
        call.range);
  }

  private static Program.@Nullable Step two(
      ProgramBuilder b,
      Value x,
      Value y,
      String text,
      BinaryOperator<Tensor> op,
      @Nullable Range range) {
    return b.step(
        text, List.of(x, y), operands -> op.apply(operands.get(0), operands.get(1)), range);
  }

  private static Call expanded(Value x) {
    int[] sizes = new int[x.dim() + 1];
    sizes[0] = 2;
    System.arraycopy(x.shape().toArray(), 0, sizes, 1, x.dim());
    return new Call("expand(" + commas(sizes) + ")", t -> t.expand(sizes), x.range());
  }

  private static Program.@Nullable Step where(ProgramBuilder b, Gene gene) {
    Value x = b.first(gene);
    Value y = b.second(gene, v -> Shapes.broadcast(x.shape(), v.shape()).isPresent());
    if (y == null) {
      return null;
    }
    int[] sizes = x.shape().toArray();
    boolean[] mask = new boolean[x.shape().numel()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (i + gene.q()) % 3 > 0;
    }
    String text = Arrays.toString(mask).replace('[', '{').replace(']', '}');
    return two(
        b,
        x,
        y,
        "Tensor.where(Tensor.of(new boolean[] %s).reshape(%s), %s, %s)"
            .formatted(text, commas(sizes), x.name(), y.name()),
        (s, t) -> Tensor.where(Tensor.of(mask).reshape(sizes), s, t),
        x.range().or(y.range()));
  }

  /// A product with a value that fits, or with the transpose of the value itself.
  private static Program.@Nullable Step matmul(ProgramBuilder b, Gene gene) {
    Value x = b.first(gene);
    if (x.dim() == 0) {
      return null;
    }
    int k = x.size(-1);
    Value y =
        b.second(
            gene,
            v ->
                v.dim() > 0
                    && v.size(v.dim() == 1 ? 0 : -2) == k
                    && Shapes.broadcast(leading(x.shape()), leading(v.shape())).isPresent());
    if (y != null) {
      return two(
          b,
          x,
          y,
          "%s.matmul(%s)".formatted(x.name(), y.name()),
          Tensor::matmul,
          x.range().dot(y.range(), k));
    }
    return x.dim() < 2
        ? null
        : one(
            b,
            x,
            new Call(
                "matmul(%s.transpose(-1, -2))".formatted(x.name()),
                t -> t.matmul(t.transpose(-1, -2)),
                x.range().dot(x.range(), k)));
  }

  private static Shape leading(Shape shape) {
    return Shape.of(Arrays.copyOf(shape.toArray(), Math.max(shape.dim() - 2, 0)));
  }

  /// A value to which another one of its shape, or itself, is added in other places.
  private static Program.@Nullable Step scatterAdd(ProgramBuilder b, Gene gene) {
    Value x = b.first(gene);
    Value y = b.second(gene, v -> v.shape().equals(x.shape()));
    if (x.dim() == 0 || y == null) {
      return null;
    }
    int d = gene.p() % x.dim();
    int size = x.size(d);
    long[] index = indices(size, x.shape().numel(), gene.q());
    int[] sizes = x.shape().toArray();
    return two(
        b,
        x,
        y,
        "%s.scatterAdd(%d, %s, %s)"
            .formatted(x.name(), d, java(index, ", " + commas(sizes)), y.name()),
        (s, t) -> s.scatterAdd(d, Tensor.of(index, sizes), t),
        x.range().plusSome(y.range(), size));
  }

  private static Program.@Nullable Step cat(ProgramBuilder b, Gene gene) {
    Value x = b.first(gene);
    if (x.dim() == 0) {
      return null;
    }
    int d = gene.p() % x.dim();
    Value y = b.second(gene, v -> joins(x.shape(), v.shape(), d));
    return y == null
        ? null
        : two(
            b,
            x,
            y,
            "Tensor.cat(List.of(%s, %s), %d)".formatted(x.name(), y.name(), d),
            (s, t) -> Tensor.cat(List.of(s, t), d),
            x.range().or(y.range()));
  }

  private static boolean joins(Shape a, Shape b, int dim) {
    if (a.dim() != b.dim()) {
      return false;
    }
    int[] sizes = b.toArray();
    sizes[dim] = a.size(dim);
    return Shape.of(sizes).equals(a);
  }

  private static Program.@Nullable Step stack(ProgramBuilder b, Gene gene) {
    Value x = b.first(gene);
    Value y = b.second(gene, v -> v.shape().equals(x.shape()));
    int d = gene.p() % (x.dim() + 1);
    return y == null
        ? null
        : two(
            b,
            x,
            y,
            "Tensor.stack(List.of(%s, %s), %d)".formatted(x.name(), y.name(), d),
            (s, t) -> Tensor.stack(List.of(s, t), d),
            x.range().or(y.range()));
  }

  /// `n` indices below `size`, in no simple order and with repetitions.
  private static long[] indices(int size, int n, int q) {
    long[] index = new long[n];
    Arrays.setAll(index, i -> (q + i * (2L + q % 5)) % size);
    return index;
  }

  private static String java(long[] index, String sizes) {
    return "Tensor.of(new long[] {%s}%s)"
        .formatted(
            Arrays.stream(index).mapToObj(Long::toString).collect(Collectors.joining(", ")), sizes);
  }

  private static String commas(int[] numbers) {
    return Arrays.stream(numbers).mapToObj(Integer::toString).collect(Collectors.joining(", "));
  }
}
