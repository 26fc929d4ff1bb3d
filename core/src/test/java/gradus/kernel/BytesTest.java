// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.internal.ByteMap;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class BytesTest {
  /// Of pixels in [0, 1], of normalized ones, constant, of no use, and not affine at all.
  private static final List<IntToDoubleFunction> FUNCTIONS =
      List.of(
          v -> v / 255.0,
          v -> (v / 255.0 - 0.4914) / 0.247,
          v -> (v / 255.0 - 0.1307) / 0.3081,
          v -> 1e30 * v - 7,
          v -> 1e-300 * v,
          v -> 3 - v,
          _ -> 0.3,
          _ -> Double.NaN,
          v -> v / 0.0,
          v -> Math.sqrt(v));

  @Test
  void mapsAreTheirFunctionRounded() {
    var random = new Random(1);
    for (IntToDoubleFunction function : FUNCTIONS) {
      var map = new ByteMap(function);
      for (int v = 0; v < 256; v++) {
        assertThat(map.get(v)).isEqualTo(Float.valueOf((float) function.applyAsDouble(v)));
      }
      for (int trial = 0; trial < 300; trial++) {
        byte[] x = new byte[random.nextInt(100)];
        random.nextBytes(x);
        int from = random.nextInt(x.length + 1);
        int n = random.nextInt(x.length - from + 1);
        float[] out = new float[n + 2];
        map.apply(x, from, out, 1, n);
        assertThat(out[0]).isZero();
        assertThat(out[n + 1]).isZero();
        for (int i = 0; i < n; i++) {
          assertThat(out[1 + i]).isEqualTo(Float.valueOf(map.get(x[from + i] & 0xff)));
        }
      }
    }
  }

  @Test
  void rowsAreMovedAndMirroredOnTheWay() {
    var random = new Random(2);
    for (int trial = 0; trial < 5000; trial++) {
      var map = new ByteMap(FUNCTIONS.get(random.nextInt(FUNCTIONS.size())));
      int width = 1 + random.nextInt(40);
      int rows = random.nextInt(6);
      int step = random.nextBoolean() ? 1 : -1;
      int stride = random.nextBoolean() ? width : -width;
      int from = random.nextInt(width + 1);
      int to = from + random.nextInt(width - from + 1);
      byte[] x = new byte[width * (rows + 2)];
      random.nextBytes(x);
      int start = (stride > 0 ? width : rows * width) + (step > 0 ? 0 : width - 1);
      float[] out = new float[rows * width + 2];
      map.apply(x, start, stride, step, from, to, out, 1, rows, width);
      assertThat(out[0]).isZero();
      assertThat(out[rows * width + 1]).isZero();
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < width; c++) {
          int v = from <= c && c < to ? x[start + r * stride + c * step] & 0xff : 0;
          assertThat(out[1 + r * width + c]).isEqualTo(Float.valueOf(map.get(v)));
        }
      }
    }
  }

  @Test
  void scalingsOfPixelsAreComputed() {
    if (Lanes.FLOATS.length() >= 8) {
      assertThat(FUNCTIONS.subList(0, 3)).allMatch(f -> Bytes.Affine.of(f) != null);
    }
    assertThat(FUNCTIONS.subList(8, 10)).allMatch(f -> Bytes.Affine.of(f) == null);
  }
}
