// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PanelsTest {
  private final int threads = Parallel.threads();

  @AfterEach
  void restore() {
    Parallel.threads(threads);
  }

  /// The order of the sum, written down once more.
  private static void addProduct(
      int m, int n, int k, float[] a, float[] b, int from, int to, float[] c, int co, int cs) {
    for (int i = 0; i < m; i++) {
      for (int j = from; j < to; j++) {
        for (int p = 0; p < k; p += 128) {
          float chain = 0;
          for (int q = p; q < Math.min(p + 128, k); q++) {
            chain = Math.fma(a[2 + i * (k + 1) + q], b[q * n + j], chain);
          }
          c[co + i * cs + j] += chain;
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "0, 5, 3",
    "1, 64, 128",
    "2, 65, 129",
    "3, 16, 127",
    "5, 130, 300",
    "6, 128, 256",
    "8, 17, 20",
    "13, 200, 512"
  })
  void addsWhatTheModelAdds(int m, int n, int k) {
    float[] a = Samples.floats(1, 2 + m * (k + 1));
    float[] b = Samples.floats(2, k * n);
    var shifted = new float[3 + k * n];
    var transposed = new float[3 + k * n];
    for (int p = 0; p < k; p++) {
      for (int j = 0; j < n; j++) {
        shifted[3 + p * n + j] = b[p * n + j];
        transposed[3 + j * k + p] = b[p * n + j];
      }
    }
    for (int count = 1; count <= 2; count++) {
      Parallel.threads(count);
      for (int from = 0; from < n; from += Panels.WIDTH) {
        for (Panels panels :
            new Panels[] {
              new Panels(9, k, n, shifted, 3, n, 1),
              new Panels(9, k, n, transposed, 3, 1, k),
              new Panels(1, k, n, shifted, 3, n, 1),
              new Panels(1, k, n, transposed, 3, 1, k)
            }) {
          for (int to : new int[] {Math.min(from + Panels.WIDTH, n), n}) {
            float[] expected = Samples.floats(3, 5 + m * (n + 2));
            float[] actual = expected.clone();
            addProduct(m, n, k, a, b, from, to, expected, 4, n + 2);
            panels.addProduct(m, a, 2, k + 1, from, to, actual, 4, n + 2);
            assertThat(actual).isEqualTo(expected);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "0, 5, 3",
    "1, 64, 128",
    "2, 65, 129",
    "3, 16, 127",
    "5, 130, 300",
    "6, 128, 256",
    "8, 17, 20",
    "13, 200, 512"
  })
  void doublesAreOneChain(int m, int n, int k) {
    double[] a = Samples.doubles(1, 2 + m * (k + 1));
    double[] shifted = Samples.doubles(2, 3 + k * n);
    var transposed = new double[3 + k * n];
    double[] expected = Samples.doubles(3, 5 + m * (n + 2));
    double[] start = expected.clone();
    for (int j = 0; j < n; j++) {
      for (int p = 0; p < k; p++) {
        transposed[3 + j * k + p] = shifted[3 + p * n + j];
      }
      for (int i = 0; i < m; i++) {
        double chain = 0;
        for (int p = 0; p < k; p++) {
          chain = Math.fma(a[2 + i * (k + 1) + p], shifted[3 + p * n + j], chain);
        }
        expected[4 + i * (n + 2) + j] += chain;
      }
    }
    for (DoublePanels panels :
        new DoublePanels[] {
          new DoublePanels(k, n, shifted, 3, n, 1), new DoublePanels(k, n, transposed, 3, 1, k)
        }) {
      double[] actual = start.clone();
      for (int from = 0; from < n; from += Panels.WIDTH) {
        int to = Math.min(from + Panels.WIDTH, n);
        panels.addProduct(m, a, 2, k + 1, from, to, actual, 4, n + 2);
      }
      assertThat(actual).isEqualTo(expected);
    }
  }
}
