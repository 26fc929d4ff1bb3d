// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupNormsTest {
  private static final double EPS = 0.01;

  private final int threads = Parallel.threads();

  @AfterEach
  void restore() {
    Parallel.threads(threads);
  }

  /// `x[n, c, inner]` with channels in groups.
  private record Case(int n, int c, int inner, int groups) {
    int size() {
      return n * c * inner;
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Compared field by field.
  private record Results(float[] y, float[] dx, float[] dgamma, float[] dbeta) {}

  private static Results floats(
      float[] x, float[] dy, Case s, float @Nullable [] gamma, float @Nullable [] beta) {
    var mean = new float[s.n * s.groups];
    var invStd = new float[s.n * s.groups];
    var r = new Results(new float[s.size()], new float[s.size()], new float[s.c], new float[s.c]);
    GroupNorms.forward(x, 2, s.n, s.c, s.inner, s.groups, gamma, beta, EPS, mean, invStd, r.y);
    GroupNorms.backward(
        x, 2, dy, 1, s.n, s.c, s.inner, s.groups, mean, invStd, gamma, r.dx, r.dgamma, r.dbeta);
    return r;
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Wide(double[] y, double[] dx, double[] dgamma, double[] dbeta) {}

  private static Wide doubles(
      double[] x, double[] dy, Case s, double @Nullable [] gamma, double @Nullable [] beta) {
    var mean = new double[s.n * s.groups];
    var invStd = new double[s.n * s.groups];
    var r = new Wide(new double[s.size()], new double[s.size()], new double[s.c], new double[s.c]);
    GroupNorms.forward(x, 2, s.n, s.c, s.inner, s.groups, gamma, beta, EPS, mean, invStd, r.y);
    GroupNorms.backward(
        x, 2, dy, 1, s.n, s.c, s.inner, s.groups, mean, invStd, gamma, r.dx, r.dgamma, r.dbeta);
    return r;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1",
    "5, 4, 1, 2",
    "3, 6, 13, 3",
    "40, 8, 64, 2",
    "2, 3, 300, 3",
    "1, 2, 20000, 1",
    "2000, 8, 5, 1",
    "0, 4, 3, 2"
  })
  void agreesWithDoublesAtAnyThreadCount(int n, int c, int inner, int groups) {
    var s = new Case(n, c, inner, groups);
    float[] x = Samples.floats(1, s.size() + 2);
    float[] dy = Samples.floats(2, s.size() + 1);
    float[] gamma = Samples.floats(3, c);
    float[] beta = Samples.floats(4, c);
    Wide wide =
        doubles(
            Samples.widened(x),
            Samples.widened(dy),
            s,
            Samples.widened(gamma),
            Samples.widened(beta));
    Parallel.threads(1);
    Results first = floats(x, dy, s, gamma, beta);
    // A group may vary little, and is then blown up by at most 1 / √eps = 10.
    assertClose(first.y, wide.y, 2e-5);
    assertClose(first.dx, wide.dx, 4e-4);
    assertClose(first.dgamma, wide.dgamma, 1e-5 * Math.sqrt(n * inner + 1));
    assertClose(first.dbeta, wide.dbeta, 1e-5 * Math.sqrt(n * inner + 1));
    for (int count = 2; count <= 3; count++) {
      Parallel.threads(count);
      assertThat(floats(x, dy, s, gamma, beta)).usingRecursiveComparison().isEqualTo(first);
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
    double[] x = {0, 0, 1, 2, 6, 3, 5, 10};
    var y = new double[6];
    var mean = new double[2];
    var invStd = new double[2];
    double[] gamma = {1, 2, 3};
    double[] beta = {5, 6, 7};
    GroupNorms.forward(x, 2, 1, 3, 2, 1, gamma, beta, 0.5, mean, invStd, y);
    double s = 1 / Math.sqrt(53.5 / 6 + 0.5);
    assertThat(mean[0]).isCloseTo(4.5, within(1e-15));
    assertThat(invStd[0]).isCloseTo(s, within(1e-15));
    double[] wanted = {5 - 3.5 * s, 5 - 2.5 * s, 6 + 3 * s, 6 - 3 * s, 7 + 1.5 * s, 7 + 16.5 * s};
    assertThat(y).containsExactly(wanted, within(1e-13));
  }

  /// dx against central differences of Σ dy · y.
  @ParameterizedTest
  @CsvSource({"1", "2", "4"})
  void theGradientIsTheGradient(int groups) {
    var s = new Case(2, 4, 3, groups);
    double[] x = Samples.doubles(1, 2 + s.size());
    double[] dy = Samples.doubles(2, 1 + s.size());
    double[] gamma = {1.5, -0.5, 1, 2};
    double[] dx = doubles(x, dy, s, gamma, null).dx;
    for (int i = 0; i < s.size(); i++) {
      double[] up = x.clone();
      double[] down = x.clone();
      up[2 + i] += 1e-6;
      down[2 + i] -= 1e-6;
      double slope = (loss(up, dy, s, gamma) - loss(down, dy, s, gamma)) / 2e-6;
      assertThat(dx[i]).isCloseTo(slope, within(1e-7));
    }
  }

  private static double loss(double[] x, double[] dy, Case s, double[] gamma) {
    double[] y = doubles(x, dy, s, gamma, null).y;
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += y[i] * dy[1 + i];
    }
    return sum;
  }

  @Test
  void withoutGammaAndBetaTheyAreOneAndZero() {
    var s = new Case(3, 4, 2, 2);
    float[] x = Samples.floats(1, 26);
    float[] dy = Samples.floats(2, 25);
    assertThat(floats(x, dy, s, null, null))
        .usingRecursiveComparison()
        .isEqualTo(floats(x, dy, s, new float[] {1, 1, 1, 1}, new float[4]));
    double[] wide = Samples.widened(x);
    assertThat(doubles(wide, wide, s, null, null))
        .usingRecursiveComparison()
        .isEqualTo(doubles(wide, wide, s, new double[] {1, 1, 1, 1}, new double[4]));
  }
}
