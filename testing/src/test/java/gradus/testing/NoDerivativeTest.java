// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.DType;
import gradus.Shape;
import gradus.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;

/// Ops whose results are truths and indices: against loops over the elements.
@Domain(Samples.class)
class NoDerivativeTest {
  private interface Comparison {
    boolean holds(double a, double b);
  }

  @OpProperty({
    "eq(Tensor)",
    "ne(Tensor)",
    "lt(Tensor)",
    "le(Tensor)",
    "gt(Tensor)",
    "ge(Tensor)",
    "logicalAnd(Tensor)",
    "logicalOr(Tensor)"
  })
  void comparisons(@ForAll("wholePairs") Tensors.Pair p) {
    Tensor a = p.left().requiresGrad(true);
    Tensor b = p.right();
    compare(a.eq(b), a, b, (x, y) -> x == y);
    compare(a.ne(b), a, b, (x, y) -> x != y);
    compare(a.lt(b), a, b, (x, y) -> x < y);
    compare(a.le(b), a, b, (x, y) -> x <= y);
    compare(a.gt(b), a, b, (x, y) -> x > y);
    compare(a.ge(b), a, b, (x, y) -> x >= y);
    compare(a.logicalAnd(b), a, b, (x, y) -> x != 0 && y != 0);
    compare(a.logicalOr(b), a, b, (x, y) -> x != 0 || y != 0);
    Tensor asInt = a.to(DType.INT64);
    compare(asInt.lt(b.to(DType.INT64)), a, b, (x, y) -> x < y);
  }

  @OpProperty({
    "eq(double)",
    "ne(double)",
    "lt(double)",
    "le(double)",
    "gt(double)",
    "ge(double)",
    "logicalNot()",
    "isNan()",
    "isInf()",
    "isFinite()"
  })
  void comparisonsWithNumbers(@ForAll("withSpecialNumbers") Tensor x) {
    x.requiresGrad(true);
    Tensor one = Tensor.scalar(1, DType.FLOAT64);
    compare(x.eq(1), x, one, (v, w) -> v == w);
    compare(x.ne(1), x, one, (v, w) -> v != w);
    compare(x.lt(1), x, one, (v, w) -> v < w);
    compare(x.le(1), x, one, (v, w) -> v <= w);
    compare(x.gt(1), x, one, (v, w) -> v > w);
    compare(x.ge(1), x, one, (v, w) -> v >= w);
    compare(x.logicalNot(), x, one, (v, w) -> v == 0);
    compare(x.isNan(), x, one, (v, w) -> Double.isNaN(v));
    compare(x.isInf(), x, one, (v, w) -> Double.isInfinite(v));
    compare(x.isFinite(), x, one, (v, w) -> Double.isFinite(v));
  }

  private static void compare(Tensor actual, Tensor a, Tensor b, Comparison expected) {
    Shape shape = Shapes.broadcast(a.shape(), b.shape()).orElseThrow();
    double[] x = a.detach().expand(shape.toArray()).toDoubleArray();
    double[] y = b.expand(shape.toArray()).toDoubleArray();
    assertThat(actual.dtype()).isEqualTo(DType.BOOL);
    assertThat(actual.shape()).isEqualTo(shape);
    assertThat(actual.requiresGrad()).isFalse();
    boolean[] truths = actual.toBooleanArray();
    for (int i = 0; i < x.length; i++) {
      assertThat(truths[i]).as("%s and %s", x[i], y[i]).isEqualTo(expected.holds(x[i], y[i]));
    }
  }

  @OpProperty({"nonzero()"})
  void nonzero(@ForAll("truths") Tensor x) {
    Tensor places = x.nonzero();
    boolean[] truths = x.toBooleanArray();
    long count = IntStream.range(0, truths.length).filter(i -> truths[i]).count();
    assertThat(places.shape()).isEqualTo(Shape.of((int) count, x.dim()));
    for (int row = 0; row < count; row++) {
      int[] at = Arrays.stream(places.get(row).toLongArray()).mapToInt(Math::toIntExact).toArray();
      assertThat(x.get(at).item()).isEqualTo(1);
    }
    assertThat(Arrays.stream(places.toLongArray()).sum())
        .isEqualTo(
            x.dim() == 0
                ? 0
                : Arrays.stream(x.flatten().nonzero().toLongArray())
                    .map(i -> coordinates(x.shape(), i))
                    .sum());
  }

