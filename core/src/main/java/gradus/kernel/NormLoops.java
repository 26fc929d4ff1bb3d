// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The loops of [Norms] over some columns of one row. What belongs to the columns, from the means
/// on, is read from `co` on.
final class NormLoops {
  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final int VL = S.length();

  private NormLoops() {}

  /// Adds (x - mean)².
  static void addSquares(float[] x, int xo, float[] mean, int co, float[] sum, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += VL) {
      var d = FloatVector.fromArray(S, x, xo + i).sub(FloatVector.fromArray(S, mean, co + i));
      d.fma(d, FloatVector.fromArray(S, sum, i)).intoArray(sum, i);
    }
    for (int i = end; i < n; i++) {
      float d = x[xo + i] - mean[co + i];
      sum[i] = Math.fma(d, d, sum[i]);
    }
  }

  /// Adds dy · (x - mean).
  static void addProducts(
      float[] dy, int dyo, float[] x, int xo, float[] mean, int co, float[] sum, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += VL) {
      FloatVector.fromArray(S, x, xo + i)
          .sub(FloatVector.fromArray(S, mean, co + i))
          .fma(FloatVector.fromArray(S, dy, dyo + i), FloatVector.fromArray(S, sum, i))
          .intoArray(sum, i);
    }
    for (int i = end; i < n; i++) {
      sum[i] = Math.fma(x[xo + i] - mean[co + i], dy[dyo + i], sum[i]);
    }
  }

  /// (x - mean) · scale + shift.
  static void normalize(
      float[] x,
      int xo,
      float[] mean,
      float[] scale,
      float[] shift,
      int co,
      float[] out,
      int oo,
      int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += VL) {
      FloatVector.fromArray(S, x, xo + i)
          .sub(FloatVector.fromArray(S, mean, co + i))
          .fma(FloatVector.fromArray(S, scale, co + i), FloatVector.fromArray(S, shift, co + i))
          .intoArray(out, oo + i);
    }
    for (int i = end; i < n; i++) {
      out[oo + i] = Math.fma(x[xo + i] - mean[co + i], scale[co + i], shift[co + i]);
    }
  }

  /// (dy - offset - (x - mean) · slope) · scale.
  static void gradient(
      float[] dy,
      int dyo,
      float[] x,
      int xo,
      float[] mean,
      float[] slope,
      float[] offset,
      float[] scale,
      int co,
      float[] out,
      int oo,
      int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += VL) {
      var d = FloatVector.fromArray(S, mean, co + i).sub(FloatVector.fromArray(S, x, xo + i));
      var y = FloatVector.fromArray(S, dy, dyo + i).sub(FloatVector.fromArray(S, offset, co + i));
      d.fma(FloatVector.fromArray(S, slope, co + i), y)
          .mul(FloatVector.fromArray(S, scale, co + i))
          .intoArray(out, oo + i);
    }
    for (int i = end; i < n; i++) {
      float y = dy[dyo + i] - offset[co + i];
      out[oo + i] = Math.fma(mean[co + i] - x[xo + i], slope[co + i], y) * scale[co + i];
    }
  }
}
