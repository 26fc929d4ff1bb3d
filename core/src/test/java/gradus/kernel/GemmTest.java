// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GemmTest {
  private final int threads = Parallel.threads();

  @AfterEach
  void restore() {
    Parallel.threads(threads);
    Beginning.inVectors();
  }

  /// The order of the sum, written down once more.
  private static float[] model(int m, int n, int k, float[] a, float[] b) {
    var c = new float[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        for (int from = 0; from < k; from += Gemm.KC) {
          float chain = 0;
          for (int p = from; p < Math.min(from + Gemm.KC, k); p++) {
            chain = Math.fma(a[i * k + p], b[p * n + j], chain);
          }
          c[i * n + j] += chain;
        }
      }
    }
    return c;
  }

  /// The order of the sum where one factor is a vector.
  private static float[] vectorModel(int m, int n, int k, float[] a, float[] b) {
    var c = new float[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        var sums = new float[64];
        for (int p = 0; p < k; p++) {
          sums[p % 64] = Math.fma(a[i * k + p], b[p * n + j], sums[p % 64]);
        }
        for (int half = 32; half > 0; half /= 2) {
          for (int q = 0; q < half; q++) {
            sums[q] += sums[q + half];
          }
        }
        c[i * n + j] = sums[0];
      }
    }
    return c;
  }

  private static float[] transposed(float[] x, int rows, int columns) {
    var out = new float[x.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        out[c * rows + r] = x[r * columns + c];
      }
    }
    return out;
  }

  /// `x` with some other elements before it, and between any two of its own.
  private static float[] spread(float[] x, int offset, int step) {
    var out = new float[offset + x.length * step];
    Arrays.fill(out, Float.NaN);
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
    "7, 33, 1600",
    "20, 800, 520",
    "270, 600, 30",
    "66, 132, 25000",
    "16, 32, 33000",
    "140, 290, 600",
    "50, 520, 130",
    "33, 300, 1100",
    "400, 800, 20"
  })
  void hasTheBitsOfTheModel(int m, int n, int k) {
    float[] a = Samples.floats(1, m * k);
    float[] b = Samples.floats(2, k * n);
    float[] expected = m == 1 || n == 1 ? vectorModel(m, n, k, a, b) : model(m, n, k, a, b);
    float[] at = transposed(a, m, k);
    float[] bt = transposed(b, k, n);

    var c = new float[m * n + 5];
    for (int count = 1; count <= 3; count++) {
      Parallel.threads(count);
      Gemm.scratch().moveTo(6 * (count - 1));
      assertProduct(expected, c, () -> Gemm.run(m, n, k, a, 0, k, 1, b, 0, n, 1, c, 3));
      assertProduct(expected, c, () -> Gemm.run(m, n, k, at, 0, 1, m, b, 0, n, 1, c, 3));
      assertProduct(expected, c, () -> Gemm.run(m, n, k, a, 0, k, 1, bt, 0, 1, k, c, 3));
      assertProduct(expected, c, () -> Gemm.run(m, n, k, at, 0, 1, m, bt, 0, 1, k, c, 3));
    }
    float[] as = spread(a, 4, 2);
    float[] bs = spread(b, 1, 3);
    assertProduct(expected, c, () -> Gemm.run(m, n, k, as, 4, 2 * k, 2, bs, 1, 3 * n, 3, c, 3));
  }

  /// On each of the ways that a product may take.
  @ParameterizedTest
  @CsvSource({
    "1, 70, 63",
    "70, 1, 63",
    "2, 3, 0",
    "7, 33, 511",
    "11, 65, 513",
    "60, 130, 400",
    "66, 132, 2500",
    "140, 290, 600",
    "400, 800, 520",
    "1600, 300, 20"
  })
  void aRowMayBeAdded(int m, int n, int k) {
    float[] a = Samples.floats(1, m * k);
    float[] b = Samples.floats(2, k * n);
    float[] at = transposed(a, m, k);
    float[] bt = transposed(b, k, n);
    float[] row = Samples.floats(3, n + 2);
    var expected = new float[m * n];
    Gemm.run(m, n, k, a, 0, k, 1, b, 0, n, 1, expected, 0);
    for (int i = 0; i < m * n; i++) {
      expected[i] += row[2 + i % n];
    }
    var c = new float[m * n + 5];
    for (int plain : new int[] {0, Integer.MAX_VALUE}) {
      for (int count = 1; count <= 3; count++) {
        Parallel.threads(count);
        Gemm.PLAIN.leave(plain);
        assertProduct(expected, c, () -> Gemm.run(m, n, k, a, 0, k, 1, b, 0, n, 1, row, 2, c, 3));
        assertProduct(expected, c, () -> Gemm.run(m, n, k, at, 0, 1, m, b, 0, n, 1, row, 2, c, 3));
        assertProduct(expected, c, () -> Gemm.run(m, n, k, a, 0, k, 1, bt, 0, 1, k, row, 2, c, 3));
        assertProduct(expected, c, () -> Gemm.run(m, n, k, at, 0, 1, m, bt, 0, 1, k, row, 2, c, 3));
      }
    }
  }

  /// A chain of products that round to -0 is -0, and an element of C, which begins with +0, is not.
  @ParameterizedTest
  @CsvSource({"140, 290, 300", "7, 33, 20", "60, 600, 130"})
  void whatVanishesIsPositiveZero(int m, int n, int k) {
    var a = new float[m * k];
    var b = new float[k * n];
    Arrays.fill(a, 1e-30f);
    Arrays.fill(b, -1e-30f);
    var c = new float[m * n];
    for (int[] left : new int[][] {{k, 1}, {1, m}}) {
      for (int[] right : new int[][] {{n, 1}, {1, k}}) {
        Arrays.fill(c, 7);
        Gemm.run(m, n, k, a, 0, left[0], left[1], b, 0, right[0], right[1], c, 0);
        for (float value : c) {
          assertThat(Float.floatToRawIntBits(value)).isZero();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 3, 4", "7, 33, 511", "11, 65, 513", "60, 130, 400", "7, 33, 1600", "66, 90, 600"})
  void aNewProcessComputesTheSameBits(int m, int n, int k) {
    float[] a = Samples.floats(1, m * k);
    float[] b = Samples.floats(2, k * n);
    float[] at = transposed(a, m, k);
    float[] bt = transposed(b, k, n);
    float[] as = spread(a, 4, 2);
    float[] bs = spread(b, 1, 3);
    float[] expected = model(m, n, k, a, b);
    var c = new float[m * n + 5];
    for (int count = 1; count <= 3; count++) {
      Parallel.threads(count);
      Gemm.PLAIN.leave(Integer.MAX_VALUE);
      assertProduct(expected, c, () -> Gemm.run(m, n, k, a, 0, k, 1, b, 0, n, 1, c, 3));
      assertProduct(expected, c, () -> Gemm.run(m, n, k, at, 0, 1, m, b, 0, n, 1, c, 3));
      assertProduct(expected, c, () -> Gemm.run(m, n, k, a, 0, k, 1, bt, 0, 1, k, c, 3));
      assertProduct(expected, c, () -> Gemm.run(m, n, k, at, 0, 1, m, bt, 0, 1, k, c, 3));
      assertProduct(expected, c, () -> Gemm.run(m, n, k, as, 4, 2 * k, 2, bs, 1, 3 * n, 3, c, 3));
    }
  }

  private static void assertProduct(float[] expected, float[] c, Runnable product) {
    Arrays.fill(c, 99);
    product.run();
    assertThat(Arrays.copyOfRange(c, 3, c.length - 2)).isEqualTo(expected);
    assertThat(new float[] {c[0], c[1], c[2], c[c.length - 2], c[c.length - 1]}).containsOnly(99);
  }

  @Test
  void isCloseToTheExactProduct() {
    int k = 3000;
    float[] a = Samples.floats(1, 12 * k);
    float[] b = Samples.floats(2, k * 40);
    var c = new float[12 * 40];
    Gemm.run(12, 40, k, a, 0, k, 1, b, 0, 40, 1, c, 0);
    var exact = new double[12 * 40];
    DoubleGemm.run(12, 40, k, Samples.widened(a), 0, k, 1, Samples.widened(b), 0, 40, 1, exact, 0);
    for (int i = 0; i < c.length; i++) {
      // Terms are about 16, partial sums about 16 √k.
      assertThat((double) c[i]).isCloseTo(exact[i], within(0.01));
    }
  }

  @Test
  void productsOverNothingAreZero() {
    var c = new float[] {1, 2, 3, 4, 5, 6};
    Gemm.run(2, 3, 0, new float[0], 0, 0, 1, new float[0], 0, 3, 1, c, 0);
    assertThat(c).containsOnly(0);
    Gemm.run(0, 3, 2, new float[0], 0, 2, 1, new float[6], 0, 3, 1, new float[0], 0);
    Gemm.run(2, 0, 2, new float[4], 0, 2, 1, new float[0], 0, 0, 1, new float[0], 0);
  }
}
