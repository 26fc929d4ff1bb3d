// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import gradus.AvgPoolOptions;
import gradus.ConvOptions;
import gradus.ConvTransposeOptions;
import gradus.MaxPoolOptions;
import gradus.Shape;
import gradus.Tensor;
import gradus.UnfoldOptions;
import gradus.testing.ProgramBuilder.Gene;
import gradus.testing.ProgramBuilder.Value;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Products: of matrices, of definite ones with their inverses, convolutions; and poolings.
final class ProductRules {
  static final List<Rule> ALL =
      List.of(
          ProductRules::matmul,
          Rule.along(
              (x, d, q) ->
                  x.dim() != 1
                      ? null
                      : new Rule.Call(
                          "outer(%s)".formatted(x.name()),
                          t -> t.outer(t),
                          x.range().times(x.range()))),
          definite("inv()", (a, x) -> a.inv(), (n, k, x) -> gram(x, k).into(-1, 1, n)),
          definite(
              "slogdet().logabsdet()",
              (a, x) -> a.slogdet().logabsdet(),
              (n, k, x) ->
                  gram(x, k)
                      .into(0, n * StrictMath.log1p(k * x.magnitude() * x.magnitude() * n), n)),
          definite(
              "solve(%s)",
              (a, x) -> a.solve(x),
              (n, k, x) -> {
                double root = Math.sqrt(n);
                double most = root * x.magnitude();
                return new Range(
                    -most, most, root * x.slope() + root * n * x.magnitude() * gram(x, k).slope());
              }),
          signal(
              "conv1d(%s.narrow(2, 0, 2), null, ConvOptions.defaults().padding(1))",
              x -> x.conv1d(x.narrow(2, 0, 2), null, ConvOptions.defaults().padding(1)),
              r -> r.times(r).upTo(2)),
          signal(
              "convTranspose1d(%s.narrow(2, 0, 2), null, ConvTransposeOptions.defaults().stride(2))",
              x ->
                  x.convTranspose1d(
                      x.narrow(2, 0, 2), null, ConvTransposeOptions.defaults().stride(2)),
              r -> r.times(r).upTo(2)),
          image(
              "conv2d(%s.narrow(2, 0, 1).narrow(3, 0, 2), null, ConvOptions.defaults())",
              x -> x.conv2d(x.narrow(2, 0, 1).narrow(3, 0, 2), null, ConvOptions.defaults()),
              r -> r.times(r).sum(2)),
          signal(
              "avgPool1d(AvgPoolOptions.kernel(2).stride(1))",
              x -> x.avgPool1d(AvgPoolOptions.kernel(2).stride(1)),
              r -> r),
          image(
              "avgPool2d(AvgPoolOptions.kernel(1, 2))",
              x -> x.avgPool2d(AvgPoolOptions.kernel(1, 2)),
              r -> r),
          signal("adaptiveAvgPool1d(2)", x -> x.adaptiveAvgPool1d(2), r -> r),
          image("adaptiveAvgPool2d(1, 3)", x -> x.adaptiveAvgPool2d(1, 3), r -> r),
          image(
              "im2col(UnfoldOptions.kernel(1, 2).padding(1))",
              x -> x.im2col(UnfoldOptions.kernel(1, 2).padding(1)),
              Range::orZero),
          pooled(
              "maxPool1d(MaxPoolOptions.kernel(2).stride(1))",
              x -> x.maxPool1d(MaxPoolOptions.kernel(2).stride(1))),
          pooled(
              "unsqueeze(2).maxPool2d(MaxPoolOptions.kernel(1, 2))",
              x -> x.unsqueeze(2).maxPool2d(MaxPoolOptions.kernel(1, 2))),
          pooled(
              "unsqueeze(2).adaptiveMaxPool2d(1, 2)", x -> x.unsqueeze(2).adaptiveMaxPool2d(1, 2)));

  private ProductRules() {}

  /// What a bound on a definite matrix makes of one on its elements.
  private interface Bound {
    Range of(int n, int k, Range x);
  }

  /// x · xᵀ + 1, for `[n, k]` elements of `x`: no eigenvalue is less than 1.
  private static Range gram(Range x, int k) {
    return x.dot(x, k);
  }

  /// An op of x · xᵀ + 1, and of x itself, for matrices x.
  private static Rule definite(String call, BinaryOperator<Tensor> op, Bound bound) {
    return Rule.along(
        (x, d, q) ->
            x.dim() != 2
                ? null
                : new Rule.Call(
                    "matmul(%s.t()).add(Tensor.eye(%d).to(%s.dtype())).%s"
                        .formatted(x.name(), x.size(0), x.name(), call.formatted(x.name())),
                    t -> op.apply(t.matmul(t.t()).add(Tensor.eye(t.size(0)).to(t.dtype())), t),
                    bound.of(x.size(0), x.size(1), x.range())));
  }

  /// An op of a value as one signal of one channel.
  private static Rule signal(String call, UnaryOperator<Tensor> op, UnaryOperator<Range> range) {
    return shaped("reshape(1, 1, %d)", 1, call, op, range);
  }

  /// An op of a value as one image of one channel.
  private static Rule image(String call, UnaryOperator<Tensor> op, UnaryOperator<Range> range) {
    return shaped("reshape(1, 1, 1, %d)", 2, call, op, range);
  }

  private static Rule shaped(
      String shape, int rank, String call, UnaryOperator<Tensor> op, UnaryOperator<Range> range) {
    return Rule.along(
        (x, d, q) -> {
          int n = x.shape().numel();
          int[] sizes = new int[rank + 2];
          Arrays.fill(sizes, 1);
          sizes[rank + 1] = n;
          String own = x.name() + "." + shape.formatted(n);
          return n < 2
              ? null
              : new Rule.Call(
                  shape.formatted(n) + "." + call.formatted(own),
                  t -> op.apply(t.reshape(sizes)),
                  range.apply(x.range()));
        });
  }

  /// A pooling of the largest, of values that are moved apart before.
  private static Rule pooled(String call, UnaryOperator<Tensor> op) {
    return Rule.along(
        (x, d, q) -> {
          int n = x.shape().numel();
          Range r = x.range();
          double by = r.high() - r.low() + 1;
          if (n < 2) {
            return null;
          }
          double[] steps = new double[n];
          Arrays.setAll(steps, i -> (i + q) % n * by);
          return new Rule.Call(
              "flatten().add(Tensor.of(%s).to(%s.dtype())).reshape(1, 1, %d).%s"
                  .formatted(Arrays.toString(steps).replaceAll("[\\[\\]]", ""), x.name(), n, call),
              t -> op.apply(t.flatten().add(Tensor.of(steps).to(t.dtype())).reshape(1, 1, n)),
              r.into(r.low(), r.high() + (n - 1) * by, 1));
        });
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
      return Rule.two(
          b,
          x,
          y,
          "%s.matmul(%s)".formatted(x.name(), y.name()),
          Tensor::matmul,
          x.range().dot(y.range(), k));
    }
    return x.dim() < 2
        ? null
        : Rule.one(
            b,
            x,
            new Rule.Call(
                "matmul(%s.transpose(-1, -2))".formatted(x.name()),
                t -> t.matmul(t.transpose(-1, -2)),
                x.range().dot(x.range(), k)));
  }

  private static Shape leading(Shape shape) {
    return Shape.of(Arrays.copyOf(shape.toArray(), Math.max(shape.dim() - 2, 0)));
  }
}
