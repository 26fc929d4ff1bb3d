// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransposeTest {
  /// Squares and edges, with distances of rows that share cache sets and others.
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1",
    "16, 16, 16, 16",
    "33, 50, 50, 33",
    "40, 37, 64, 512",
    "64, 130, 130, 1024",
    "19, 21, 300, 256",
    "70, 16, 17, 768"
  })
  void rowsBecomeColumns(int rows, int columns, int xs, int os) {
    var x = new float[3 + rows * xs];
    var y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
      y[i] = i;
    }
    var floats = new float[5 + columns * os];
    var doubles = new double[floats.length];
    Arrays.fill(floats, -1);
    Arrays.fill(doubles, -1);
    var expected = floats.clone();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        expected[5 + c * os + r] = x[3 + r * xs + c];
      }
    }
    Transpose.matrix(x, 3, xs, rows, columns, floats, 5, os);
    Transpose.matrix(y, 3, xs, rows, columns, doubles, 5, os);
    assertThat(floats).isEqualTo(expected);
    for (int i = 0; i < doubles.length; i++) {
      assertThat(doubles[i]).isEqualTo(expected[i]);
    }
  }
}
