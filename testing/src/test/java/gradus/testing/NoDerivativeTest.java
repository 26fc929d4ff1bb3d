// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.DType;
import gradus.Order;
import gradus.Shape;
import gradus.Tensor;
import gradus.UniqueResult;
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
    "logicalOr(Tensor)",
    "logicalXor(Tensor)"
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
    compare(a.logicalXor(b), a, b, (x, y) -> (x != 0) != (y != 0));
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

  @OpProperty({
    "isClose(Tensor)",
    "isClose(Tensor, double, double)",
    "allClose(Tensor)",
    "allClose(Tensor, double, double)",
    "equal(Tensor)"
  })
  void closeness(@ForAll("withSpecialNumbers") Tensor x) {
    boolean[] numbers = x.isNan().logicalNot().toBooleanArray();
    assertThat(x.isClose(x).toBooleanArray()).containsExactly(numbers);
    assertThat(x.isClose(x.mul(1 + 5e-6)).toBooleanArray()).containsExactly(numbers);
    Tensor far = x.mul(1 + 2e-5).add(1e-7);
    assertThat(x.isClose(far).toBooleanArray()).containsExactly(x.isInf().toBooleanArray());
    assertThat(x.isClose(far, 1e-3, 1e-3).toBooleanArray()).containsExactly(numbers);
    boolean nan = x.isNan().any().item() != 0;
    assertThat(x.allClose(x)).isEqualTo(!nan);
    assertThat(x.allClose(far, 1e-3, 1e-3)).isEqualTo(!nan);
    assertThat(x.allClose(far)).isEqualTo(x.isInf().all().item() != 0);
    assertThat(x.equal(x)).isEqualTo(!nan);
    assertThat(x.equal(x.unsqueeze(0))).isFalse();
  }

  @OpProperty({"all(int...)", "any(int...)", "countNonzero(int...)"})
  void quantifiersAlong(@ForAll Samples.Axis a) {
    Tensor x = a.x().round();
    Tensor count = x.ne(0).sum(a.dim());
    assertThat(x.countNonzero(a.dim()).toLongArray()).containsExactly(count.toLongArray());
    assertThat(x.countNonzero().toLongArray()).containsExactly(x.ne(0).sum().toLongArray());
    assertThat(x.any(a.dim()).toBooleanArray()).containsExactly(count.gt(0).toBooleanArray());
    assertThat(x.all(a.dim()).toBooleanArray())
        .containsExactly(count.eq(a.size()).toBooleanArray());
  }

  @OpProperty({"argsort()", "argsort(int)", "argsort(int, Order)"})
  void argsort(@ForAll Samples.Axis a) {
    Tensor x = a.x();
    assertThat(x.argsort().toLongArray()).containsExactly(x.sort().indices().toLongArray());
    assertThat(x.argsort(a.dim()).toLongArray())
        .containsExactly(x.sort(a.dim()).indices().toLongArray());
    assertThat(x.argsort(a.dim(), Order.DESCENDING).toLongArray())
        .containsExactly(x.sort(a.dim(), Order.DESCENDING).indices().toLongArray());
  }

  @OpProperty({"unique()", "searchsorted(Tensor)"})
  void unique(@ForAll Samples.Axis a) {
    Tensor x = a.x().round();
    UniqueResult unique = x.unique();
    double[] expected =
        Arrays.stream(x.toDoubleArray()).map(v -> v + 0.0).distinct().sorted().toArray();
    assertThat(unique.values().toDoubleArray())
        .usingElementComparator((v, w) -> Double.compare(v + 0.0, w + 0.0))
        .containsExactly(expected);
    assertThat(unique.values().index(unique.inverse()).equal(x)).isTrue();
    assertThat(unique.counts().equal(unique.inverse().flatten().bincount())).isTrue();
    assertThat(unique.values().searchsorted(x).equal(unique.inverse())).isTrue();
    assertThat(unique.values().searchsorted(x.add(0.5)).equal(unique.inverse().add(1L))).isTrue();
  }

  @OpProperty({"bincount()", "bincount(int)", "bincount(Tensor, int)"})
  void bincount(@ForAll Samples.Index i) {
    Tensor x = i.index().flatten();
    long[] values = x.toLongArray();
    long[] counts = new long[9];
    Arrays.stream(values).forEach(v -> counts[(int) v]++);
    assertThat(x.bincount(9).toLongArray()).containsExactly(counts);
    int size = values.length == 0 ? 0 : (int) Arrays.stream(values).max().orElseThrow() + 1;
    assertThat(x.bincount().toLongArray()).containsExactly(Arrays.copyOf(counts, size));
    assertThat(x.bincount(Tensor.full(0.5, values.length), 9).toDoubleArray())
        .containsExactly(Arrays.stream(counts).mapToDouble(c -> c / 2.0).toArray());
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
