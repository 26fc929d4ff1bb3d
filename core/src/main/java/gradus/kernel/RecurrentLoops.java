// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static jdk.incubator.vector.VectorOperators.LE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The loops of [Recurrence] over some elements of the gates and states of one sequence: vectors,
/// then single elements, with the same arithmetic.
final class RecurrentLoops {
  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final int VL = S.length();

  private RecurrentLoops() {}

  private static FloatVector at(float[] x, int from) {
    return FloatVector.fromArray(S, x, from);
  }

  /// Adds x · y.
  static void addProducts(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += VL) {
      at(x, xo + i).fma(at(y, yo + i), at(out, oo + i)).intoArray(out, oo + i);
    }
    for (int i = end; i < n; i++) {
      out[oo + i] = Math.fma(x[xo + i], y[yo + i], out[oo + i]);
    }
  }

  /// y + weight · (x - y).
  static void mix(
      float[] weight, int wo, float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += VL) {
      var other = at(y, yo + i);
      at(weight, wo + i).fma(at(x, xo + i).sub(other), other).intoArray(out, oo + i);
    }
    for (int i = end; i < n; i++) {
      out[oo + i] = Math.fma(weight[wo + i], x[xo + i] - y[yo + i], y[yo + i]);
    }
  }

  /// dh · (1 - h²).
  static void tanhGradient(float[] dh, int dho, float[] h, int ho, float[] out, int oo, int n) {
    int end = S.loopBound(n);
    var one = FloatVector.broadcast(S, 1f);
    for (int i = 0; i < end; i += VL) {
      var y = at(h, ho + i);
      at(dh, dho + i).mul(one.sub(y.mul(y))).intoArray(out, oo + i);
    }
    for (int i = end; i < n; i++) {
      out[oo + i] = dh[dho + i] * (1 - h[ho + i] * h[ho + i]);
    }
  }

  /// dh where h > 0, and at NaN, as PyTorch.
  static void reluGradient(float[] dh, int dho, float[] h, int ho, float[] out, int oo, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += VL) {
      at(dh, dho + i).blend(0f, at(h, ho + i).compare(LE, 0f)).intoArray(out, oo + i);
    }
    for (int i = end; i < n; i++) {
      out[oo + i] = h[ho + i] <= 0 ? 0 : dh[dho + i];
    }
  }

  /// As [RecurrentArrays#lstmGradient].
  static void lstmGradient(
      float[] gates,
      int go,
      int hidden,
      float[] c,
      int co,
      float[] tanh,
      int to,
      float[] dh,
      int dho,
      float[] dc,
      int dco,
      float[] out,
      int n) {
    int f0 = go + hidden;
    int g0 = f0 + hidden;
    int o0 = g0 + hidden;
    int end = S.loopBound(n);
    var one = FloatVector.broadcast(S, 1f);
    for (int k = 0; k < end; k += VL) {
      var o = at(gates, o0 + k);
      var t = at(tanh, to + k);
      var dy = at(dh, dho + k);
      dy.mul(t).mul(o.mul(one.sub(o))).intoArray(out, o0 + k);
      var d = dy.mul(o).fma(one.sub(t.mul(t)), at(dc, dco + k));
      var i = at(gates, go + k);
      var g = at(gates, g0 + k);
      d.mul(g).mul(i.mul(one.sub(i))).intoArray(out, go + k);
      d.mul(i).mul(one.sub(g.mul(g))).intoArray(out, g0 + k);
      var f = at(gates, f0 + k);
      d.mul(at(c, co + k)).mul(f.mul(one.sub(f))).intoArray(out, f0 + k);
      d.mul(f).intoArray(dc, dco + k);
    }
    for (int k = end; k < n; k++) {
      float o = gates[o0 + k];
      float t = tanh[to + k];
      float dy = dh[dho + k];
      out[o0 + k] = dy * t * (o * (1 - o));
      float d = Math.fma(dy * o, 1 - t * t, dc[dco + k]);
      float i = gates[go + k];
      float g = gates[g0 + k];
      out[go + k] = d * g * (i * (1 - i));
      out[g0 + k] = d * i * (1 - g * g);
      float f = gates[f0 + k];
      out[f0 + k] = d * c[co + k] * (f * (1 - f));
      dc[dco + k] = d * f;
    }
  }

  /// As [RecurrentArrays#gruGradient].
  static void gruGradient(
      float[] gates,
      int go,
      int hidden,
      float[] fromState,
      int fo,
      float[] h,
      int ho,
      float[] dh,
      int dho,
      float[] fromInput,
      float[] toState,
      int n) {
    int z0 = go + hidden;
    int n0 = z0 + hidden;
    int end = S.loopBound(n);
    var one = FloatVector.broadcast(S, 1f);
    for (int k = 0; k < end; k += VL) {
      var d = at(dh, dho + k);
      var z = at(gates, z0 + k);
      var m = at(gates, n0 + k);
      var rest = one.sub(z);
      var dz = d.mul(at(h, ho + k).sub(m)).mul(z.mul(rest));
      dz.intoArray(fromInput, z0 + k);
      dz.intoArray(toState, z0 + k);
      d.mul(z).intoArray(dh, dho + k);
      var r = at(gates, go + k);
      var dn = d.mul(rest).mul(one.sub(m.mul(m)));
      dn.intoArray(fromInput, n0 + k);
      dn.mul(r).intoArray(toState, n0 + k);
      var dr = dn.mul(at(fromState, fo + k)).mul(r.mul(one.sub(r)));
      dr.intoArray(fromInput, go + k);
      dr.intoArray(toState, go + k);
    }
    for (int k = end; k < n; k++) {
      float d = dh[dho + k];
      float z = gates[z0 + k];
      float m = gates[n0 + k];
      float dz = d * (h[ho + k] - m) * (z * (1 - z));
      fromInput[z0 + k] = dz;
      toState[z0 + k] = dz;
      dh[dho + k] = d * z;
      float r = gates[go + k];
      float dn = d * (1 - z) * (1 - m * m);
      fromInput[n0 + k] = dn;
      toState[n0 + k] = dn * r;
      float dr = dn * fromState[fo + k] * (r * (1 - r));
      fromInput[go + k] = dr;
      toState[go + k] = dr;
    }
  }
}
