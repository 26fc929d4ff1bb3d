// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowsTest {
  private static final float INF = Float.POSITIVE_INFINITY;

  private final int threads = Parallel.threads();

  @AfterEach
  void restore() {
    Parallel.threads(threads);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "5, 2", "3, 10", "7, 16", "300, 33", "2, 64", "3, 1000", "1, 40000", "0, 3"})
  void agreesWithDoublesAtAnyThreadCount(int rows, int n) {
    float[] x = Samples.floats(1, rows * n + 3);
    float[] dy = Samples.floats(2, rows * n + 1);
    double[] wide = Samples.widened(x);
    double[] wideDy = Samples.widened(dy);
    var soft = new double[rows * n];
    Rows.softmax(wide, 3, rows, n, soft);
    var log = new double[rows * n];
    Rows.logSoftmax(wide, 3, rows, n, log);
    var softGrad = new double[rows * n];
    Rows.softmaxGrad(wideDy, 1, soft, 0, rows, n, softGrad);
    var logGrad = new double[rows * n];
    Rows.logSoftmaxGrad(wideDy, 1, log, 0, rows, n, logGrad);

    float[][] first = results(1, x, dy, rows, n);
    // Σ dy grows like √n, and its error with it.
    double error = 4e-6 * (1 + Math.sqrt(n) / 10);
    for (int i = 0; i < rows * n; i++) {
      // The rounding of x - max is a relative error of its exponential.
      assertClose(first[0][i], soft[i], 3e-7 * (1 - log[i]) * soft[i] + 1e-38);
      assertClose(first[1][i], log[i], 1e-6 * (1 - log[i]));
      assertClose(first[2][i], softGrad[i], error * (1 + Math.abs(softGrad[i])));
      assertClose(first[3][i], logGrad[i], error * (1 + Math.abs(logGrad[i])));
    }
    assertThat(results(2, x, dy, rows, n)).isEqualTo(first);
    assertThat(results(3, x, dy, rows, n)).isEqualTo(first);
  }

  private static void assertClose(float actual, double expected, double error) {
    assertThat((double) actual).isCloseTo(expected, within(error));
  }

  private static float[][] results(int threads, float[] x, float[] dy, int rows, int n) {
    Parallel.threads(threads);
    var out = new float[4][rows * n];
    Rows.softmax(x, 3, rows, n, out[0]);
    Rows.logSoftmax(x, 3, rows, n, out[1]);
    Rows.softmaxGrad(dy, 1, out[0], 0, rows, n, out[2]);
    Rows.logSoftmaxGrad(dy, 1, out[1], 0, rows, n, out[3]);
    return out;
  }

  @Test
  void doublesAreWhatTheFormulaSays() {
    double[] x = {1, 2, 3};
    var soft = new double[3];
    Rows.softmax(x, 0, 1, 3, soft);
    double sum = StrictMath.exp(1) + StrictMath.exp(2) + StrictMath.exp(3);
    var log = new double[3];
    Rows.logSoftmax(x, 0, 1, 3, log);
    double[] dy = {0.5, -2, 1};
    double dot = 0;
    for (int i = 0; i < 3; i++) {
      assertThat(soft[i]).isCloseTo(StrictMath.exp(x[i]) / sum, within(1e-15));
      assertThat(log[i]).isCloseTo(x[i] - StrictMath.log(sum), within(1e-15));
      dot += dy[i] * soft[i];
    }
    var grad = new double[3];
    Rows.softmaxGrad(dy, 0, soft, 0, 1, 3, grad);
    for (int i = 0; i < 3; i++) {
      assertThat(grad[i]).isCloseTo(soft[i] * (dy[i] - dot), within(1e-15));
    }
    Rows.logSoftmaxGrad(dy, 0, log, 0, 1, 3, grad);
    for (int i = 0; i < 3; i++) {
      assertThat(grad[i]).isCloseTo(dy[i] - soft[i] * -0.5, within(1e-15));
    }
  }

  @Test
  void infinitiesAreTreatedAsInPyTorch() {
    float[] x = {1, -INF, 1, -INF, -INF, -INF, INF, 0, 1, Float.NaN, 0, 1, 3e38f, -3e38f, 0};
    var soft = new float[15];
    Rows.softmax(x, 0, 5, 3, soft);
    float nan = Float.NaN;
    assertThat(soft)
        .containsExactly(0.5f, 0, 0.5f, nan, nan, nan, nan, nan, nan, nan, nan, nan, 1, 0, 0);
    var log = new float[15];
    Rows.logSoftmax(x, 0, 5, 3, log);
    float half = -0.6931472f;
    assertThat(log)
        .containsExactly(
            half, -INF, half, nan, nan, nan, nan, nan, nan, nan, nan, nan, 0, -INF, -3e38f);
  }

  @Test
  void aRowDoesNotDependOnItsNeighbours() {
    float[] x = Samples.floats(1, 50 * 21);
    var all = new float[x.length];
    Rows.softmax(x, 0, 50, 21, all);
    for (int r = 0; r < 50; r++) {
      var one = new float[21];
      Rows.softmax(x, r * 21, 1, 21, one);
      assertThat(one).isEqualTo(Arrays.copyOfRange(all, r * 21, r * 21 + 21));
    }
  }
}
