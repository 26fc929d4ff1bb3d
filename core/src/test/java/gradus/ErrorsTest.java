// SPDX-License-Identifier: Apache-2.0
package gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Shapes, dimensions, indices and types that don't fit: one clear line each.
class ErrorsTest {
  static Tensor t(int... shape) {
    return Tensor.zeros(shape);
  }

  /// A bad call of the op that `message` begins with, and the message.
  static Arguments row(String message, Runnable call) {
    return row(message.split("[ :]", 2)[0], message, call);
  }

  /// A bad call of an op whose message names another, of which it is made.
  static Arguments row(String op, String message, Runnable call) {
    return Arguments.of(message, call, op);
  }

  static Stream<Arguments> calls() {
    Tensor longs = Tensor.arange(4);
    return Stream.of(
        row(
            "add: [2, 3] and [4] do not broadcast: sizes 3 and 4 of dimension 1 (from the end)"
                + " differ and neither is 1",
            () -> t(2, 3).add(t(4))),
        row(
            "sub: [2] and [3] do not broadcast: sizes 2 and 3 of dimension 1 (from the end) differ"
                + " and neither is 1",
            () -> t(2).sub(t(3))),
        row(
            "mul: [2, 1] and [3, 4, 5] do not broadcast: sizes 2 and 4 of dimension 2 (from the"
                + " end) differ and neither is 1",
            () -> t(2, 1).mul(t(3, 4, 5))),
        row(
            "div: [2] and [3] do not broadcast: sizes 2 and 3 of dimension 1 (from the end) differ"
                + " and neither is 1",
            () -> t(2).div(t(3))),
        row(
            "pow: [2] and [3] do not broadcast: sizes 2 and 3 of dimension 1 (from the end) differ"
                + " and neither is 1",
            () -> t(2).pow(t(3))),
        row(
            "div: a whole number is divided by 0; convert one with to(DType.FLOAT32) for ∞ or NaN",
            () -> longs.div(Tensor.scalar(0L), RoundingMode.FLOOR)),
        row(
            "remainder: a whole number is divided by 0; convert one with to(DType.FLOAT32) for ∞ or"
                + " NaN",
            () -> longs.remainder(longs)),
        row(
            "fmod: bool by bool has no meaning; convert one with to(DType.INT64)",
            () -> longs.to(DType.BOOL).fmod(longs.to(DType.BOOL))),
        row(
            "logaddexp: int64 is not floating; convert it with to(DType.FLOAT32)",
            () -> longs.logaddexp(t(4))),
        row(
            "logicalXor",
            "ne: [2] and [3] do not broadcast: sizes 2 and 3 of dimension 1 (from the end) differ"
                + " and neither is 1",
            () -> t(2).logicalXor(t(3))),
        row(
            "maximum: [2] and [3] do not broadcast: sizes 2 and 3 of dimension 1 (from the end)"
                + " differ and neither is 1",
            () -> t(2).maximum(t(3))),
        row(
            "minimum: [2] and [3] do not broadcast: sizes 2 and 3 of dimension 1 (from the end)"
                + " differ and neither is 1",
            () -> t(2).minimum(t(3))),
        row(
            "lt: [2] and [3] do not broadcast: sizes 2 and 3 of dimension 1 (from the end) differ"
                + " and neither is 1",
            () -> t(2).lt(t(3))),
        row(
            "where: [2] and [3] do not broadcast: sizes 2 and 3 of dimension 1 (from the end)"
                + " differ and neither is 1",
            () -> Tensor.where(t(2).gt(0), t(3), t(1))),
        row(
            "where: the condition is float32, not bool; compare first, for example x.gt(0)",
            () -> Tensor.where(t(2), t(2), t(2))),
        row(
            "matmul: [32, 784] × [10, 784]: inner dimensions 784 and 10 differ; did you mean"
                + " b.t()?",
            () -> t(32, 784).matmul(t(10, 784))),
        row("matmul: [2, 3] × [4]: inner dimensions 3 and 4 differ", () -> t(2, 3).matmul(t(4))),
        row(
            "matmul: [2] × []: a scalar is no matrix; use mul",
            () -> t(2).matmul(Tensor.scalar(1.0))),
        row("matmul: [2, 3, 4] and [3, 4, 5] …", () -> t(2, 3, 4).matmul(t(3, 4, 5))),
        row(
            "matmul: float32 and float64: the types differ; convert one with to(DType.…)",
            () -> t(2, 2).matmul(t(2, 2).to(DType.FLOAT64))),
        row(
            "matmul: int64 is not floating; convert it with to(DType.FLOAT32)",
            () -> longs.matmul(longs)),
        row("sum: [2, 3]: dimension 2 is out of range; expected -2…1", () -> t(2, 3).sum(2)),
        row("sum: [2, 3]: dimension -1 is named twice", () -> t(2, 3).sum(1, -1)),
        row("mean: int64 is not floating; convert it with to(DType.FLOAT32)", longs::mean),
        row("var: int64 is not floating; convert it with to(DType.FLOAT32)", longs::var),
        row(
            "max: [0]: the reduced dimensions are empty and max of nothing is undefined",
            () -> t(0).max()),
        row(
            "amax: [0, 3]: the reduced dimensions are empty and amax of nothing is undefined",
            () -> t(0, 3).amax(0)),
        row("max: [2, 3]: dimension -3 is out of range; expected -2…1", () -> t(2, 3).max(-3)),
        row("prod: [2, 3]: dimension 2 is out of range; expected -2…1", () -> t(2, 3).prod(2)),
        row("logsumexp: [2]: dimension 1 is out of range; expected -1…0", () -> t(2).logsumexp(1)),
        row("norm: int64 is not floating; convert it with to(DType.FLOAT32)", longs::norm),
        row("norm: p is NaN", () -> t(3).norm(Double.NaN)),
        row("cumsum: [2]: dimension 1 is out of range; expected -1…0", () -> t(2).cumsum(1)),
        row("cumprod: [2]: dimension 1 is out of range; expected -1…0", () -> t(2).cumprod(1)),
        row("sort: [2]: dimension 1 is out of range; expected -1…0", () -> t(2).sort(1)),
        row("topk: [2, 3]: k = 4 is not in 0…3, the size of dimension -1", () -> t(2, 3).topk(4)),
        row(
            "prelu: the weight [4] must have 1 element or 3, as [2, 3] has channels",
            () -> t(2, 3).prelu(t(4))),
        row(
            "prelu: the weight [1, 1] must have 1 element or 3, as [2, 3] has channels",
            () -> t(2, 3).prelu(t(1, 1))),
        row(
            "prelu: float32 and float64: the types differ; convert one with to(DType.…)",
            () -> t(2).prelu(t(1).to(DType.FLOAT64))),
        row("celu: alpha 0.0 is not positive", () -> t(2).celu(0)),
        row("softplus: beta 0.0 is not positive", () -> t(2).softplus(0, 20)),
        row("softshrink: lambda -1.0 is negative", () -> t(2).softshrink(-1)),
        row("hardtanh: 1.0 … -1.0 is no interval", () -> t(2).hardtanh(1, -1)),
        row(
            "atan2: [2] and [3] do not broadcast: sizes 2 and 3 of dimension 1 (from the end)"
                + " differ and neither is 1",
            () -> t(2).atan2(t(3))),
        row(
            "hypot: [2] and [3] do not broadcast: sizes 2 and 3 of dimension 1 (from the end)"
                + " differ and neither is 1",
            () -> t(2).hypot(t(3))),
        row(
            "softmax: int64 is not floating; convert it with to(DType.FLOAT32)",
            () -> longs.softmax(0)),
        row(
            "logSoftmax: [2]: dimension 1 is out of range; expected -1…0",
            () -> t(2).logSoftmax(1)),
        row(
            "batchNorm: [3]: expected [N, C] or [N, C, …] with at least one element",
            () -> t(3).batchNorm(null, null, 1e-5)),
        row(
            "batchNorm: the weight is [4], but [2, 3] has 3 channels",
            () -> t(2, 3).batchNorm(t(4), null, 1e-5)),
        row(
            "batchNorm: float32 and float64: the types differ; convert one with to(DType.…)",
            () -> t(2, 3).batchNorm(t(3).to(DType.FLOAT64), null, 1e-5)),
        row(
            "batchNorm: [3]: expected [N, C] or [N, C, …]",
            () -> t(3).batchNorm(t(3), t(3), null, null, 1e-5)),
        row(
            "batchNorm: int64 is not floating; convert it with to(DType.FLOAT32)",
            () -> longs.unsqueeze(0).batchNorm(longs, longs, null, null, 1e-5)),
        row(
            "batchNorm: the mean is [4], but [2, 3] has 3 channels",
            () -> t(2, 3).batchNorm(t(4), t(3), null, null, 1e-5)),
        row(
            "batchNorm: the var is [1, 3], but [2, 3] has 3 channels",
            () -> t(2, 3).batchNorm(t(3), t(1, 3), null, null, 1e-5)),
        row(
            "batchNorm: the weight is [], but [2, 3] has 3 channels",
            () -> t(2, 3).batchNorm(t(3), t(3), t(), null, 1e-5)),
        row(
            "batchNorm: the bias is [2], but [2, 3] has 3 channels",
            () -> t(2, 3).batchNorm(t(3), t(3), null, t(2), 1e-5)),
        row(
            "batchNorm: float32 and float64: the types differ; convert one with to(DType.…)",
            () -> t(2, 3).batchNorm(t(3), t(3).to(DType.FLOAT64), null, null, 1e-5)),
        row("reshape: [2, 3] has 6 elements and cannot become [4, 2]", () -> t(2, 3).reshape(4, 2)),
        row(
            "reshape: [2, 3] has 6 elements and cannot become [4, -1]",
            () -> t(2, 3).reshape(4, -1)),
        row(
            "reshape: [2, 3] to [-1, -1]: one size may be -1, the others must not be negative",
            () -> t(2, 3).reshape(-1, -1)),
        row(
            "flatten: [2, 3]: start dimension 1 is after end dimension 0",
            () -> t(2, 3).flatten(1, 0)),
        row("t: [2, 3, 4] is not a matrix; use transpose(a, b)", () -> t(2, 3, 4).t()),
        row(
            "transpose: [2, 3]: dimension 2 is out of range; expected -2…1",
            () -> t(2, 3).transpose(0, 2)),
        row(
            "permute: [2, 3] by [0, 0]: each dimension must be named once",
            () -> t(2, 3).permute(0, 0)),
        row("permute: [2, 3] by [0]: each dimension must be named once", () -> t(2, 3).permute(0)),
        row(
            "expand: [2, 3] cannot become [4, 3]: only sizes of 1 repeat, and new dimensions come"
                + " in front",
            () -> t(2, 3).expand(4, 3)),
        row(
            "expand: [2, 3] cannot become [3], which has fewer dimensions",
            () -> t(2, 3).expand(3)),
        row(
            "narrow: [2, 3]: 3 elements from 1 on don't lie within dimension 1 of size 3",
            () -> t(2, 3).narrow(1, 1, 3)),
        row("slice: step 0 is not positive", () -> t(3).slice(0, 0, 3, 0)),
        row(
            "select: [2, 3]: index 3 is out of range for dimension 1 of size 3",
            () -> t(2, 3).select(1, 3)),
        row(
            "select: a scalar has no dimension to select from",
            () -> Tensor.scalar(1.0).select(0, 0)),
        row("get: 3 indices for [2, 3]", () -> t(2, 3).get(0, 0, 0)),
        row("unsqueeze: [2]: dimension 2 is out of range; expected -2…1", () -> t(2).unsqueeze(2)),
        row(
            "gather: the index is float32, not int64; convert it with to(DType.INT64)",
            () -> t(2, 3).gather(0, t(1, 1))),
        row(
            "gather: the index [2] and the tensor [2, 3] differ in dimensions",
            () -> t(2, 3).gather(0, Tensor.arange(2))),
        row(
            "gather: index 2 at position 0 is out of range 0…1 of dimension 0 of [2, 3]",
            () -> t(2, 3).gather(0, Tensor.of(new long[] {2}, 1, 1))),
        row(
            "gather: the index [1, 4] is larger than the tensor [2, 3] in dimension 1",
            () -> t(2, 3).gather(0, Tensor.zeros(DType.INT64, 1, 4))),
        row(
            "scatterAdd: the index [3] is larger than the source [2]",
            () -> t(4).scatterAdd(0, Tensor.arange(3), t(2))),
        row(
            "scatterAdd: index -1 at position 0 is out of range 0…3 of dimension 0 of [4]",
            () -> t(4).scatterAdd(0, Tensor.of(new long[] {-1}), t(1))),
        row(
            "scatterAdd: float32 and int64: the types differ; convert one with to(DType.…)",
            () -> t(4).scatterAdd(0, Tensor.arange(1), Tensor.arange(1))),
        row(
            "indexSelect: the index is [1, 1]; it must be a vector",
            () -> t(4).indexSelect(0, Tensor.zeros(DType.INT64, 1, 1))),
        row(
            "indexSelect: index 4 at position 0 is out of range 0…3 of dimension 0 of [4]",
            () -> t(4).indexSelect(0, Tensor.of(new long[] {4}))),
        row("cat: the list of tensors is empty", () -> Tensor.cat(List.of(), 0)),
        row(
            "cat: tensor 1 is [2, 4], tensor 0 [2, 3]: they may differ in dimension 0 only, and"
                + " scalars don't join (use stack)",
            () -> Tensor.cat(List.of(t(2, 3), t(2, 4)), 0)),
        row("stack: [2] and [3] differ", () -> Tensor.stack(List.of(t(2), t(3)), 0)),
        row("uniform: [1.0, 0.0) is no finite interval", () -> new Generator(1).uniform(1, 0, 2)),
        row(
            "normal: mean 0.0, std -1.0: expected finite numbers and std ≥ 0",
            () -> new Generator(1).normal(0, -1, 2)),
        row("bernoulli: p = 1.5 is not in [0, 1]", () -> new Generator(1).bernoulli(1.5, 2)),
        row(
            "dropoutMask: p = 1.0 is not in [0, 1)",
            () -> new Generator(1).dropoutMask(DType.FLOAT32, 1, 2)),
        row(
            "dropoutMask: int64 can't be scaled; choose float32 or float64",
            () -> new Generator(1).dropoutMask(DType.INT64, 0.5, 2)),
        row("integers: 3 … 3 − 1 is empty or longer than 2³¹−1", () -> Tensor.randint(3, 3, 2)),
        row("nextInt: bound 0 is not positive", () -> new Generator(1).nextInt(0)));
  }

