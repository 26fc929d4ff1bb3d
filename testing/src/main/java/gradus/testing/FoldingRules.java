// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import gradus.Dims;
import gradus.Shape;
import gradus.Tensor;
import java.util.List;
import java.util.function.BiFunction;

/// Ops that fold dimensions, run along them, or normalise.
final class FoldingRules {
  static final List<Rule> ALL =
      List.of(
          Rule.unary("mean()", Tensor::mean, r -> r),
          Rule.along(
              (x, d, q) ->
                  new Rule.Call("sum(" + d + ")", t -> t.sum(d), x.range().sum(x.size(d)))),
          Rule.along((x, d, q) -> new Rule.Call("mean(" + d + ")", t -> t.mean(d), x.range())),
          Rule.along(
              (x, d, q) ->
                  new Rule.Call(
                      "sub(%s.mean(Dims.keep(%d)))".formatted(x.name(), d),
                      t -> t.sub(t.mean(Dims.keep(d))),
                      x.range().centred())),
          Rule.along(
              (x, d, q) ->
                  new Rule.Call(
                      "var(Dims.keep(" + d + "), 0)",
                      t -> t.var(Dims.keep(d), 0),
                      x.range().variance())),
          Rule.along(
              (x, d, q) ->
                  new Rule.Call("softmax(" + d + ")", t -> t.softmax(d), x.range().softmax())),
          Rule.along(
              (x, d, q) ->
                  new Rule.Call(
                      "logSoftmax(" + d + ")",
                      t -> t.logSoftmax(d),
                      x.range().logSoftmax(x.size(d)))),
          Rule.along(
              (x, d, q) ->
                  x.dim() < 2
                      ? null
                      : new Rule.Call(
                          "batchNorm(null, null, 1.0).output()",
                          t -> t.batchNorm(null, null, 1.0).output(),
                          x.range().batchNorm())),
          Rule.along(
              (x, d, q) ->
                  new Rule.Call(
                      "logsumexp(" + d + ")", t -> t.logsumexp(d), x.range().logSumExp(x.size(d)))),
          Rule.along(
              (x, d, q) ->
                  new Rule.Call(
                      "norm(2, Dims.keep(" + d + "))",
                      t -> t.norm(2, Dims.keep(d)),
                      x.range().norm(x.size(d)))),
          Rule.along(
              (x, d, q) ->
                  new Rule.Call(
                      "norm(1, " + d + ")",
                      t -> t.norm(1, d),
                      x.range().isAwayFromZero()
                          ? x.range().monotone(Math::abs, 1).sum(x.size(d))
                          : null)),
          Rule.along(
              (x, d, q) ->
                  new Rule.Call("prod(" + d + ")", t -> t.prod(d), x.range().prod(x.size(d)))),
          Rule.along(
              (x, d, q) ->
                  new Rule.Call(
                      "cumsum(" + d + ")",
                      t -> t.cumsum(d),
                      x.range().or(x.range().sum(x.size(d))))),
          Rule.along(
              (x, d, q) ->
                  new Rule.Call(
                      "cumprod(" + d + ")", t -> t.cumprod(d), x.range().cumprod(x.size(d)))),
          ranked("amax(%d)", (t, d) -> t.amax(d)),
          ranked("amin(%d)", (t, d) -> t.amin(d)),
          ranked("max(%d).values()", (t, d) -> t.max(d).values()),
          ranked("min(%d).values()", (t, d) -> t.min(d).values()),
          ranked("median(%d).values()", (t, d) -> t.median(d).values()),
          ranked("quantile(0.25, %d)", (t, d) -> t.quantile(0.25, d)),
          ranked("sort(%d).values()", (t, d) -> t.sort(d).values()),
          ranked("topk(1, %d).values()", (t, d) -> t.topk(1, d).values()),
          Rule.along(
              (x, d, q) ->
                  new Rule.Call(
                      "layerNorm(Shape.of(%d), null, null, 1.0)".formatted(x.size(-1)),
                      t -> t.layerNorm(Shape.of(t.size(-1)), null, null, 1.0),
                      x.range().batchNorm())),
          Rule.along(
              (x, d, q) ->
                  new Rule.Call(
                      "rmsNorm(Shape.of(%d), null, 1.0)".formatted(x.size(-1)),
                      t -> t.rmsNorm(Shape.of(t.size(-1)), null, 1.0),
                      x.range().rmsNorm())));

  private FoldingRules() {}

  /// An op that picks elements along a dimension, of values that are moved apart before.
  private static Rule ranked(String call, BiFunction<Tensor, Integer, Tensor> op) {
    return Rule.along(
        (x, d, q) -> {
          double by = x.range().high() - x.range().low() + 1;
          String text = "add(%s).".formatted(Rule.steps(x, d, q, by)) + call.formatted(d);
          double most = (x.size(d) - 1) * by;
          Range range = x.range();
          return new Rule.Call(
              text,
              t -> op.apply(t.add(Rule.steps(t, d, q, by)), d),
              range.into(range.low(), range.high() + most, 1));
        });
  }
}
