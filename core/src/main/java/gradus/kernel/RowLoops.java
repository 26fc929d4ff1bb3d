// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The loops of [RowNorms], [GroupNorms] and [Norms] over `n` consecutive elements that share a
/// mean.
final class RowLoops {
  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final int VL = S.length();

  private RowLoops() {}

  /// (x - mean) · scale + shift.
  static void normalize(
      float[] x, int xo, float mean, float scale, float shift, float[] out, int oo, int n) {
    var m = FloatVector.broadcast(S, mean);
    var a = FloatVector.broadcast(S, scale);
    var b = FloatVector.broadcast(S, shift);
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += VL) {
      FloatVector.fromArray(S, x, xo + i).sub(m).fma(a, b).intoArray(out, oo + i);
    }
    for (int i = end; i < n; i++) {
      out[oo + i] = Math.fma(x[xo + i] - mean, scale, shift);
    }
  }

  /// (x - mean) · invStd · gamma + beta, with a gamma and a beta for each element.
  static void normalize(
      float[] x,
      int xo,
      float mean,
      float invStd,
      float[] gamma,
      float[] beta,
      float[] out,
      int oo,
      int n) {
    var m = FloatVector.broadcast(S, mean);
    var s = FloatVector.broadcast(S, invStd);
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += VL) {
      FloatVector.fromArray(S, x, xo + i)
          .sub(m)
          .mul(s)
          .fma(FloatVector.fromArray(S, gamma, i), FloatVector.fromArray(S, beta, i))
          .intoArray(out, oo + i);
    }
    for (int i = end; i < n; i++) {
      out[oo + i] = Math.fma((x[xo + i] - mean) * invStd, gamma[i], beta[i]);
    }
  }

  /// Adds dy · (x - mean) · invStd to `dgamma` and dy to `dbeta`, both from `to` on.
  static void addGradients(
      float[] dy,
      int dyo,
      float[] x,
      int xo,
      float mean,
      float invStd,
      float[] dgamma,
      float[] dbeta,
      int to,
      int n) {
    var m = FloatVector.broadcast(S, mean);
    var s = FloatVector.broadcast(S, invStd);
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += VL) {
      var d = FloatVector.fromArray(S, dy, dyo + i);
      FloatVector.fromArray(S, x, xo + i)
          .sub(m)
          .mul(s)
          .fma(d, FloatVector.fromArray(S, dgamma, to + i))
          .intoArray(dgamma, to + i);
      FloatVector.fromArray(S, dbeta, to + i).add(d).intoArray(dbeta, to + i);
    }
    for (int i = end; i < n; i++) {
      float d = dy[dyo + i];
      dgamma[to + i] = Math.fma((x[xo + i] - mean) * invStd, d, dgamma[to + i]);
      dbeta[to + i] += d;
    }
  }

  /// The same for four rows of `n` elements, one after the other.
  static void addGradientsOfFour(
      float[] dy,
      int dyo,
      float[] x,
      int xo,
      float[] means,
      float[] invStds,
      int r,
      float[] dgamma,
      float[] dbeta,
      int to,
      int n) {
    float m0 = means[r];
    float m1 = means[r + 1];
    float m2 = means[r + 2];
    float m3 = means[r + 3];
    float s0 = invStds[r];
    float s1 = invStds[r + 1];
    float s2 = invStds[r + 2];
    float s3 = invStds[r + 3];
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += VL) {
      var d0 = FloatVector.fromArray(S, dy, dyo + i);
      var d1 = FloatVector.fromArray(S, dy, dyo + i + n);
      var d2 = FloatVector.fromArray(S, dy, dyo + i + 2 * n);
      var d3 = FloatVector.fromArray(S, dy, dyo + i + 3 * n);
      var x0 = FloatVector.fromArray(S, x, xo + i).sub(m0).mul(s0);
      var x1 = FloatVector.fromArray(S, x, xo + i + n).sub(m1).mul(s1);
      var x2 = FloatVector.fromArray(S, x, xo + i + 2 * n).sub(m2).mul(s2);
      var x3 = FloatVector.fromArray(S, x, xo + i + 3 * n).sub(m3).mul(s3);
      var sum = FloatVector.fromArray(S, dgamma, to + i);
      x3.fma(d3, x2.fma(d2, x1.fma(d1, x0.fma(d0, sum)))).intoArray(dgamma, to + i);
      FloatVector.fromArray(S, dbeta, to + i)
          .add(d0)
          .add(d1)
          .add(d2)
          .add(d3)
          .intoArray(dbeta, to + i);
    }
    for (int k = 0; k < 4; k++) {
      int at = k * n + end;
      addGradients(
          dy, dyo + at, x, xo + at, means[r + k], invStds[r + k], dgamma, dbeta, to + end, n - end);
    }
  }

  /// dy · scale - (x - mean) · slope - offset.
  static void gradient(
      float[] dy,
      int dyo,
      float scale,
      float[] x,
      int xo,
      float mean,
      float slope,
      float offset,
      float[] out,
      int oo,
      int n) {
    var a = FloatVector.broadcast(S, scale);
    var m = FloatVector.broadcast(S, mean);
    var b = FloatVector.broadcast(S, -slope);
    var c = FloatVector.broadcast(S, -offset);
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += VL) {
      FloatVector.fromArray(S, dy, dyo + i)
          .fma(a, FloatVector.fromArray(S, x, xo + i).sub(m).fma(b, c))
          .intoArray(out, oo + i);
    }
    for (int i = end; i < n; i++) {
      out[oo + i] = Math.fma(dy[dyo + i], scale, Math.fma(x[xo + i] - mean, -slope, -offset));
    }
  }
}
