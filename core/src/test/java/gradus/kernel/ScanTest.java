// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScanTest {
  private final int threads = Parallel.threads();

  @AfterEach
  void restore() {
    Parallel.threads(threads);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "3, 5, 4", "2, 7, 1", "1, 70000, 1", "300, 9, 30", "3, 0, 4", "0, 3, 4"})
  void runsAlongTheMiddleDimension(int outer, int r, int inner) {
    int n = outer * r * inner;
    double[] x = Samples.doubles(1, n + 3);
    double[] forth = new double[n];
    double[] back = new double[n];
    double[] product = new double[n];
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < inner; i++) {
        double sum = 0;
        double prod = 1;
        for (int k = 0; k < r; k++) {
          int at = (o * r + k) * inner + i;
          forth[at] = sum += x[3 + at];
          product[at] = prod *= x[3 + at];
        }
        sum = 0;
        for (int k = r - 1; k >= 0; k--) {
          int at = (o * r + k) * inner + i;
          back[at] = sum += x[3 + at];
        }
      }
    }
    for (int t = 1; t <= 3; t++) {
      Parallel.threads(t);
      var out = new double[n];
      Scan.sum(x, 3, outer, r, inner, false, out);
      assertThat(out).isEqualTo(forth);
      Scan.sum(x, 3, outer, r, inner, true, out);
      assertThat(out).isEqualTo(back);
      Scan.prod(x, 3, outer, r, inner, out);
      assertThat(out).isEqualTo(product);
    }
  }

  @Test
  void addsFloatsInDouble() {
    float[] x = {1e8f, 1, 1, 1, 1, -1e8f};
    var out = new float[6];
    Scan.sum(x, 0, 1, 6, 1, false, out);
    assertThat(out[5]).isEqualTo(4);
    Scan.sum(x, 0, 1, 6, 1, true, out);
    assertThat(out[0]).isEqualTo(4);
    Scan.prod(new float[] {1e30f, 1e30f, 1e-30f, 1e-30f}, 0, 1, 4, 1, out);
    assertThat(out).startsWith(1e30f, Float.POSITIVE_INFINITY, 1e30f, 1f);
  }

  @Test
  void wrapsWholeNumbers() {
    long[] x = {Long.MAX_VALUE, 2, -3};
    var out = new long[3];
    Scan.sum(x, 0, 1, 3, 1, false, out);
    assertThat(out).containsExactly(Long.MAX_VALUE, Long.MIN_VALUE + 1, Long.MIN_VALUE - 2);
    Scan.prod(x, 0, 1, 3, 1, out);
    assertThat(out).containsExactly(Long.MAX_VALUE, -2, 6);
  }

  @Test
  void differentiatesProductsWithZeros() {
    float[] dx = new float[4];
    Scan.prodGrad(new float[] {1, 1, 1, 1}, 0, new float[] {2, 0, 3, 0}, 0, 1, 4, 1, dx);
    // y = (a, ab, abc, abcd)
    assertThat(dx).containsExactly(1, 2 + 2 * 3, 0, 0);
  }
}
