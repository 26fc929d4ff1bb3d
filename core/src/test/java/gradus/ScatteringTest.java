// SPDX-License-Identifier: Apache-2.0
package gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Scatters that combine elements, and gathers that broadcast: against their definitions.
class ScatteringTest {
  private static final Tensor INDEX = Tensor.of(new long[] {0, 2, 0, 0, 2, 3, 0, 0, 0}, 3, 3);

  private static Tensor random(long seed, int... shape) {
    return new Generator(seed).normal(0, 1, shape).to(DType.FLOAT64);
  }

  private static Tensor scattered(
      ScatterReduce reduce, boolean includesSelf, Tensor x, int dim, Tensor index, Tensor src) {
    return includesSelf
        ? x.scatterReduce(dim, index, src, reduce)
        : x.scatterReduceWithoutSelf(dim, index, src, reduce);
  }

  /// What the first `n` values make, one after the other.
  private static double reduced(ScatterReduce reduce, double[] values, int n) {
    double y = values[0];
    for (int i = 1; i < n; i++) {
      y =
          switch (reduce) {
            case SUM, MEAN -> y + values[i];
            case PROD -> y * values[i];
            case AMAX -> Math.max(y, values[i]);
            case AMIN -> Math.min(y, values[i]);
          };
    }
    return reduce == ScatterReduce.MEAN ? y / n : y;
  }

