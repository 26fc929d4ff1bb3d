// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.MAX;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// The greatest of float elements, after multiplication with a sign: -1 finds the least. NaN is
/// greater than all; of equals the first is taken.
final class Extremes {
  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final int VL = S.length();

  private Extremes() {}

  /// The greatest of `n` consecutive elements times sign.
  static float max(float[] x, int xo, int n, float sign) {
    float best = Float.NEGATIVE_INFINITY;
    int end = n / (4 * VL) * (4 * VL);
    if (end > 0) {
      best = vectors(x, xo, end, sign);
    }
    for (int i = end; i < n; i++) {
      best = Math.max(best, x[xo + i] * sign);
    }
    return best;
  }

  private static float vectors(float[] x, int xo, int n, float sign) {
    var a = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
    var b = a;
    var c = a;
    var d = a;
    for (int i = xo; i < xo + n; i += 4 * VL) {
      a = a.max(FloatVector.fromArray(S, x, i).mul(sign));
      b = b.max(FloatVector.fromArray(S, x, i + VL).mul(sign));
      c = c.max(FloatVector.fromArray(S, x, i + 2 * VL).mul(sign));
      d = d.max(FloatVector.fromArray(S, x, i + 3 * VL).mul(sign));
    }
    return a.max(b).max(c.max(d)).reduceLanes(MAX);
  }

  /// Where the first greatest of `n` consecutive elements times sign is; `n` is not 0.
  static int first(float[] x, int xo, int n, float sign) {
    if (n < 4 * VL) {
      return column(x, xo, n, 1, sign);
    }
    float best = max(x, xo, n, sign) * sign;
    int i = Float.isNaN(best) ? 0 : vectorsWithout(x, xo, n, best);
    while (i < n - 1 && x[xo + i] != best && !Float.isNaN(x[xo + i])) {
      i++;
    }
    return i;
  }

  /// How many elements can be skipped, as they are not `value`.
  private static int vectorsWithout(float[] x, int xo, int n, float value) {
    int i = 0;
    while (i + VL <= n && !FloatVector.fromArray(S, x, xo + i).compare(EQ, value).anyTrue()) {
      i += VL;
    }
    return i;
  }

  /// The greatest and the first greatest of every column of `[r, inner]` times sign.
  static void columns(
      float[] x,
      int xo,
      int r,
      int inner,
      float sign,
      float[] out,
      int oo,
      long @Nullable [] index) {
    int end = S.loopBound(inner);
    var where = new int[VL];
    for (int i = 0; i < end; i += VL) {
      vectorColumn(x, xo + i, r, inner, sign, out, oo + i, where);
      for (int j = 0; index != null && j < VL; j++) {
        index[oo + i + j] = where[j];
      }
    }
    for (int i = end; i < inner; i++) {
      int best = column(x, xo + i, r, inner, sign);
      out[oo + i] = x[xo + i + best * inner];
      if (index != null) {
        index[oo + i] = best;
      }
    }
  }

  private static void vectorColumn(
      float[] x, int xo, int r, int step, float sign, float[] out, int oo, int[] where) {
    var best = FloatVector.fromArray(S, x, xo).mul(sign);
    var index = IntVector.zero(IntLanes.INTS);
    for (int k = 1; k < r; k++) {
      var v = FloatVector.fromArray(S, x, xo + k * step).mul(sign);
      var better = v.compare(LE, best).not().and(best.compare(EQ, best));
      best = best.blend(v, better);
      index = index.blend(k, better.cast(IntLanes.INTS));
    }
    best.mul(sign).intoArray(out, oo);
    index.intoArray(where, 0);
  }

  private static int column(float[] x, int xo, int r, int step, float sign) {
    int best = 0;
    float champion = x[xo] * sign;
    for (int k = 1; k < r; k++) {
      float v = x[xo + k * step] * sign;
      if (!(v <= champion) && !Float.isNaN(champion)) {
        best = k;
        champion = v;
      }
    }
    return best;
  }
}
