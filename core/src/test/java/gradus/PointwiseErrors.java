// SPDX-License-Identifier: Apache-2.0
package gradus;

import static gradus.ErrorsTest.row;
import static gradus.ErrorsTest.t;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// What ops on elements, orders and draws refuse.
final class PointwiseErrors {
  private PointwiseErrors() {}

  static Stream<Arguments> rows() {
    return Stream.of(pairs(), composed(), folds(), orders(), draws()).flatMap(rows -> rows);
  }

  private static String broadcast(String op) {
    return op
        + ": [2] and [3] do not broadcast: sizes 2 and 3 of dimension 1 (from the end) differ and"
        + " neither is 1";
  }

  private static Stream<Arguments> pairs() {
    return Stream.of(
        row(broadcast("eq"), () -> t(2).eq(t(3))),
        row(broadcast("ne"), () -> t(2).ne(t(3))),
        row(broadcast("le"), () -> t(2).le(t(3))),
        row(broadcast("gt"), () -> t(2).gt(t(3))),
        row(broadcast("ge"), () -> t(2).ge(t(3))),
        row(
            "isClose: float32 and float64: the types differ; convert one with to(DType.…)",
            () -> t(2).isClose(t(2).to(DType.FLOAT64))),
        row(
            "isClose: rtol -1.0 and atol 0.0 must not be negative",
            () -> t(2).isClose(t(2), -1, 0)));
  }

  /// Ops made of others, which the messages name.
  private static Stream<Arguments> composed() {
    return Stream.of(
        row(
            "lerp",
            "sub: [3] and [2] do not broadcast: sizes 3 and 2 of dimension 1 (from the end) differ"
                + " and neither is 1",
            () -> t(2).lerp(t(3), 0.5)),
        row("addcmul", broadcast("mul"), () -> t(1).addcmul(t(2), t(3))),
        row("addcdiv", broadcast("div"), () -> t(1).addcdiv(t(2), t(3))),
        row("clamp", broadcast("ge"), () -> t(2).clamp(t(3), t(3))),
        row("logicalAnd", broadcast("mul"), () -> t(2).logicalAnd(t(3))),
        row("logicalOr", broadcast("add"), () -> t(2).logicalOr(t(3))),
        row("allClose", broadcast("sub"), () -> t(2).allClose(t(3))),
        row(
            "addmm",
            "mm: [2] × [2, 2]: expected 2 and 2 dimensions; see matmul",
            () -> t(2).addmm(t(2), t(2, 2))),
        row(
            "baddbmm",
            "bmm: [2, 2] × [2, 2]: expected 3 and 3 dimensions; see matmul",
            () -> t(2).baddbmm(t(2, 2), t(2, 2))));
  }

  private static Stream<Arguments> folds() {
    String third = ": [2, 3]: dimension 2 is out of range; expected -2…1";
    return Stream.of(
        row("mean" + third, () -> t(2, 3).mean(2)),
        row("var" + third, () -> t(2, 3).var(2)),
        row("std", "var" + third, () -> t(2, 3).std(2)),
        row("min" + third, () -> t(2, 3).min(2)),
        row("amin" + third, () -> t(2, 3).amin(2)),
        row("argmax" + third, () -> t(2, 3).argmax(2)),
        row("argmin" + third, () -> t(2, 3).argmin(2)),
        row("all", "sum" + third, () -> t(2, 3).all(2)),
        row("any", "sum" + third, () -> t(2, 3).any(2)),
        row("countNonzero", "sum" + third, () -> t(2, 3).countNonzero(2)),
        row("squeeze" + third, () -> t(2, 3).squeeze(2)),
        row(
            "layerNorm: the input [2, 3] does not end in [2], the normalized shape",
            () -> t(2, 3).layerNorm(Shape.of(2), null, null, 1e-5)),
        row(
            "rmsNorm: the weight is [2], but the normalized shape is [3]",
            () -> t(2, 3).rmsNorm(Shape.of(3), t(2), 1e-5)),
        row(
            "groupNorm: the input [2, 3] is not [N, C, …] with channels for 2 groups",
            () -> t(2, 3).groupNorm(2, null, null, 1e-5)),
        row(
            "groupNorm: the bias [2] does not match the 4 channels of the input [2, 4]",
            () -> t(2, 4).groupNorm(2, null, t(2), 1e-5)));
  }

