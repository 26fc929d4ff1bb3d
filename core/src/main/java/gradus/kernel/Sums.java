// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The orders in which floats are added: see [Reduce]. An instance holds the scratch space of one
/// thread.
final class Sums {
  /// Elements of a stretch, where they are consecutive.
  static final int CHUNK = 1 << 14;

  /// Partial sums of a stretch: 4 vectors of 512 bits, 8 of 256 or 16 of 128.
  static final int PARTIALS = 64;

  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final int VL = S.length();

  /// Whether four vectors hold all partial sums.
  private static final boolean WHOLE = 4 * VL == PARTIALS;

  /// The rest where there is none: sums change nothing by it, as none of them is -0.
  private static final float[] NOTHING = new float[PARTIALS];

  private final float[] partial = new float[PARTIALS];
  private final float[] otherPartial = new float[PARTIALS];
  private final float[] rest = new float[PARTIALS];
  private final float[] otherRest = new float[PARTIALS];

  /// The sum of `n` consecutive elements.
  float consecutive(float[] x, int xo, int n) {
    if (n <= CHUNK) {
      return chunk(x, xo, n);
    }
    float sum = 0;
    for (int i = 0; i < n; i += CHUNK) {
      sum += chunk(x, xo + i, Math.min(CHUNK, n - i));
    }
    return sum;
  }

  /// The sum of at most [#CHUNK] consecutive elements.
  float chunk(float[] x, int xo, int n) {
    if (n < PARTIALS) {
      return few(x, xo, n);
    }
    if (Loops.PLAIN.takes(n)) {
      return plain(x, xo, n);
    }
    int end = n / PARTIALS * PARTIALS;
    float[] rest = end == n ? NOTHING : rest(x, xo + end, n - end, 0, this.rest);
    for (int column = 0; column < PARTIALS; column += 4 * VL) {
      columns(x, xo + column, end, rest, partial, column);
    }
    return folded(partial);
  }

  /// Copies fewer elements than there are partial sums to `rest`, and fills it up.
  static float[] rest(float[] x, int xo, int n, float filling, float[] rest) {
    System.arraycopy(x, xo, rest, 0, n);
    Arrays.fill(rest, n, PARTIALS, filling);
    return rest;
  }

  /// Writes the sums of the products of `n` consecutive elements of `y` and those of `x` from `x0`
  /// and from `x1` on to `out` at `o0` and `o1`, added up as in [#consecutive], each product fused
  /// with its addition. Two rows at once since the processor then reads both of them ahead, which
  /// takes a quarter less time than one after the other if they are not in a near cache.
  void products(float[] x, int x0, int x1, float[] y, int yo, int n, float[] out, int o0, int o1) {
    float sum = 0;
    float other = 0;
    for (int i = 0; i < n; i += CHUNK) {
      int length = Math.min(CHUNK, n - i);
      int end = length / PARTIALS * PARTIALS;
      int left = length - end;
      for (int column = 0; column < PARTIALS; column += 4 * VL) {
        int at = yo + i + column;
        columns(x, x0 + i + column, x1 + i + column, y, at, end, partial, otherPartial, column);
      }
      if (left > 0) {
        float[] yr = rest(y, yo + i + end, left, 0, otherRest);
        addRest(x, x0 + i + end, left, yr, partial);
        addRest(x, x1 + i + end, left, yr, otherPartial);
      }
      sum += folded(partial);
      other += folded(otherPartial);
    }
    out[o0] = sum;
    out[o1] = other;
  }

  private void addRest(float[] x, int xo, int n, float[] yr, float[] sums) {
    float[] xr = rest(x, xo, n, 0, rest);
    for (int q = 0; q < PARTIALS; q += VL) {
      FloatVector.fromArray(S, xr, q)
          .fma(FloatVector.fromArray(S, yr, q), FloatVector.fromArray(S, sums, q))
          .intoArray(sums, q);
    }
  }

  /// The sum of [#PARTIALS] partial sums, which spends them: j + half is added to j, and so on with
  /// half of the half.
  static float folded(float[] partial) {
    if (WHOLE) {
      quarter(partial);
    } else {
      for (int half = PARTIALS / 2; half >= 16; half /= 2) {
        halve(partial, half);
      }
    }
    return sixteen(partial);
  }

  /// Two halvings at once, where four vectors hold all partial sums.
  private static void quarter(float[] partial) {
    var a = FloatVector.fromArray(S, partial, 0).add(FloatVector.fromArray(S, partial, 2 * VL));
    var b = FloatVector.fromArray(S, partial, VL).add(FloatVector.fromArray(S, partial, 3 * VL));
    a.add(b).intoArray(partial, 0);
  }

  /// Written out, since each step of a loop would wait for the last one's memory.
  private static float sixteen(float[] p) {
    float a = p[0] + p[8] + (p[4] + p[12]);
    float b = p[1] + p[9] + (p[5] + p[13]);
    float c = p[2] + p[10] + (p[6] + p[14]);
    float d = p[3] + p[11] + (p[7] + p[15]);
    return a + c + (b + d);
  }

