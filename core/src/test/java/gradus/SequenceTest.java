// SPDX-License-Identifier: Apache-2.0
package gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Products, running sums and products, sorting, and the extremes of whole numbers.
class SequenceTest {
  @Test
  void sortsWithIndicesAndGradients() {
    Tensor x = Tensor.of(new double[] {3, 1, 2, -1, 5, 4}, 2, 3).requiresGrad(true);
    SortResult sorted = x.sort();
    assertThat(sorted.values().toDoubleArray()).containsExactly(1, 2, 3, -1, 4, 5);
    assertThat(sorted.indices().toLongArray()).containsExactly(1, 2, 0, 0, 2, 1);
    sorted.values().mul(Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3)).sum().backward();
    assertThat(x.grad().toFloatArray()).containsExactly(3, 1, 2, 4, 6, 5);

    assertThat(x.sort(0, Order.DESCENDING).indices().toLongArray())
        .containsExactly(0, 1, 1, 1, 0, 0);
    assertThat(Tensor.scalar(2.0).sort().values().item()).isEqualTo(2);
  }

  @Test
  void takesTheLargestOrTheSmallest() {
    Tensor x = Tensor.of(new double[] {3, 1, 2, -1, 5, 4}, 2, 3);
    assertThat(x.topk(2).values().toDoubleArray()).containsExactly(3, 2, 5, 4);
    assertThat(x.topk(1, 0).indices().toLongArray()).containsExactly(0, 1, 1);
    assertThat(x.topk(1, 1, Order.ASCENDING).values().toDoubleArray()).containsExactly(1, -1);
    assertThat(x.topk(0).values().shape()).isEqualTo(Shape.of(2, 0));
    assertThat(Tensor.scalar(2.0).topk(1).values().item()).isEqualTo(2);
  }

  @Test
  void sortsWholeNumbersAndBytesAsTheyAre() {
    Tensor longs = Tensor.of(new long[] {Long.MAX_VALUE, -4, Long.MAX_VALUE - 1});
    assertThat(longs.sort().values().toLongArray())
        .containsExactly(-4, Long.MAX_VALUE - 1, Long.MAX_VALUE);
    Tensor bytes = Tensor.of(new byte[] {(byte) 200, 3});
    assertThat(bytes.sort().values().dtype()).isEqualTo(DType.UINT8);
    assertThat(bytes.sort().values().toLongArray()).containsExactly(3, 200);
  }

  @Test
  void findsExtremesOfWholeNumbers() {
    Tensor x = Tensor.of(new long[] {3, Long.MAX_VALUE, -4, Long.MAX_VALUE - 1}, 2, 2);
    assertThat(x.max().dtype()).isEqualTo(DType.INT64);
    assertThat(x.max().toLongArray()).containsExactly(Long.MAX_VALUE);
    assertThat(x.min(1).values().toLongArray()).containsExactly(3, -4);
    assertThat(x.amax(0).toLongArray()).containsExactly(3, Long.MAX_VALUE);
    assertThat(x.argmax().item()).isEqualTo(1);
    assertThat(x.argmin(0).toLongArray()).containsExactly(1, 1);
    assertThat(Tensor.of(new byte[] {(byte) 200, 3}).max().item()).isEqualTo(200);
    assertThat(Tensor.of(new byte[] {(byte) 200, 3}).max().dtype()).isEqualTo(DType.UINT8);
    assertThat(Tensor.of(new boolean[] {false, true}).min().dtype()).isEqualTo(DType.BOOL);
  }

  @Test
  void multipliesAndAddsWholeNumbersInInt64() {
    Tensor x = Tensor.of(new byte[] {100, 100, 2}, 3);
    assertThat(x.prod().dtype()).isEqualTo(DType.INT64);
    assertThat(x.prod().item()).isEqualTo(20_000);
    assertThat(x.cumsum(0).toLongArray()).containsExactly(100, 200, 202);
    assertThat(x.cumprod(-1).toLongArray()).containsExactly(100, 10_000, 20_000);
    assertThat(Tensor.zeros(DType.INT64, 0, 2).prod(0).toLongArray()).containsExactly(1, 1);
  }

  @Test
  void productsHaveTheirShapes() {
    Tensor x = Tensor.arange(1, 13).to(DType.FLOAT32).reshape(2, 3, 2);
    assertThat(x.prod().item()).isEqualTo(479_001_600);
    assertThat(x.prod(0, 2).toDoubleArray()).containsExactly(112, 1080, 3960);
    assertThat(x.prod(Dims.keep(1)).shape()).isEqualTo(Shape.of(2, 1, 2));
    assertThat(x.prod(Dims.keep()).shape()).isEqualTo(Shape.of(1, 1, 1));
    assertThat(Tensor.zeros(0).prod().item()).isEqualTo(1);
    assertThat(Tensor.zeros(2, 0).prod(1).toFloatArray()).containsExactly(1, 1);
  }

  @Test
  void productsAreDifferentiatedAtZeros() {
    Tensor x = Tensor.of(2, 0, 3, 0).requiresGrad(true);
    x.prod().backward();
    assertThat(x.grad().toFloatArray()).containsExactly(0, 0, 0, 0);
    Tensor y = Tensor.of(2, 0, 3).requiresGrad(true);
    Tensor first =
        Autograd.grad(y.prod(), List.of(y), Autograd.options().createGraph(true)).getFirst();
    assertThat(first.toFloatArray()).containsExactly(0, 6, 0);
    Tensor second = Autograd.grad(first.sum(), List.of(y)).getFirst();
    // Of yz + xz + xy.
    assertThat(second.toFloatArray()).containsExactly(3, 5, 2);
  }

  @Test
  void normsDoNotOverflow() {
    assertThat(Tensor.of(3e20, 4e20).norm().item()).isCloseTo(5e20, within(1e14));
    assertThat(Tensor.of(3e-30, 4e-30).norm().item()).isCloseTo(5e-30, within(1e-36));
    assertThat(Tensor.float64(new double[] {1e200, 1e200}).norm(3).item())
        .isCloseTo(1.25992104989e200, within(1e190));
    assertThat(Tensor.of(3, Double.NEGATIVE_INFINITY).norm().item())
        .isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Tensor.of(3, Double.NaN).norm(3).item()).isNaN();
    assertThat(Tensor.of(3, 0, -2).norm(0).item()).isEqualTo(2);
    assertThat(Tensor.of(3, 0, -2).norm(Double.NEGATIVE_INFINITY).item()).isZero();
    assertThat(Tensor.zeros(0).norm().item()).isZero();
    assertThat(Tensor.zeros(2, 0).norm(1, Dims.keep(1)).toFloatArray()).containsExactly(0, 0);
  }

  @Test
  void logsumexpOfNothingIsMinusInfinity() {
    assertThat(Tensor.zeros(2, 0).logsumexp(1).toFloatArray())
        .containsOnly(Float.NEGATIVE_INFINITY);
    assertThat(Tensor.of(1000, 1000).logsumexp().item()).isCloseTo(1000.6931, within(1e-4));
  }

  @Test
  void findsRunningExtremes() {
    Tensor x = Tensor.of(new double[] {2, 3, 3, 1, 4, -1, -1, 5, -2, -2}, 2, 5);
    MaxResult max = x.cummax(1);
    assertThat(max.values().toDoubleArray()).containsExactly(2, 3, 3, 3, 4, -1, -1, 5, 5, 5);
    assertThat(max.indices().toLongArray()).containsExactly(0, 1, 2, 2, 4, 0, 1, 2, 2, 2);
    MaxResult min = x.cummin(-1);
    assertThat(min.values().toDoubleArray()).containsExactly(2, 2, 2, 1, 1, -1, -1, -1, -2, -2);
    assertThat(min.indices().toLongArray()).containsExactly(0, 0, 0, 3, 3, 0, 1, 1, 3, 4);
    assertThat(x.cummax(0).indices().toLongArray()).containsExactly(0, 0, 0, 0, 0, 0, 0, 1, 0, 0);

    Tensor nan = Tensor.of(1, Double.NaN, 5, Double.NaN, 6);
    assertThat(nan.cummax(0).indices().toLongArray()).containsExactly(0, 1, 1, 3, 3);
    assertThat(nan.cummin(0).values().toDoubleArray())
        .containsExactly(1, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    Tensor longs = Tensor.of(new long[] {Long.MAX_VALUE - 1, Long.MAX_VALUE, 3});
    assertThat(longs.cummax(0).values().toLongArray())
        .containsExactly(Long.MAX_VALUE - 1, Long.MAX_VALUE, Long.MAX_VALUE);
    Tensor bools = Tensor.of(new boolean[] {false, true, false});
    assertThat(bools.cummax(0).values().dtype()).isEqualTo(DType.BOOL);
    assertThat(bools.cummax(0).values().toBooleanArray()).containsExactly(false, true, true);
    assertThat(Tensor.scalar(2.0).cummin(0).values().item()).isEqualTo(2);
    assertThat(Tensor.zeros(2, 0).cummax(1).values().shape()).isEqualTo(Shape.of(2, 0));

    Tensor leaf = Tensor.of(1, 3, 2, 3).requiresGrad(true);
    leaf.cummax(0).values().mul(Tensor.of(1, 10, 100, 1000)).sum().backward();
    assertThat(leaf.grad().toFloatArray()).containsExactly(1, 110, 0, 1000);
  }

  @Test
  void addsUpExponentialsWithoutOverflow() {
    Tensor x = new Generator(5).normal(0, 3, 3, 37).to(DType.FLOAT64);
    Tensor y = x.logcumsumexp(1);
    for (int k = 0; k < 37; k++) {
      double[] expected = x.narrow(1, 0, k + 1).logsumexp(1).toDoubleArray();
      assertThat(y.select(1, k).toDoubleArray()).containsExactly(expected, within(1e-12));
    }
    double big = 1000;
    double infinity = Double.POSITIVE_INFINITY;
    assertThat(Tensor.of(-infinity, big, big, -big).logcumsumexp(0).toDoubleArray())
        .containsExactly(
            new double[] {-infinity, big, big + StrictMath.log(2), big + StrictMath.log(2)},
            within(1e-3));
    assertThat(Tensor.scalar(2.0).logcumsumexp(0).item()).isEqualTo(2);
  }

  @Test
  void findsTheKthAndTheMostFrequent() {
    Tensor x = Tensor.of(new double[] {3, 1, 2, 1, 5, 4, 4, 4}, 2, 4);
    assertThat(x.kthvalue(2).values().toDoubleArray()).containsExactly(1, 4);
    assertThat(x.kthvalue(2).indices().toLongArray()).containsExactly(3, 2);
    assertThat(x.kthvalue(1, 0).values().toDoubleArray()).containsExactly(3, 1, 2, 1);
    assertThat(Tensor.of(Double.NaN, 1).kthvalue(2).values().item()).isNaN();
    assertThat(Tensor.scalar(2.0).kthvalue(1).values().item()).isEqualTo(2);

    assertThat(x.mode().values().toDoubleArray()).containsExactly(1, 4);
    assertThat(x.mode().indices().toLongArray()).containsExactly(3, 3);
    // Of equally many the smallest.
    assertThat(x.mode(0).values().toDoubleArray()).containsExactly(3, 1, 2, 1);
    assertThat(Tensor.of(2, 5, 2, 5, 9).mode().values().item()).isEqualTo(2);
    assertThat(Tensor.of(2, 5, 2, 5, 9).mode().indices().item()).isEqualTo(2);
    assertThat(Tensor.of(Double.NaN, 7, Double.NaN).mode().values().item()).isEqualTo(7);
    assertThat(Tensor.of(new boolean[] {true, false, true}).mode().values().item()).isEqualTo(1);
    assertThat(Tensor.scalar(2.0).mode().indices().item()).isZero();

    Tensor leaf = Tensor.of(1, 3, 2, 3).requiresGrad(true);
    leaf.mode().values().add(leaf.kthvalue(2).values()).backward();
    assertThat(leaf.grad().toFloatArray()).containsExactly(0, 0, 1, 1);
  }

  @Test
  void leavesNanOutOfSumsAndMeans() {
    double nan = Double.NaN;
    Tensor x = Tensor.of(new double[] {1, nan, 3, nan, nan, nan}, 2, 3).requiresGrad(true);
    assertThat(x.nansum().item()).isEqualTo(4);
    assertThat(x.nansum(1).toDoubleArray()).containsExactly(4, 0);
    assertThat(x.nansum(Dims.keep(1)).shape()).isEqualTo(Shape.of(2, 1));
    assertThat(x.nanmean().item()).isEqualTo(2);
    assertThat(x.nanmean(1).toDoubleArray()).containsExactly(2, nan);
    assertThat(x.nanmean(0).toDoubleArray()).containsExactly(1, nan, 3);
    assertThat(Tensor.of(new long[] {1, 2}).nansum().dtype()).isEqualTo(DType.INT64);
    x.nanmean().backward();
    assertThat(x.grad().toFloatArray()).containsExactly(0.5f, 0, 0.5f, 0, 0, 0);
    Tensor whole = new Generator(6).normal(0, 1, 3, 4);
    assertThat(whole.nansum(0).equal(whole.sum(0))).isTrue();
    assertThat(whole.nanmean(1).allClose(whole.mean(1))).isTrue();
  }

  @Test
  void multipliesOverChosenDimensions() {
    Tensor a = new Generator(7).normal(0, 1, 2, 3, 4).to(DType.FLOAT64);
    Tensor b = new Generator(8).normal(0, 1, 4, 3, 5).to(DType.FLOAT64);
    int[] two = {1, 2};
    int[] others = {1, 0};
    assertClose(a.tensordot(b, two, others), Tensor.einsum("abc,cbd->ad", a, b));
    assertClose(a.tensordot(b, 1), Tensor.einsum("abc,cde->abde", a, b));
    assertClose(
        a.tensordot(b, new int[] {-2}, new int[] {1}), Tensor.einsum("abc,dbe->acde", a, b));
    assertClose(
        a.tensordot(a.permute(1, 2, 0), 2), Tensor.einsum("abc,bcd->ad", a, a.permute(1, 2, 0)));
    assertClose(a.tensordot(a, new int[] {0, 1, 2}, new int[] {0, 1, 2}), a.square().sum());
    // Over none: all products.
    assertClose(a.tensordot(b.get(0), 0), Tensor.einsum("abc,de->abcde", a, b.get(0)));
    // A dimension of size 1 is repeated.
    Tensor one = a.narrow(2, 0, 1);
    assertClose(one.tensordot(b, 1), one.expand(2, 3, 4).tensordot(b, 1));
    Tensor row = b.narrow(0, 0, 1);
    assertClose(a.tensordot(row, 1), a.tensordot(row.expand(4, 3, 5), 1));
    assertThat(Tensor.zeros(2, 0).tensordot(Tensor.zeros(0, 3), 1).equal(Tensor.zeros(2, 3)))
        .isTrue();
  }

  private static void assertClose(Tensor actual, Tensor expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.toDoubleArray()).containsExactly(expected.toDoubleArray(), within(1e-12));
  }
}
