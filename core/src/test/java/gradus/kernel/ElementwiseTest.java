// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElementwiseTest {
  private final int threads = Parallel.threads();

  @AfterEach
  void restore() {
    Parallel.threads(threads);
  }

  @Test
  void operandsMayHaveAnyLayout() {
    var random = new Random(1);
    for (int trial = 0; trial < 1500; trial++) {
      assertRight(Layouts.random(random), trial);
    }
  }

  @Test
  void bigOnesAreSplitAndStayTheSame() {
    for (int count = 1; count <= 3; count++) {
      Parallel.threads(count);
      assertRight(Layouts.of(count, 300, 500), 1);
      assertRight(Layouts.of(count, 2, 40_000, 2), 2);
      assertRight(Layouts.of(count, 20_000, 10), 3);
      assertRight(Layouts.of(count + 10, 300, 500), 4);
      assertRight(Layouts.of(count + 10, 20_000, 10), 5);
    }
  }

  @Test
  void emptyShapesAreEmpty() {
    assertRight(Layouts.of(1, 0), 1);
    assertRight(Layouts.of(2, 3, 0, 2), 1);
    assertRight(Layouts.of(3, 0, 5), 1);
  }

  private static void assertRight(Layouts layouts, int seed) {
    int[] as = layouts.strides();
    int[] bs = layouts.strides();
    int[] cs = layouts.strides();
    int[] ai = layouts.offsets(3, as);
    int[] bi = layouts.offsets(5, bs);
    int[] ci = layouts.offsets(1, cs);
    int n = layouts.size();
    int[] shape = layouts.shape;

    float[] a = Samples.floats(seed, 3 + layouts.extent(as));
    float[] b = Samples.floats(seed + 1, 5 + layouts.extent(bs));
    var difference = new float[n];
    Elementwise.binary(Binary.SUB, a, 3, as, b, 5, bs, shape, difference);
    var magnitude = new float[n];
    Elementwise.unary(Unary.ABS, a, 3, as, shape, magnitude);

    double[] aw = Samples.widened(a);
    double[] bw = Samples.widened(b);
    var wideDifference = new double[n];
    Elementwise.binary(Binary.SUB, aw, 3, as, bw, 5, bs, shape, wideDifference);
    var wideMagnitude = new double[n];
    Elementwise.unary(Unary.ABS, aw, 3, as, shape, wideMagnitude);

    var al = new long[a.length];
    Copy.convert(a, 0, al, 0, a.length);
    var bl = new long[b.length];
    Copy.convert(b, 0, bl, 0, b.length);
    var wholeDifference = new long[n];
    Elementwise.binary(Binary.SUB, al, 3, as, bl, 5, bs, shape, wholeDifference);

    var condition = new byte[1 + layouts.extent(cs)];
    for (int i = 0; i < condition.length; i++) {
      condition[i] = (byte) (i * 7 % 3 == 0 ? 1 : 0);
    }
    var choice = new float[n];
    Elementwise.where(condition, 1, cs, a, 3, as, b, 5, bs, shape, choice);
    var wideChoice = new double[n];
    Elementwise.where(condition, 1, cs, aw, 3, as, bw, 5, bs, shape, wideChoice);
    var wholeChoice = new long[n];
    Elementwise.where(condition, 1, cs, al, 3, as, bl, 5, bs, shape, wholeChoice);
    var ab = new byte[a.length];
    Copy.convert(a, 0, ab, 0, a.length);
    var bb = new byte[b.length];
    Copy.convert(b, 0, bb, 0, b.length);
    var byteChoice = new byte[n];
    Elementwise.where(condition, 1, cs, ab, 3, as, bb, 5, bs, shape, byteChoice);

    for (int i = 0; i < n; i++) {
      float x = a[ai[i]];
      float y = b[bi[i]];
      boolean first = condition[ci[i]] != 0;
      boolean right =
          difference[i] == x - y
              && magnitude[i] == Math.abs(x)
              && wideDifference[i] == (double) x - y
              && wideMagnitude[i] == Math.abs(x)
              && wholeDifference[i] == al[ai[i]] - bl[bi[i]]
              && choice[i] == (first ? x : y)
              && wideChoice[i] == (first ? x : y)
              && wholeChoice[i] == (first ? al[ai[i]] : bl[bi[i]])
              && byteChoice[i] == (first ? ab[ai[i]] : bb[bi[i]]);
      if (!right) {
        fail(
            "element %d of %s with %s, %s, %s",
            i, layouts, Arrays.toString(as), Arrays.toString(bs), Arrays.toString(cs));
      }
    }
  }

  private static boolean holds(Compare op, double x, double y) {
    return switch (op) {
      case EQ -> x == y;
      case NE -> x != y;
      case LT -> x < y;
      case LE -> x <= y;
      case GT -> x > y;
      case GE -> x >= y;
    };
  }

  @ParameterizedTest
  @EnumSource
  void comparesEveryTypeInAnyLayout(Compare op) {
    var random = new Random(2);
    for (int trial = 0; trial < 200; trial++) {
      var layouts = Layouts.random(random);
      int[] as = layouts.strides();
      int[] bs = layouts.strides();
      float[] a = few(random, 2 + layouts.extent(as));
      float[] b = few(random, 1 + layouts.extent(bs));
      assertCompared(op, layouts, a, as, b, bs);
    }
  }

  /// Few values, so that many are equal, and some NaN.
  private static float[] few(Random random, int n) {
    var x = new float[n];
    for (int i = 0; i < n; i++) {
      int v = random.nextInt(6);
      x[i] = v == 5 ? Float.NaN : 100 * v;
    }
    return x;
  }

  private static void assertCompared(
      Compare op, Layouts layouts, float[] a, int[] as, float[] b, int[] bs) {
    int n = layouts.size();
    int[] shape = layouts.shape;
    int[] ai = layouts.offsets(2, as);
    int[] bi = layouts.offsets(1, bs);
    var floats = new byte[n];
    Elementwise.compare(op, a, 2, as, b, 1, bs, shape, floats);
    var doubles = new byte[n];
    Elementwise.compare(op, Samples.widened(a), 2, as, Samples.widened(b), 1, bs, shape, doubles);

    var al = new long[a.length];
    Copy.convert(a, 0, al, 0, a.length);
    var bl = new long[b.length];
    Copy.convert(b, 0, bl, 0, b.length);
    var longs = new byte[n];
    Elementwise.compare(op, al, 2, as, bl, 1, bs, shape, longs);
    var ab = new byte[a.length];
    Copy.convert(a, 0, ab, 0, a.length);
    var bb = new byte[b.length];
    Copy.convert(b, 0, bb, 0, b.length);
    var bytes = new byte[n];
    Elementwise.compare(op, ab, 2, as, bb, 1, bs, shape, bytes);

    for (int i = 0; i < n; i++) {
      boolean real = holds(op, a[ai[i]], b[bi[i]]);
      boolean whole = holds(op, (double) al[ai[i]], (double) bl[bi[i]]);
      boolean small = holds(op, ab[ai[i]] & 0xFF, bb[bi[i]] & 0xFF);
      assertThat(new int[] {floats[i], doubles[i], longs[i], bytes[i]})
          .containsExactly(real ? 1 : 0, real ? 1 : 0, whole ? 1 : 0, small ? 1 : 0);
    }
  }
}