  /// The sum of the coordinates of element `place`.
  private static long coordinates(Shape shape, long place) {
    long sum = 0;
    long rest = place;
    for (int d = shape.dim() - 1; d >= 0; d--) {
      sum += rest % shape.size(d);
      rest /= shape.size(d);
    }
    return sum;
  }

  @OpProperty({"oneHot()", "oneHot(int)"})
  void oneHot(@ForAll Samples.Index i) {
    Tensor labels = i.index();
    Tensor hot = labels.oneHot(9);
    assertThat(hot.dtype()).isEqualTo(DType.INT64);
    assertThat(hot.argmax(-1).toLongArray()).containsExactly(labels.toLongArray());
    assertThat(hot.sum(-1).eq(1).all().item()).isEqualTo(1);
    if (labels.numel() > 0) {
      assertThat(labels.oneHot().size(-1)).isEqualTo((int) labels.max().item() + 1);
    }
  }

  @OpProperty({"all()", "any()"})
  void quantifiers(@ForAll("truths") Tensor x) {
    boolean[] truths = x.toBooleanArray();
    long count = IntStream.range(0, truths.length).filter(i -> truths[i]).count();
    assertThat(x.all().toBooleanArray()).containsExactly(count == truths.length);
    assertThat(x.any().toBooleanArray()).containsExactly(count > 0);
    assertThat(x.to(DType.FLOAT32).all().dtype()).isEqualTo(DType.BOOL);
  }

  @OpProperty({"argmax()", "argmin()", "argmax(int)", "argmin(int)"})
  void extremes(@ForAll Samples.Axis a) {
    Tensor x = a.x().round().requiresGrad(true);
    double[] values = x.toDoubleArray();
    assertThat(x.argmax().toLongArray()).containsExactly(first(values, x.max().item()));
    assertThat(x.argmin().toLongArray()).containsExactly(first(values, x.min().item()));
    Tensor argmax = x.argmax(a.dim());
    Tensor argmin = x.argmin(a.dim());
    assertThat(argmax.requiresGrad() || argmin.requiresGrad()).isFalse();
    if (x.dim() > 0) {
      // Each row along the dimension, in row-major order of the others.
      Tensor rows = x.detach().transpose(a.dim(), -1);
      double[] flat = rows.toDoubleArray();
      long[] largest = argmax.unsqueeze(a.dim()).transpose(a.dim(), -1).toLongArray();
      long[] smallest = argmin.unsqueeze(a.dim()).transpose(a.dim(), -1).toLongArray();
      for (int r = 0; r < largest.length; r++) {
        double[] row = Arrays.copyOfRange(flat, r * a.size(), (r + 1) * a.size());
        assertThat(largest[r])
            .isEqualTo(
                first(
                    row,
                    IntStream.range(0, row.length).mapToDouble(i -> row[i]).max().orElseThrow()));
        assertThat(smallest[r])
            .isEqualTo(
                first(
                    row,
                    IntStream.range(0, row.length).mapToDouble(i -> row[i]).min().orElseThrow()));
      }
    }
  }

  private static long first(double[] values, double wanted) {
    return IntStream.range(0, values.length)
        .filter(i -> values[i] == wanted)
        .findFirst()
        .orElseThrow();
  }

  @Provide
  Arbitrary<Tensors.Pair> wholePairs() {
    return Tensors.pairs().map(p -> new Tensors.Pair(p.left().round(), p.right().round()));
  }

  @Provide
  Arbitrary<Tensor> withSpecialNumbers() {
    // −1, 0 and 1 become −∞, NaN and ∞.
    return Tensors.float64()
        .map(Tensor::round)
        .map(x -> x.div(x.square().sub(1).square().mul(x.abs())).add(1));
  }

  @Provide
  Arbitrary<Tensor> truths() {
    return Tensors.bool().of(Shapes.any().orEmpty());
  }
}
