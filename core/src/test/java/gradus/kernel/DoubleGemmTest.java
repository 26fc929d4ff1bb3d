// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoubleGemmTest {
  private final int threads = Parallel.threads();

  @AfterEach
  void restore() {
    Parallel.threads(threads);
  }

  /// The order of the sum, of vectors too, written down once more.
  private static double[] model(int m, int n, int k, double[] a, double[] b) {
    var c = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        for (int from = 0; from < k; from += Gemm.KC) {
          double chain = 0;
          for (int p = from; p < Math.min(from + Gemm.KC, k); p++) {
            chain = Math.fma(a[i * k + p], b[p * n + j], chain);
          }
          c[i * n + j] += chain;
        }
      }
    }
    return c;
  }

  private static double[] transposed(double[] x, int rows, int columns) {
    var out = new double[x.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        out[c * rows + r] = x[r * columns + c];
      }
    }
    return out;
  }

  /// `x` with some other elements before it, and between any two of its own.
  private static double[] spread(double[] x, int offset, int step) {
    var out = new double[offset + x.length * step];
    Arrays.fill(out, Double.NaN);
    for (int i = 0; i < x.length; i++) {
      out[offset + i * step] = x[i];
    }
    return out;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "1, 1, 1000",
    "1, 70, 63",
    "1, 3000, 130",
    "3000, 1, 67",
    "2, 3, 4",
    "5, 31, 7",
    "6, 32, 17",
    "7, 33, 511",
    "10, 64, 512",
    "11, 65, 513",
    "16, 16, 2",
    "1, 100, 800",
    "100, 1, 800",
    "19, 47, 1025",
    "61, 70, 33",
    "241, 35, 50",
    "769, 20, 30",
    "9, 3100, 20",
    "120, 96, 400",
    "60, 130, 400",
    "7, 33, 1600"
  })
  void hasTheBitsOfTheModel(int m, int n, int k) {
    double[] a = Samples.doubles(1, m * k);
    double[] b = Samples.doubles(2, k * n);
    double[] expected = model(m, n, k, a, b);
    double[] at = transposed(a, m, k);
    double[] bt = transposed(b, k, n);

    var c = new double[m * n + 5];
    for (int count = 1; count <= 3; count++) {
      Parallel.threads(count);
      assertProduct(expected, c, () -> DoubleGemm.run(m, n, k, a, 0, k, 1, b, 0, n, 1, c, 3));
      assertProduct(expected, c, () -> DoubleGemm.run(m, n, k, at, 0, 1, m, b, 0, n, 1, c, 3));
      assertProduct(expected, c, () -> DoubleGemm.run(m, n, k, a, 0, k, 1, bt, 0, 1, k, c, 3));
      assertProduct(expected, c, () -> DoubleGemm.run(m, n, k, at, 0, 1, m, bt, 0, 1, k, c, 3));
    }
    double[] as = spread(a, 4, 2);
    double[] bs = spread(b, 1, 3);
    assertProduct(
        expected, c, () -> DoubleGemm.run(m, n, k, as, 4, 2 * k, 2, bs, 1, 3 * n, 3, c, 3));
  }

  private static void assertProduct(double[] expected, double[] c, Runnable product) {
    Arrays.fill(c, 99);
    product.run();
    assertThat(Arrays.copyOfRange(c, 3, c.length - 2)).isEqualTo(expected);
    assertThat(new double[] {c[0], c[1], c[2], c[c.length - 2], c[c.length - 1]}).containsOnly(99);
  }

  @Test
  void productsOverNothingAreZero() {
    var c = new double[] {1, 2, 3, 4, 5, 6};
    DoubleGemm.run(2, 3, 0, new double[0], 0, 0, 1, new double[0], 0, 3, 1, c, 0);
    assertThat(c).containsOnly(0);
    DoubleGemm.run(0, 3, 2, new double[0], 0, 2, 1, new double[6], 0, 3, 1, new double[0], 0);
    DoubleGemm.run(2, 0, 2, new double[4], 0, 2, 1, new double[0], 0, 0, 1, new double[0], 0);
  }
}
