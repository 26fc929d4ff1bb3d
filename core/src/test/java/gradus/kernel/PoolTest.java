// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolTest {
  private static PoolAxis axis(int in, int width, int stride) {
    int out = (in - width) / stride + 1;
    int[] start = new int[out];
    int[] end = new int[out];
    for (int o = 0; o < out; o++) {
      start[o] = o * stride;
      end[o] = o * stride + width;
    }
    return new PoolAxis(in, start, end, 1, end);
  }

  /// The vectors of floats find what the loop over doubles finds, in images of many widths, among
  /// them those whose windows fill one vector or half of one, at every vector length.
  @ParameterizedTest
  @CsvSource({
    "4,4,2,2", "8,8,2,2", "16,16,2,2", "16,10,2,2", "17,32,2,2", "32,33,2,2", "6,64,2,2",
    "2,16,2,2", "9,9,3,2", "16,16,3,2", "16,20,2,1", "16,32,3,1", "12,12,3,3", "5,40,5,2"
  })
  void largestOfFloatsAreThoseOfDoubles(int height, int width, int window, int stride) {
    var s =
        new PoolShape(5, PoolAxis.NONE, axis(height, window, stride), axis(width, window, stride));
    var random = new Random(7);
    float[] x = new float[3 + s.planes() * s.inputs()];
    for (int i = 0; i < x.length; i++) {
      // Few values, so that many are equal.
      x[i] =
          random.nextInt(4) == 0
              ? Samples.SPECIAL[random.nextInt(Samples.SPECIAL.length)]
              : random.nextInt(5);
    }
    int n = s.planes() * s.outputs();
    var y = new float[n];
    var at = new int[n];
    Pool.max(s, x, 3, y, at);
    var wide = new double[n];
    var places = new int[n];
    Pool.max(s, Samples.widened(x), 3, wide, places);
    assertThat(at).isEqualTo(places);
    assertThat(Samples.widened(y)).isEqualTo(wide);
  }
}
