// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowNormsTest {
  private static final double EPS = 0.01;

  private final int threads = Parallel.threads();

  @AfterEach
  void restore() {
    Parallel.threads(threads);
  }

  @SuppressWarnings("ArrayRecordComponent") // Compared field by field.
  private record Results(float[] y, float[] dx, float[] dgamma, float[] dbeta) {}

  private static Results floats(
      float[] x, float[] dy, int rows, int n, float[] gamma, float[] beta, boolean centred) {
    float[] mean = centred ? new float[rows] : null;
    var invStd = new float[rows];
    var r = new Results(new float[rows * n], new float[rows * n], new float[n], new float[n]);
    RowNorms.forward(x, 2, rows, n, gamma, beta, EPS, mean, invStd, r.y);
    RowNorms.backward(x, 2, dy, 1, rows, n, mean, invStd, gamma, r.dx, r.dgamma, r.dbeta);
    return r;
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Wide(double[] y, double[] dx, double[] dgamma, double[] dbeta) {}

  private static Wide doubles(
      double[] x,
      double[] dy,
      int rows,
      int n,
      double @Nullable [] gamma,
      double @Nullable [] beta,
      boolean centred) {
    double[] mean = centred ? new double[rows] : null;
    var invStd = new double[rows];
    var r = new Wide(new double[rows * n], new double[rows * n], new double[n], new double[n]);
    RowNorms.forward(x, 2, rows, n, gamma, beta, EPS, mean, invStd, r.y);
    RowNorms.backward(x, 2, dy, 1, rows, n, mean, invStd, gamma, r.dx, r.dgamma, r.dbeta);
    return r;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, true",
    "5, 3, true",
    "1300, 17, true",
    "64, 64, true",
    "65, 130, true",
    "3, 40000, true",
    "70000, 1, true",
    "0, 3, true",
    "5, 3, false",
    "200, 257, false"
  })
  void agreesWithDoublesAtAnyThreadCount(int rows, int n, boolean centred) {
    float[] x = Samples.floats(1, rows * n + 2);
    float[] dy = Samples.floats(2, rows * n + 1);
    float[] gamma = Samples.floats(3, n);
    float[] beta = Samples.floats(4, n);
    Wide wide =
        doubles(
            Samples.widened(x),
            Samples.widened(dy),
            rows,
            n,
            Samples.widened(gamma),
            Samples.widened(beta),
            centred);
    Parallel.threads(1);
    Results first = floats(x, dy, rows, n, gamma, beta, centred);
    // A row may vary little, and is then blown up by at most 1 / √eps = 10.
    assertClose(first.y, wide.y, 2e-5);
    assertClose(first.dx, wide.dx, 4e-4);
    assertClose(first.dgamma, wide.dgamma, 1e-5 * Math.sqrt(rows + 1));
    assertClose(first.dbeta, wide.dbeta, 1e-5 * Math.sqrt(rows + 1));
    for (int count = 2; count <= 3; count++) {
      Parallel.threads(count);
      assertThat(floats(x, dy, rows, n, gamma, beta, centred))
          .usingRecursiveComparison()
          .isEqualTo(first);
    }
  }

  private static void assertClose(float[] actual, double[] expected, double error) {
    for (int i = 0; i < actual.length; i++) {
      double allowed = error * (1 + Math.abs(expected[i]));
      if (!(Math.abs(actual[i] - expected[i]) <= allowed)) {
        assertThat((double) actual[i]).isCloseTo(expected[i], within(allowed));
      }
    }
  }

  @Test
  void doublesAreWhatTheFormulaSays() {
    double[] x = {0, 0, 1, 2, 6};
    var y = new double[3];
    var mean = new double[1];
    var invStd = new double[1];
    RowNorms.forward(
        x, 2, 1, 3, new double[] {1, 2, 3}, new double[] {5, 6, 7}, 0.5, mean, invStd, y);
    double s = 1 / Math.sqrt(14.0 / 3 + 0.5);
    assertThat(mean[0]).isEqualTo(3);
    assertThat(invStd[0]).isCloseTo(s, within(1e-15));
    assertThat(y).containsExactly(new double[] {5 - 2 * s, 6 - 2 * s, 7 + 9 * s}, within(1e-14));
    RowNorms.forward(x, 2, 1, 3, null, null, 0.5, null, invStd, y);
    double t = 1 / Math.sqrt(41.0 / 3 + 0.5);
    assertThat(y).containsExactly(new double[] {t, 2 * t, 6 * t}, within(1e-14));
  }

  /// dx against central differences of Σ dy · y.
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void theGradientIsTheGradient(boolean centred) {
    int n = 4;
    double[] x = Samples.doubles(1, 2 + 3 * n);
    double[] dy = Samples.doubles(2, 1 + 3 * n);
    double[] gamma = {1.5, -0.5, 1, 2};
    double[] dx = doubles(x, dy, 3, n, gamma, null, centred).dx;
    for (int i = 0; i < 3 * n; i++) {
      double[] up = x.clone();
      double[] down = x.clone();
      up[2 + i] += 1e-6;
      down[2 + i] -= 1e-6;
      double slope = (loss(up, dy, n, gamma, centred) - loss(down, dy, n, gamma, centred)) / 2e-6;
      assertThat(dx[i]).isCloseTo(slope, within(1e-7));
    }
  }

  private static double loss(double[] x, double[] dy, int n, double[] gamma, boolean centred) {
    double[] y = doubles(x, dy, 3, n, gamma, null, centred).y;
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += y[i] * dy[1 + i];
    }
    return sum;
  }

  @Test
  void withoutGammaAndBetaTheyAreOneAndZero() {
    float[] x = Samples.floats(1, 26);
    float[] dy = Samples.floats(2, 25);
    var with = floats(x, dy, 8, 3, new float[] {1, 1, 1}, new float[3], true);
    var without = floats(x, dy, 8, 3, null, null, true);
    assertThat(without).usingRecursiveComparison().isEqualTo(with);
    double[] wide = Samples.widened(x);
    double[] ones = {1, 1, 1};
    assertThat(doubles(wide, wide, 8, 3, null, null, true))
        .usingRecursiveComparison()
        .isEqualTo(doubles(wide, wide, 8, 3, ones, new double[3], true));
  }
}