  static Stream<Arguments> all() {
    return Stream.of(
            calls(),
            PointwiseErrors.rows(),
            IndexingErrors.rows(),
            LinalgErrors.rows(),
            SpatialErrors.rows(),
            RecurrentErrors.rows())
        .flatMap(rows -> rows);
  }

  /// Ops that have arguments and refuse none of their types.
  private static final Set<String> TAKE_ANYTHING =
      Set.of(
          "to",
          "clampMin",
          "clampMax",
          "nanToNum",
          "elu",
          "leakyRelu",
          "threshold",
          "gelu",
          "hardshrink",
          "equal",
          "kron");

  @Test
  void everyOpThatCanRefuseHasARow() {
    Set<String> ops = new TreeSet<>();
    for (Class<?> family : Tensor.class.getInterfaces()) {
      for (Method method : family.getDeclaredMethods()) {
        if (Modifier.isPublic(method.getModifiers()) && method.getParameterCount() > 0) {
          ops.add(method.getName());
        }
      }
    }
    Set<String> named = new TreeSet<>(TAKE_ANYTHING);
    all().forEach(row -> named.add((String) row.get()[2]));
    ops.removeAll(named);
    assertThat(ops).as("ops without a row").isEmpty();
  }

  /// Results that are no function of real numbers, or whose derivative is nothing to ask for.
  static Stream<Tensor> withoutGradient() {
    Tensor x = Tensor.of(3, 1, 2).requiresGrad(true);
    return Stream.of(
        x.eq(x),
        x.ne(0),
        x.lt(2),
        x.le(2),
        x.gt(2),
        x.ge(2),
        x.isNan(),
        x.isInf(),
        x.isFinite(),
        x.isClose(x),
        x.logicalNot(),
        x.logicalAnd(x),
        x.logicalOr(x),
        x.all(),
        x.any(0),
        x.countNonzero(),
        x.argmax(),
        x.argmin(0),
        x.argsort(),
        x.max(0).indices(),
        x.min(0).indices(),
        x.median(0).indices(),
        x.sort().indices(),
        x.topk(2).indices(),
        x.unique().inverse(),
        x.unique().counts(),
        x.searchsorted(x),
        x.nonzero(),
        x.multinomial(1),
        x.div(4).bernoulli(),
        x.to(DType.INT64),
        x.to(DType.BOOL),
        x.to(DType.UINT8),
        x.reshape(1, 3).maxPool1dWithIndices(MaxPoolOptions.kernel(2)).indices(),
        x.reshape(1, 1, 3).maxPool2dWithIndices(MaxPoolOptions.kernel(1)).indices(),
        x.reshape(1, 1, 3).adaptiveMaxPool2dWithIndices(1).indices(),
        Tensor.eye(2).requiresGrad(true).slogdet().sign(),
        x.detach());
  }

  @ParameterizedTest
  @MethodSource("withoutGradient")
  void noGradientComesFrom(Tensor y) {
    assertThat(y.requiresGrad()).isFalse();
    assertThat(y.isLeaf()).isTrue();
    assertThatThrownBy(() -> y.backward(Tensor.onesLike(y)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(
            "this %s %s doesn't require a gradient".formatted(y.dtype(), y.shape()));
    if (!y.dtype().isFloating()) {
      assertThatThrownBy(() -> y.requiresGrad(true))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "requiresGrad: %s has no gradients; only float32 and float64 do"
                  .formatted(y.dtype()));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void message(String message, Runnable call) {
    if (message.endsWith("…")) {
      assertThatThrownBy(call::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("matmul: [2] and [3] do not broadcast");
    } else {
      assertThatThrownBy(call::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message);
    }
  }
}