  /// Four vectors of partial sums of products of two rows, over `n` elements.
  private static void columns(
      float[] x, int x0, int x1, float[] y, int yo, int n, float[] partial, float[] other, int at) {
    var a = FloatVector.zero(S);
    var b = FloatVector.zero(S);
    var c = FloatVector.zero(S);
    var d = FloatVector.zero(S);
    var e = FloatVector.zero(S);
    var f = FloatVector.zero(S);
    var g = FloatVector.zero(S);
    var h = FloatVector.zero(S);
    for (int i = 0; i < n; i += PARTIALS) {
      var y0 = FloatVector.fromArray(S, y, yo + i);
      var y1 = FloatVector.fromArray(S, y, yo + i + VL);
      var y2 = FloatVector.fromArray(S, y, yo + i + 2 * VL);
      var y3 = FloatVector.fromArray(S, y, yo + i + 3 * VL);
      a = FloatVector.fromArray(S, x, x0 + i).fma(y0, a);
      b = FloatVector.fromArray(S, x, x0 + i + VL).fma(y1, b);
      c = FloatVector.fromArray(S, x, x0 + i + 2 * VL).fma(y2, c);
      d = FloatVector.fromArray(S, x, x0 + i + 3 * VL).fma(y3, d);
      e = FloatVector.fromArray(S, x, x1 + i).fma(y0, e);
      f = FloatVector.fromArray(S, x, x1 + i + VL).fma(y1, f);
      g = FloatVector.fromArray(S, x, x1 + i + 2 * VL).fma(y2, g);
      h = FloatVector.fromArray(S, x, x1 + i + 3 * VL).fma(y3, h);
    }
    a.intoArray(partial, at);
    b.intoArray(partial, at + VL);
    c.intoArray(partial, at + 2 * VL);
    d.intoArray(partial, at + 3 * VL);
    e.intoArray(other, at);
    f.intoArray(other, at + VL);
    g.intoArray(other, at + 2 * VL);
    h.intoArray(other, at + 3 * VL);
  }

  /// Four vectors of partial sums, over `n` elements and the rest.
  private static void columns(float[] x, int xo, int n, float[] rest, float[] partial, int at) {
    var a = FloatVector.zero(S);
    var b = FloatVector.zero(S);
    var c = FloatVector.zero(S);
    var d = FloatVector.zero(S);
    for (int i = 0; i < n; i += PARTIALS) {
      a = a.add(FloatVector.fromArray(S, x, xo + i));
      b = b.add(FloatVector.fromArray(S, x, xo + i + VL));
      c = c.add(FloatVector.fromArray(S, x, xo + i + 2 * VL));
      d = d.add(FloatVector.fromArray(S, x, xo + i + 3 * VL));
    }
    a.add(FloatVector.fromArray(S, rest, at)).intoArray(partial, at);
    b.add(FloatVector.fromArray(S, rest, at + VL)).intoArray(partial, at + VL);
    c.add(FloatVector.fromArray(S, rest, at + 2 * VL)).intoArray(partial, at + 2 * VL);
    d.add(FloatVector.fromArray(S, rest, at + 3 * VL)).intoArray(partial, at + 3 * VL);
  }

  private static void halve(float[] partial, int half) {
    for (int j = 0; j < half; j += VL) {
      FloatVector.fromArray(S, partial, j)
          .add(FloatVector.fromArray(S, partial, j + half))
          .intoArray(partial, j);
    }
  }

  /// The sum of fewer elements than there are partial sums: the empty ones are left out, as +0
  /// makes no difference to a sum.
  private float few(float[] x, int xo, int n) {
    if (n == 0) {
      return 0;
    }
    int half = Integer.highestOneBit(n);
    for (int i = 0; i < n; i++) {
      partial[i] = 0 + x[xo + i];
    }
    Arrays.fill(partial, n, 2 * half, 0);
    return tree(partial, half);
  }

  /// The sum of at least as many elements as there are partial sums.
  private float plain(float[] x, int xo, int n) {
    Arrays.fill(partial, 0);
    for (int i = 0; i < n; i++) {
      partial[i % PARTIALS] += x[xo + i];
    }
    return tree(partial, PARTIALS / 2);
  }

  /// [#folded] for 2 · `half` partial sums.
  private static float tree(float[] partial, int half) {
    for (int h = half; h > 0; h /= 2) {
      for (int j = 0; j < h; j++) {
        partial[j] += partial[j + h];
      }
    }
    return partial[0];
  }

  /// Adds `rows` rows of `width` elements, `step` apart, to `out` one after the other.
  static void rows(float[] x, int xo, int step, int rows, int width, float[] out, int oo) {
    int r = 0;
    for (; r + 4 <= rows; r += 4) {
      fourRows(x, xo + r * step, step, width, out, oo);
    }
    for (; r < rows; r++) {
      Binary.ADD.run(out, oo, 1, x, xo + r * step, 1, out, oo, width);
    }
  }

  private static void fourRows(float[] x, int xo, int step, int width, float[] out, int oo) {
    int x1 = xo + step;
    int x2 = x1 + step;
    int x3 = x2 + step;
    int end = Loops.PLAIN.takes(4L * width) ? 0 : S.loopBound(width);
    for (int i = 0; i < end; i += VL) {
      FloatVector.fromArray(S, out, oo + i)
          .add(FloatVector.fromArray(S, x, xo + i))
          .add(FloatVector.fromArray(S, x, x1 + i))
          .add(FloatVector.fromArray(S, x, x2 + i))
          .add(FloatVector.fromArray(S, x, x3 + i))
          .intoArray(out, oo + i);
    }
    for (int i = end; i < width; i++) {
      out[oo + i] = out[oo + i] + x[xo + i] + x[x1 + i] + x[x2 + i] + x[x3 + i];
    }
  }
}