  @ParameterizedTest
  @EnumSource
  void eachPlaceGetsWhatItsElementsMake(ScatterReduce reduce) {
    Tensor x = random(1, 3, 4);
    Tensor src = random(2, 3, 3);
    for (boolean includesSelf : new boolean[] {true, false}) {
      Tensor y = scattered(reduce, includesSelf, x, -1, INDEX, src);
      for (int row = 0; row < 3; row++) {
        for (int place = 0; place < 4; place++) {
          double[] values = new double[4];
          int n = 0;
          for (int i = 0; i < 3; i++) {
            if (INDEX.get(row, i).item() == place) {
              values[n++] = src.get(row, i).item();
            }
          }
          if (includesSelf || n == 0) {
            values[n++] = x.get(row, place).item();
          }
          assertThat(y.get(row, place).item())
              .as("%s at %d, %d", includesSelf, row, place)
              .isCloseTo(reduced(reduce, values, n), within(1e-12));
        }
      }
      Tensor columns = scattered(reduce, includesSelf, x.t(), 0, INDEX.t(), src.t());
      assertThat(columns.t().equal(y)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void wholeNumbersStayWhole(ScatterReduce reduce) {
    Tensor x = Tensor.of(new long[] {7, -5, Long.MAX_VALUE - 1}, 3);
    Tensor index = Tensor.of(new long[] {1, 1, 0}, 3);
    Tensor src = Tensor.of(new long[] {-4, 2, 3, 9}, 4);
    Tensor y = x.scatterReduce(0, index, src, reduce);
    Tensor without = x.scatterReduceWithoutSelf(0, index, src, reduce);
    assertThat(y.dtype()).isEqualTo(DType.INT64);
    // −7 / 3 is rounded down.
    long[] expected =
        switch (reduce) {
          case SUM -> new long[] {10, -7, 3, -2};
          case PROD -> new long[] {21, 40, 3, -8};
          case MEAN -> new long[] {5, -3, 3, -1};
          case AMAX -> new long[] {7, 2, 3, 2};
          case AMIN -> new long[] {3, -5, 3, -4};
        };
    assertThat(y.toLongArray()).containsExactly(expected[0], expected[1], Long.MAX_VALUE - 1);
    assertThat(without.toLongArray()).containsExactly(expected[2], expected[3], Long.MAX_VALUE - 1);
  }

  @Test
  void equalExtremesShareTheGradient() {
    Tensor x = Tensor.of(3, 1, 5).requiresGrad(true);
    Tensor src = Tensor.of(3, 3, 2, 4).requiresGrad(true);
    Tensor index = Tensor.of(new long[] {0, 0, 1, 2}, 4);
    x.scatterReduce(0, index, src, ScatterReduce.AMAX).mul(Tensor.of(6, 10, 20)).sum().backward();
    assertThat(x.grad().toFloatArray()).containsExactly(2, 0, 20);
    assertThat(src.grad().toFloatArray()).containsExactly(2, 2, 10, 0);
    x.grad(null);
    src.grad(null);
    x.scatterReduceWithoutSelf(0, index, src, ScatterReduce.AMIN)
        .mul(Tensor.of(6, 10, 20))
        .sum()
        .backward();
    assertThat(x.grad().toFloatArray()).containsExactly(0, 0, 0);
    assertThat(src.grad().toFloatArray()).containsExactly(3, 3, 10, 20);
  }

  @Test
  void productsHaveDerivativesWhereElementsAreZero() {
    Tensor x = Tensor.of(2, 5).requiresGrad(true);
    Tensor src = Tensor.of(0, 3, 0, 7).requiresGrad(true);
    Tensor index = Tensor.of(new long[] {0, 0, 1, 1}, 4);
    x.scatterReduce(0, index, src, ScatterReduce.PROD).sum().backward();
    assertThat(x.grad().toFloatArray()).containsExactly(0, 0);
    assertThat(src.grad().toFloatArray()).containsExactly(6, 0, 35, 0);
  }

  @Test
  void nanAndInfinityArePassedOn() {
    Tensor x = Tensor.of(1, Double.POSITIVE_INFINITY, 2);
    Tensor src = Tensor.of(Double.NaN, 3, Double.NEGATIVE_INFINITY);
    Tensor index = Tensor.of(new long[] {0, 1, 2}, 3);
    assertThat(x.scatterReduce(0, index, src, ScatterReduce.AMAX).toDoubleArray())
        .containsExactly(Double.NaN, Double.POSITIVE_INFINITY, 2);
    assertThat(x.scatterReduce(0, index, src, ScatterReduce.AMIN).toDoubleArray())
        .containsExactly(Double.NaN, 3, Double.NEGATIVE_INFINITY);
    // What doesn't count isn't looked at.
    assertThat(src.scatterReduceWithoutSelf(0, index, x, ScatterReduce.MEAN).toDoubleArray())
        .containsExactly(1, Double.POSITIVE_INFINITY, 2);
  }

  @Test
  void nothingChangesNothing() {
    Tensor x = random(3, 2, 2);
    Tensor none = Tensor.zeros(DType.INT64, 0, 2);
    for (ScatterReduce reduce : ScatterReduce.values()) {
      assertThat(x.scatterReduce(0, none, x, reduce).equal(x)).isTrue();
      assertThat(x.scatterReduceWithoutSelf(0, none, x, reduce).equal(x)).isTrue();
      Tensor scalar = Tensor.scalar(2.0);
      Tensor one =
          scalar.scatterReduceWithoutSelf(0, Tensor.scalar(0L), Tensor.scalar(3.0), reduce);
      assertThat(one.item()).isEqualTo(3);
    }
  }

  @Test
  void takesAlongADimensionOrOfAll() {
    Tensor x = random(4, 3, 4);
    Tensor order = x.argsort(1);
    assertThat(x.takeAlongDim(order, 1).equal(x.sort(1).values())).isTrue();
    assertThat(x.takeAlongDim(order, -1).equal(x.gather(1, order))).isTrue();
    // One index for all columns, and one row for all indices.
    Tensor largest = x.argmax(0).unsqueeze(0);
    assertThat(x.takeAlongDim(largest, 0).equal(x.amax(Dims.keep(0)))).isTrue();
    Tensor rows = Tensor.of(new long[] {2, 0}, 2, 1);
    assertThat(x.takeAlongDim(rows, 0).equal(x.indexSelect(0, rows.flatten()))).isTrue();
    Tensor row = x.narrow(0, 0, 1);
    assertThat(row.takeAlongDim(order, 1).get(2).equal(row.get(0).gather(0, order.get(2))))
        .isTrue();
    Tensor places = Tensor.of(new long[] {11, 0, 5, 5}, 2, 2);
    assertThat(x.takeAlongDim(places).equal(x.flatten().indexSelect(0, places.flatten()))).isTrue();
    assertThat(Tensor.scalar(2.5).takeAlongDim(Tensor.scalar(0L), 0).item()).isEqualTo(2.5);
  }
}
