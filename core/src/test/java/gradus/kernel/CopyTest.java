// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyTest {
  private final int threads = Parallel.threads();

  @AfterEach
  void restore() {
    Parallel.threads(threads);
  }

  @Test
  void stridedOfAnyLayout() {
    var random = new Random(1);
    for (int trial = 0; trial < 1500; trial++) {
      var layouts = Layouts.random(random);
      assertCopied(layouts, layouts.strides());
    }
    assertCopied(Layouts.of(1, 3, 0), new int[] {1, 3});
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 3", "7, 9", "8, 8", "16, 16", "31, 33", "100, 257", "600, 70"})
  void transposed(int rows, int columns) {
    for (int count = 1; count <= 3; count++) {
      Parallel.threads(count);
      assertCopied(Layouts.of(1, rows, columns), new int[] {1, rows});
      assertCopied(Layouts.of(1, 2, 3, rows, columns), new int[] {rows * columns * 3, 0, 1, rows});
      assertCopied(Layouts.of(1, rows, 2, columns), new int[] {1, rows * columns, rows});
    }
  }

  @ParameterizedTest
  @CsvSource({"3, 2", "2, 33", "40, 32", "50, 1000", "3, 40000", "40000, 3"})
  void expanded(int rows, int columns) {
    for (int count = 1; count <= 3; count++) {
      Parallel.threads(count);
      assertCopied(Layouts.of(1, rows, columns), new int[] {0, 0});
      assertCopied(Layouts.of(1, rows, columns), new int[] {0, 1});
      assertCopied(Layouts.of(1, rows, columns), new int[] {1, 0});
      assertCopied(Layouts.of(1, 2, rows, columns), new int[] {0, 2, 0});
    }
  }

  private static void assertCopied(Layouts layouts, int[] strides) {
    int size = layouts.extent(strides) + 2;
    var x = new float[size];
    for (int i = 0; i < size; i++) {
      x[i] = i;
    }
    var doubles = new double[size];
    Copy.convert(x, 0, doubles, 0, size);
    var longs = new long[size];
    Copy.convert(x, 0, longs, 0, size);
    var bytes = new byte[size];
    Copy.convert(x, 0, bytes, 0, size);
    int n = layouts.size();
    var floatOut = new float[n + 2];
    var doubleOut = new double[n + 2];
    var longOut = new long[n + 2];
    var byteOut = new byte[n + 2];
    Copy.strided(x, 2, strides, layouts.shape, floatOut, 1);
    Copy.strided(doubles, 2, strides, layouts.shape, doubleOut, 1);
    Copy.strided(longs, 2, strides, layouts.shape, longOut, 1);
    Copy.strided(bytes, 2, strides, layouts.shape, byteOut, 1);

    int[] offsets = layouts.offsets(2, strides);
    for (int i = 0; i < n; i++) {
      boolean right =
          floatOut[1 + i] == offsets[i]
              && doubleOut[1 + i] == offsets[i]
              && longOut[1 + i] == offsets[i]
              && byteOut[1 + i] == (byte) offsets[i];
      if (!right) {
        fail("element %d of %s with %s", i, layouts, Arrays.toString(strides));
      }
    }
    assertThat(floatOut[0]).isZero();
    assertThat(floatOut[n + 1]).isZero();
  }

  @Test
  void conversionsCutFractionsAndKeepLowBits() {
    float[] x = {0f, -0f, 1.9f, -1.9f, 255f, 256f, 300.7f, -1f, 1e10f};
    var longs = new long[9];
    Copy.convert(x, 0, longs, 0, 9);
    assertThat(longs).containsExactly(0, 0, 1, -1, 255, 256, 300, -1, 10_000_000_000L);
    var bytes = new byte[9];
    Copy.convert(x, 0, bytes, 0, 9);
    assertThat(bytes).containsExactly(0, 0, 1, -1, -1, 0, 44, -1, 0);
    var doubles = new double[9];
    Copy.convert(bytes, 0, doubles, 0, 9);
    assertThat(doubles).containsExactly(0, 0, 1, 255, 255, 0, 44, 255, 0);
    Copy.convert(bytes, 0, longs, 0, 9);
    assertThat(longs).containsExactly(0, 0, 1, 255, 255, 0, 44, 255, 0);
    var floats = new float[9];
    Copy.convert(bytes, 0, floats, 0, 9);
    assertThat(floats).containsExactly(0, 0, 1, 255, 255, 0, 44, 255, 0);

    double[] wide = {0.1, -2.5, 1e300, 257.9};
    Copy.convert(wide, 0, floats, 5, 4);
    assertThat(floats).endsWith(0.1f, -2.5f, Float.POSITIVE_INFINITY, 257.9f);
    Copy.convert(wide, 1, longs, 0, 3);
    assertThat(longs).startsWith(-2, Long.MAX_VALUE, 257);
    Copy.convert(wide, 3, bytes, 0, 1);
    assertThat(bytes[0]).isEqualTo((byte) 1);

    long[] whole = {(1L << 24) + 1, (1L << 53) + 1, -3};
    Copy.convert(whole, 0, floats, 0, 3);
    assertThat(floats).startsWith(0x1p24f, 0x1p53f, -3f);
    Copy.convert(whole, 0, doubles, 0, 3);
    assertThat(doubles).startsWith(0x1.000001p24, 0x1p53, -3);
    Copy.convert(whole, 0, bytes, 0, 3);
    assertThat(bytes).startsWith(1, 1, -3);
    Copy.convert(whole, 1, longs, 0, 2);
    assertThat(longs).startsWith((1L << 53) + 1, -3);
  }

  @Test
  void truthIsWhatIsNotZero() {
    var out = new byte[4];
    Copy.convertToBool(new float[] {0f, -0f, Float.NaN, 1e-40f}, 0, out, 0, 4);
    assertThat(out).containsExactly(0, 0, 1, 1);
    Copy.convertToBool(new double[] {0, 5, -0.0, 1e-300}, 0, out, 0, 4);
    assertThat(out).containsExactly(0, 1, 0, 1);
    Copy.convertToBool(new long[] {256, 0, -1, 0}, 0, out, 0, 4);
    assertThat(out).containsExactly(1, 0, 1, 0);
    Copy.convertToBool(new byte[] {2, 0, -1, 1}, 0, out, 0, 4);
    assertThat(out).containsExactly(1, 0, 1, 1);
  }

  @Test
  void otherArraysAreRefused() {
    assertThatThrownBy(() -> Copy.convert(new int[1], 0, new float[1], 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("convert: int[] is no array of a tensor's elements");
    assertThatThrownBy(() -> Copy.convert(new float[1], 0, new int[1], 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("convert: int[] is no array of a tensor's elements");
  }

  @Test
  void addsInPlaceAndFills() {
    for (int n : new int[] {0, 1, 33, 100_000}) {
      float[] acc = Samples.floats(1, n + 2);
      float[] x = Samples.floats(2, n + 3);
      double[] wide = Samples.widened(acc);
      float[] before = acc.clone();
      Copy.addInPlace(acc, 1, x, 3, n);
      Copy.addInPlace(wide, 1, Samples.widened(x), 3, n);
      for (int i = 0; i < n; i++) {
        assertThat(acc[1 + i]).isEqualTo(before[1 + i] + x[3 + i]);
        assertThat(wide[1 + i]).isEqualTo((double) before[1 + i] + x[3 + i]);
      }
      assertThat(acc[n + 1]).isEqualTo(before[n + 1]);
    }
    var floats = new float[4];
    Copy.fill(floats, 1, 2, 7f);
    assertThat(floats).containsExactly(0, 7, 7, 0);
    var doubles = new double[3];
    Copy.fill(doubles, 0, 2, 7.5);
    assertThat(doubles).containsExactly(7.5, 7.5, 0);
    var longs = new long[3];
    Copy.fill(longs, 2, 1, 7L);
    assertThat(longs).containsExactly(0, 0, 7);
    var bytes = new byte[2];
    Copy.fill(bytes, 0, 1, (byte) 7);
    assertThat(bytes).containsExactly(7, 0);
  }
}
