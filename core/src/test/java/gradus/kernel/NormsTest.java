// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormsTest {
  private static final double EPS = 1e-5;

  private final int threads = Parallel.threads();

  @AfterEach
  void restore() {
    Parallel.threads(threads);
  }

  @SuppressWarnings("ArrayRecordComponent") // Compared field by field.
  private record Results(
      float[] mean, float[] var, float[] y, float[] dx, float[] dgamma, float[] dbeta) {}

  private static Results floats(
      float[] x, float[] dy, int n, int c, int inner, float[] gamma, float[] beta) {
    var r =
        new Results(
            new float[c],
            new float[c],
            new float[n * c * inner],
            new float[n * c * inner],
            new float[c],
            new float[c]);
    Norms.stats(x, 2, n, c, inner, r.mean, r.var);
    var invStd = new float[c];
    for (int k = 0; k < c; k++) {
      invStd[k] = 1 / (float) Math.sqrt(r.var[k] + (float) EPS);
    }
    Norms.forward(x, 2, n, c, inner, r.mean, invStd, gamma, beta, r.y);
    Norms.backward(x, 2, dy, 1, n, c, inner, r.mean, invStd, gamma, r.dx, r.dgamma, r.dbeta);
    return r;
  }

  @ParameterizedTest
  @CsvSource({
    "2, 1, 1",
    "5, 3, 1",
    "256, 70, 1",
    "1300, 17, 1",
    "4, 3, 5",
    "2, 5, 64",
    "3, 2, 1000",
    "1, 4, 9",
    "40, 1100, 1"
  })
  void agreesWithDoublesAtAnyThreadCount(int n, int c, int inner) {
    int size = n * c * inner;
    float[] x = Samples.floats(1, size + 2);
    float[] dy = Samples.floats(2, size + 1);
    float[] gamma = Samples.floats(3, c);
    float[] beta = Samples.floats(4, c);
    double[] wide = Samples.widened(x);
    var mean = new double[c];
    var var = new double[c];
    Norms.stats(wide, 2, n, c, inner, mean, var);
    var invStd = new double[c];
    for (int k = 0; k < c; k++) {
      invStd[k] = 1 / Math.sqrt(var[k] + EPS);
    }
    var y = new double[size];
    var dx = new double[size];
    var dgamma = new double[c];
    var dbeta = new double[c];
    double[] wideGamma = Samples.widened(gamma);
    Norms.forward(wide, 2, n, c, inner, mean, invStd, wideGamma, Samples.widened(beta), y);
    Norms.backward(
        wide, 2, Samples.widened(dy), 1, n, c, inner, mean, invStd, wideGamma, dx, dgamma, dbeta);

    Parallel.threads(1);
    var first = floats(x, dy, n, c, inner, gamma, beta);
    // With few elements a channel may vary little, and is then blown up.
    double worst = 0;
    for (double s : invStd) {
      worst = Math.max(worst, s);
    }
    assertClose(first.mean, mean, 1e-6);
    assertClose(first.var, var, 1e-5);
    assertClose(first.y, y, 4e-6 * (1 + worst));
    assertClose(first.dx, dx, 1e-5 * (1 + worst * worst));
    assertClose(first.dgamma, dgamma, 1e-5 * (1 + worst) * Math.sqrt(n * inner));
    assertClose(first.dbeta, dbeta, 1e-5 * Math.sqrt(n * inner));
    for (int count = 2; count <= 3; count++) {
      Parallel.threads(count);
      assertThat(floats(x, dy, n, c, inner, gamma, beta))
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
    double[] x = {1, 2, 3, 4, 5, 7};
    var mean = new double[1];
    var var = new double[1];
    Norms.stats(x, 0, 3, 1, 2, mean, var);
    assertThat(mean[0]).isCloseTo(22.0 / 6, within(1e-15));
    assertThat(var[0]).isCloseTo(104.0 / 6 - mean[0] * mean[0], within(1e-14));
    var y = new double[6];
    Norms.forward(x, 0, 3, 1, 2, mean, new double[] {2}, new double[] {3}, new double[] {5}, y);
    for (int i = 0; i < 6; i++) {
      assertThat(y[i]).isCloseTo((x[i] - mean[0]) * 6 + 5, within(1e-14));
    }
  }

  /// dx against central differences of Σ dy · y.
  @Test
  void theGradientIsTheGradient() {
    int n = 3;
    int c = 2;
    int inner = 2;
    double[] x = Samples.doubles(1, 12);
    double[] dy = Samples.doubles(2, 12);
    double[] gamma = {1.5, -0.5};
    var mean = new double[c];
    var invStd = new double[c];
    scales(x, n, c, inner, mean, invStd);
    var dx = new double[12];
    Norms.backward(x, 0, dy, 0, n, c, inner, mean, invStd, gamma, dx, new double[c], new double[c]);
    for (int i = 0; i < 12; i++) {
      double[] up = x.clone();
      double[] down = x.clone();
      up[i] += 1e-6;
      down[i] -= 1e-6;
      double slope = (loss(up, dy, n, c, inner, gamma) - loss(down, dy, n, c, inner, gamma)) / 2e-6;
      assertThat(dx[i]).isCloseTo(slope, within(1e-7));
    }
  }

  private static void scales(double[] x, int n, int c, int inner, double[] mean, double[] invStd) {
    var var = new double[c];
    Norms.stats(x, 0, n, c, inner, mean, var);
    for (int k = 0; k < c; k++) {
      invStd[k] = 1 / Math.sqrt(var[k] + EPS);
    }
  }

  private static double loss(double[] x, double[] dy, int n, int c, int inner, double[] gamma) {
    var mean = new double[c];
    var invStd = new double[c];
    scales(x, n, c, inner, mean, invStd);
    var y = new double[x.length];
    Norms.forward(x, 0, n, c, inner, mean, invStd, gamma, null, y);
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      sum += y[i] * dy[i];
    }
    return sum;
  }

  @Test
  void withoutGammaAndBetaTheyAreOneAndZero() {
    float[] x = Samples.floats(1, 26);
    float[] dy = Samples.floats(2, 25);
    var with = floats(x, dy, 4, 3, 2, new float[] {1, 1, 1}, new float[3]);
    var without = floats(x, dy, 4, 3, 2, null, null);
    assertThat(without).usingRecursiveComparison().isEqualTo(with);
    double[] wide = Samples.doubles(1, 24);
    double[] mean = {1, 2, 3};
    double[] ones = {1, 1, 1};
    var y = new double[24];
    var z = new double[24];
    Norms.forward(wide, 0, 4, 3, 2, mean, mean, null, null, y);
    Norms.forward(wide, 0, 4, 3, 2, mean, mean, ones, new double[3], z);
    assertThat(y).isEqualTo(z);
    Norms.backward(wide, 0, wide, 0, 4, 3, 2, mean, mean, null, y, new double[3], new double[3]);
    Norms.backward(wide, 0, wide, 0, 4, 3, 2, mean, mean, ones, z, new double[3], new double[3]);
    assertThat(y).isEqualTo(z);
  }
}
