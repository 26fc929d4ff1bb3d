// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Sums about a mean over consecutive elements, in the order of [Sums], each product fused with its
/// addition. An instance holds the scratch space of one thread.
final class Moments {
  private static final int CHUNK = Sums.CHUNK;
  private static final int PARTIALS = Sums.PARTIALS;
  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final int VL = S.length();

  private final Sums sums = new Sums();
  private final float[] partial = new float[PARTIALS];
  private final float[] plain = new float[PARTIALS];
  private final float[] rest = new float[PARTIALS];
  private final float[] dyRest = new float[PARTIALS];

  /// Σ dy, as [#products] found it.
  float sum;

  /// Σ dy · (x - mean), as [#products] found it.
  float product;

  /// Σ x / n.
  float mean(float[] x, int xo, int n) {
    return sums.consecutive(x, xo, n) / n;
  }

  /// Σ (x - mean)².
  float squares(float[] x, int xo, int n, float mean) {
    float total = 0;
    for (int i = 0; i < n; i += CHUNK) {
      total += squaresOfChunk(x, xo + i, Math.min(CHUNK, n - i), mean);
    }
    return total;
  }

  private float squaresOfChunk(float[] x, int xo, int n, float mean) {
    int end = n / PARTIALS * PARTIALS;
    Sums.rest(x, xo + end, n - end, mean, rest);
    for (int column = 0; column < PARTIALS; column += 4 * VL) {
      squares(x, xo + column, end, rest, mean, partial, column);
    }
    return Sums.folded(partial);
  }

  /// Four vectors of partial sums, over `n` elements and the rest.
  private static void squares(
      float[] x, int xo, int n, float[] rest, float mean, float[] partial, int at) {
    var m = FloatVector.broadcast(S, mean);
    var a = FloatVector.zero(S);
    var b = FloatVector.zero(S);
    var c = FloatVector.zero(S);
    var d = FloatVector.zero(S);
    for (int i = 0; i < n; i += PARTIALS) {
      var p = FloatVector.fromArray(S, x, xo + i).sub(m);
      var q = FloatVector.fromArray(S, x, xo + i + VL).sub(m);
      var r = FloatVector.fromArray(S, x, xo + i + 2 * VL).sub(m);
      var s = FloatVector.fromArray(S, x, xo + i + 3 * VL).sub(m);
      a = p.fma(p, a);
      b = q.fma(q, b);
      c = r.fma(r, c);
      d = s.fma(s, d);
    }
    var p = FloatVector.fromArray(S, rest, at).sub(m);
    var q = FloatVector.fromArray(S, rest, at + VL).sub(m);
    var r = FloatVector.fromArray(S, rest, at + 2 * VL).sub(m);
    var s = FloatVector.fromArray(S, rest, at + 3 * VL).sub(m);
    p.fma(p, a).intoArray(partial, at);
    q.fma(q, b).intoArray(partial, at + VL);
    r.fma(r, c).intoArray(partial, at + 2 * VL);
    s.fma(s, d).intoArray(partial, at + 3 * VL);
  }

  /// Finds [#sum] and [#product].
  void products(float[] dy, int dyo, float[] x, int xo, int n, float mean) {
    float sum = 0;
    float product = 0;
    for (int i = 0; i < n; i += CHUNK) {
      productsOfChunk(dy, dyo + i, x, xo + i, Math.min(CHUNK, n - i), mean);
      sum += Sums.folded(plain);
      product += Sums.folded(partial);
    }
    this.sum = sum;
    this.product = product;
  }

  private void productsOfChunk(float[] dy, int dyo, float[] x, int xo, int n, float mean) {
    int end = n / PARTIALS * PARTIALS;
    Sums.rest(dy, dyo + end, n - end, 0, dyRest);
    Sums.rest(x, xo + end, n - end, mean, rest);
    for (int column = 0; column < PARTIALS; column += 4 * VL) {
      products(dy, dyo + column, x, xo + column, end, column, mean);
    }
  }

  /// Four vectors of partial sums of each, over `n` elements and the rest.
  private void products(float[] dy, int dyo, float[] x, int xo, int n, int at, float mean) {
    var m = FloatVector.broadcast(S, mean);
    var a = FloatVector.zero(S);
    var b = FloatVector.zero(S);
    var c = FloatVector.zero(S);
    var d = FloatVector.zero(S);
    var e = FloatVector.zero(S);
    var f = FloatVector.zero(S);
    var g = FloatVector.zero(S);
    var h = FloatVector.zero(S);
    for (int i = 0; i < n; i += PARTIALS) {
      var p = FloatVector.fromArray(S, dy, dyo + i);
      var q = FloatVector.fromArray(S, dy, dyo + i + VL);
      var r = FloatVector.fromArray(S, dy, dyo + i + 2 * VL);
      var s = FloatVector.fromArray(S, dy, dyo + i + 3 * VL);
      a = a.add(p);
      b = b.add(q);
      c = c.add(r);
      d = d.add(s);
      e = FloatVector.fromArray(S, x, xo + i).sub(m).fma(p, e);
      f = FloatVector.fromArray(S, x, xo + i + VL).sub(m).fma(q, f);
      g = FloatVector.fromArray(S, x, xo + i + 2 * VL).sub(m).fma(r, g);
      h = FloatVector.fromArray(S, x, xo + i + 3 * VL).sub(m).fma(s, h);
    }
    var p = FloatVector.fromArray(S, dyRest, at);
    var q = FloatVector.fromArray(S, dyRest, at + VL);
    var r = FloatVector.fromArray(S, dyRest, at + 2 * VL);
    var s = FloatVector.fromArray(S, dyRest, at + 3 * VL);
    a.add(p).intoArray(plain, at);
    b.add(q).intoArray(plain, at + VL);
    c.add(r).intoArray(plain, at + 2 * VL);
    d.add(s).intoArray(plain, at + 3 * VL);
    FloatVector.fromArray(S, rest, at).sub(m).fma(p, e).intoArray(partial, at);
    FloatVector.fromArray(S, rest, at + VL).sub(m).fma(q, f).intoArray(partial, at + VL);
    FloatVector.fromArray(S, rest, at + 2 * VL).sub(m).fma(r, g).intoArray(partial, at + 2 * VL);
    FloatVector.fromArray(S, rest, at + 3 * VL).sub(m).fma(s, h).intoArray(partial, at + 3 * VL);
  }
}