  private static Stream<Arguments> orders() {
    return Stream.of(
        row("argsort: [2]: dimension 1 is out of range; expected -1…0", () -> t(2).argsort(1)),
        row("median: [2]: dimension 1 is out of range; expected -1…0", () -> t(2).median(1)),
        row("median: [0]: of nothing there is none", () -> t(0).median()),
        row("cummax: [2]: dimension 1 is out of range; expected -1…0", () -> t(2).cummax(1)),
        row("cummin: [2]: dimension 1 is out of range; expected -1…0", () -> t(2).cummin(1)),
        row(
            "logcumsumexp: [2]: dimension 1 is out of range; expected -1…0",
            () -> t(2).logcumsumexp(1)),
        row(
            "logcumsumexp: int64 is not floating; convert it with to(DType.FLOAT32)",
            () -> Tensor.arange(2).logcumsumexp(0)),
        row("kthvalue: [2]: dimension 1 is out of range; expected -1…0", () -> t(2).kthvalue(1, 1)),
        row(
            "kthvalue: [2, 3]: k = 0 is not in 1…3, the size of dimension 1",
            () -> t(2, 3).kthvalue(0)),
        row(
            "kthvalue: [2, 3]: k = 3 is not in 1…2, the size of dimension 0",
            () -> t(2, 3).kthvalue(3, 0)),
        row("mode: [2]: dimension 1 is out of range; expected -1…0", () -> t(2).mode(1)),
        row("mode: [2, 0]: of nothing there is none", () -> t(2, 0).mode()),
        row("nansum", "sum: [2]: dimension 1 is out of range; expected -1…0", () -> t(2).nansum(1)),
        row(
            "nanmean: int64 is not floating; convert it with to(DType.FLOAT32)",
            () -> Tensor.arange(2).nanmean()),
        row("quantile: q = 1.5 is not in [0, 1]", () -> t(2).quantile(1.5)),
        row(
            "quantile: int64 is not floating; convert it with to(DType.FLOAT32)",
            () -> Tensor.arange(2).quantile(0.5)),
        row("quantile: [0, 2]: of nothing there is none", () -> t(0, 2).quantile(0.5, 0)),
        row("searchsorted: [2, 2] is not a vector", () -> t(2, 2).searchsorted(t(2))),
        row("bincount: float32 [2]; expected an int64 vector", () -> t(2).bincount()),
        row("bincount: minlength -1 is negative", () -> Tensor.arange(2).bincount(-1)),
        row("bincount: weights [3] for [2]", () -> Tensor.arange(2).bincount(t(3), 0)),
        row(
            "bincount: -1 at position 1 is negative",
            () -> Tensor.of(new long[] {0, -1}).bincount()),
        row("linspace: steps -1 is negative", () -> Tensor.linspace(0, 1, -1)),
        row(
            "randLike: int64 is not floating; convert it with to(DType.FLOAT32)",
            () -> Tensor.randLike(Tensor.arange(2))),
        row(
            "randnLike: int64 is not floating; convert it with to(DType.FLOAT32)",
            () -> Tensor.randnLike(Tensor.arange(2))));
  }

  private static Stream<Arguments> draws() {
    return Stream.of(
        row(
            "bernoulli: p = 1.5 at position 1 is not in [0, 1]",
            () -> Tensor.of(0.5, 1.5).bernoulli(new Generator(1))),
        row(
            "multinomial: row 1 of [2, 2] has 1 positive weights; expected at least 2",
            () -> Tensor.of(new double[][] {{1, 1}, {0, 1}}).multinomial(2, new Generator(1))),
        row(
            "multinomial: [1, 1, 1] is neither a vector nor a matrix",
            () -> t(1, 1, 1).multinomial(1, new Generator(1))),
        row("multinomial: n = 0 is not positive", () -> t(2).multinomial(0, new Generator(1))),
        row(
            "multinomialWithReplacement: weight -1.0 at position 0 is negative or not finite",
            () -> Tensor.of(-1, 1).multinomialWithReplacement(1, new Generator(1))),
        row(
            "multinomialWithReplacement: row 0 of [2] has 0 positive weights; expected at least 1",
            () -> t(2).multinomialWithReplacement(1, new Generator(1))));
  }
}
