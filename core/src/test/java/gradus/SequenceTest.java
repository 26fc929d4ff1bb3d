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
}
