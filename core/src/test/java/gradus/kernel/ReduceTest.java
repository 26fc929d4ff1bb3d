// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReduceTest {
  private final int threads = Parallel.threads();

  @AfterEach
  void restore() {
    Parallel.threads(threads);
    Beginning.inVectors();
  }

  /// The order of the sum of consecutive elements, written down once more.
  private static float model(float[] x, int xo, int n) {
    float total = 0;
    for (int from = 0; from < n; from += 16384) {
      var sums = new float[64];
      for (int i = 0; i < Math.min(16384, n - from); i++) {
        sums[i % 64] += x[xo + from + i];
      }
      for (int half = 32; half >= 1; half /= 2) {
        for (int j = 0; j < half; j++) {
          sums[j] = sums[j] + sums[j + half];
        }
      }
      total += sums[0];
    }
    return total;
  }

  /// The order of the sum of rows, written down once more.
  private static float model(float[] x, int xo, int r, int inner) {
    float total = 0;
    for (int from = 0; from < r; from += 512) {
      float sum = 0;
      for (int k = from; k < Math.min(from + 512, r); k++) {
        sum += x[xo + k * inner];
      }
      total += sum;
    }
    return total;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sumsOfConsecutiveElementsHaveTheBitsOfTheModel(boolean plain) {
    if (plain) {
      Beginning.inPlainLoops();
    }
    float[] x = Samples.floats(1, 50_010);
    x[7] = -0f;
    for (int n = 0; n <= 200; n++) {
      assertSum(x, n % 9, n);
    }
    for (int n : new int[] {1000, 16383, 16384, 16385, 16384 + 63, 32768, 50_000}) {
      assertSum(x, n % 9, n);
    }
  }

  private static void assertSum(float[] x, int xo, int n) {
    var out = new float[] {99};
    Reduce.sum(x, xo, 1, n, 1, out);
    assertThat(out[0]).as("%d elements", n).isEqualTo(Float.valueOf(model(x, xo, n)));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1", "3, 5, 1", "70, 100, 1", "3, 40000, 1", "1, 3, 2", "4, 7, 15", "2, 511, 16",
    "2, 512, 17", "3, 513, 33", "1, 1025, 100", "1, 10, 5000", "1, 3000, 3", "2, 0, 3", "0, 5, 3"
  })
  void sumsHaveTheBitsOfTheModelAtAnyThreadCount(int outer, int r, int inner) {
    float[] x = Samples.floats(2, 2 + outer * r * inner);
    for (int run = 1; run <= 4; run++) {
      Parallel.threads(Math.min(run, 3));
      if (run == 4) {
        Beginning.inPlainLoops();
      }
      var out = new float[outer * inner];
      Arrays.fill(out, 99);
      Reduce.sum(x, 2, outer, r, inner, out);
      for (int o = 0; o < outer; o++) {
        for (int i = 0; i < inner; i++) {
          int at = 2 + o * r * inner + i;
          float expected = inner == 1 ? model(x, at, r) : model(x, at, r, inner);
          assertThat(out[o * inner + i]).isEqualTo(expected);
        }
      }
    }
  }

  /// Sums over the first and the last dimension of `[n, c, r]`, and over such a view of it that
  /// steps are wider, none, or from row to row.
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "5, 3, 7",
    "3, 2, 64",
    "2, 300, 5",
    "40, 3, 1000",
    "3, 2, 16384",
    "20, 2, 1649",
    "2, 3, 20000",
    "0, 2, 3",
    "2, 0, 3",
    "2, 3, 0"
  })
  void sumsOfStridedElementsHaveTheBitsOfTheModelAtAnyThreadCount(int n, int c, int r) {
    float[] x = Samples.floats(4, 9 + 2 * n * c * r);
    int[] shape = {c, n, r};
    for (int[] strides :
        new int[][] {{r, c * r, 1}, {2 * r, 2 * c * r, 2}, {1, c, 0}, {n, 1, c * n}, {0, 1, n}}) {
      var copy = new float[c * n * r];
      for (int i = 0; i < copy.length; i++) {
        copy[i] = x[9 + i / (n * r) * strides[0] + i / r % n * strides[1] + i % r * strides[2]];
      }
      for (int count = 1; count <= 3; count++) {
        Parallel.threads(count);
        var out = new float[c];
        Arrays.fill(out, 99);
        Reduce.sum(x, 9, strides, shape, c, n * r, out);
        for (int o = 0; o < c; o++) {
          assertThat(out[o]).isEqualTo(model(copy, o * n * r, n * r));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 7, 1", "3, 200, 1", "2, 30000, 1", "2, 600, 3", "2, 0, 3"})
  void doubleSumsHaveTheSameOrder(int outer, int r, int inner) {
    // Whole numbers: every order gives the same sum.
    double[] x = new Random(3).ints((long) outer * r * inner, -100, 100).asDoubleStream().toArray();
    var out = new double[outer * inner];
    Reduce.sum(x, 0, outer, r, inner, out);
    var whole = new long[x.length];
    Copy.convert(x, 0, whole, 0, x.length);
    var exact = new long[outer * inner];
    Reduce.sum(whole, 0, outer, r, inner, exact);
    for (int i = 0; i < out.length; i++) {
      assertThat(out[i]).isEqualTo((double) exact[i]);
    }
  }

  @Test
  void longSumsWrapAround() {
    long[] x = {Long.MAX_VALUE, 1, 2, 3, 4, 5};
    var out = new long[3];
    Reduce.sum(x, 0, 1, 2, 3, out);
    assertThat(out).containsExactly(Long.MAX_VALUE + 3, 5, 7);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "5, 10, 1",
    "3, 64, 1",
    "4, 129, 1",
    "2, 1000, 1",
    "1, 5, 3",
    "2, 9, 16",
    "3, 20, 37",
    "1, 300, 130"
  })
  void extremesAreTheFirstOfEquals(int outer, int r, int inner) {
    var random = new Random(5);
    var x = new float[1 + outer * r * inner];
    for (int trial = 0; trial < 20; trial++) {
      for (int i = 0; i < x.length; i++) {
        // Few values, so that there are ties; now and then a NaN, or zeros of both signs.
        int v = random.nextInt(trial < 10 ? 8 : 1000);
        x[i] = trial % 3 == 0 && v == 7 ? Float.NaN : v == 3 ? -0f : v == 4 ? 0f : v - 4;
      }
      assertExtremes(x, outer, r, inner);
    }
  }

  private static void assertExtremes(float[] x, int outer, int r, int inner) {
    int n = outer * inner;
    var max = new float[n];
    var min = new float[n];
    var argmax = new long[n];
    var argmin = new long[n];
    Reduce.max(x, 1, outer, r, inner, max, argmax);
    Reduce.min(x, 1, outer, r, inner, min, argmin);
    var alone = new float[n];
    Reduce.max(x, 1, outer, r, inner, alone, null);
    assertThat(alone).isEqualTo(max);

    double[] wide = Samples.widened(x);
    var wideMax = new double[n];
    var wideArgmax = new long[n];
    var wideMin = new double[n];
    var wideArgmin = new long[n];
    Reduce.max(wide, 1, outer, r, inner, wideMax, wideArgmax);
    Reduce.min(wide, 1, outer, r, inner, wideMin, wideArgmin);
    for (int i = 0; i < n; i++) {
      int at = 1 + i / inner * r * inner + i % inner;
      int greatest = 0;
      int least = 0;
      for (int k = 1; k < r; k++) {
        float v = x[at + k * inner];
        greatest = beats(v, x[at + greatest * inner]) ? k : greatest;
        least = beats(-v, -x[at + least * inner]) ? k : least;
      }
      assertThat(argmax[i]).isEqualTo(greatest).isEqualTo(wideArgmax[i]);
      assertThat(argmin[i]).isEqualTo(least).isEqualTo(wideArgmin[i]);
      assertThat(max[i]).isEqualTo(Float.valueOf(x[at + greatest * inner]));
      assertThat(min[i]).isEqualTo(Float.valueOf(x[at + least * inner]));
      assertThat((float) wideMax[i]).isEqualTo(Float.valueOf(max[i]));
      assertThat((float) wideMin[i]).isEqualTo(Float.valueOf(min[i]));
    }
  }

  private static boolean beats(float v, float champion) {
    return !Float.isNaN(champion) && (Float.isNaN(v) || v > champion);
  }

  @Test
  void longExtremes() {
    long[] x = {3, 9, -1, 9, 3, -1};
    var out = new long[1];
    var index = new long[1];
    Reduce.max(x, 0, 1, 6, 1, out, index);
    assertThat(out[0]).isEqualTo(9);
    assertThat(index[0]).isEqualTo(1);
    Reduce.min(x, 0, 1, 6, 1, out, index);
    assertThat(out[0]).isEqualTo(-1);
    assertThat(index[0]).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void thereIsNoExtremeOfNothing(int inner) {
    assertThatThrownBy(() -> Reduce.max(new float[0], 0, 1, 0, inner, new float[4], null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("max, min: no elements to choose from");
  }
}
