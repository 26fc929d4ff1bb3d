// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SortTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  private static long[] order(Object x, int n, boolean descending) {
    var out = new long[n];
    Sort.order(x, 0, 1, n, 1, descending, out);
    return out;
  }

  @Test
  void nanIsGreatestAndZerosAreEqual() {
    double[] x = {INF, NAN, -1, 0, -0.0, -INF, 3, 0};
    assertThat(order(x, 8, false)).containsExactly(5, 2, 3, 4, 7, 6, 0, 1);
    assertThat(order(x, 8, true)).containsExactly(1, 0, 6, 3, 4, 7, 2, 5);
    float[] floats = {Float.POSITIVE_INFINITY, Float.NaN, -1, 0, -0f, -Float.MIN_VALUE};
    assertThat(order(floats, 6, false)).containsExactly(2, 5, 3, 4, 0, 1);
  }

  @Test
  void wholeNumbersAreNotRounded() {
    long[] x = {Long.MAX_VALUE, Long.MAX_VALUE - 1, Long.MIN_VALUE, 0};
    assertThat(order(x, 4, false)).containsExactly(2, 3, 1, 0);
    assertThat(order(x, 4, true)).containsExactly(0, 1, 3, 2);
  }

  @Test
  void equalsStayInOrder() {
    float[] x = new float[1000];
    for (int i = 0; i < x.length; i++) {
      x[i] = i * 7 % 3;
    }
    long[] expected =
        IntStream.range(0, 3)
            .flatMap(v -> IntStream.range(0, 1000).filter(i -> x[i] == v))
            .mapToLong(i -> i)
            .toArray();
    assertThat(order(x, 1000, false)).isEqualTo(expected);
  }

  @Test
  void sortsTheMiddleDimension() {
    float[] x = {9, 9, 3, 0, 1, 2, 2, 1, 0, 3, 5, 5};
    var out = new long[12];
    Sort.order(x, 2, 2, 3, 1, false, out);
    assertThat(out).startsWith(1, 2, 0, 2, 0, 1);
    Sort.order(x, 2, 1, 3, 2, false, out);
    assertThat(out).startsWith(1, 0, 2, 2, 0, 1);
  }
}
