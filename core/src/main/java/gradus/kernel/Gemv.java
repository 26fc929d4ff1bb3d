// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Products of a matrix and a vector: bound by the reading of the matrix, which happens once and in
/// the order in which it lies.
final class Gemv {
  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final int VL = S.length();

  /// Elements of a matrix below which it is not worth handing over to another thread.
  private static final int GRAIN = 1 << 17;

  private Gemv() {}

  /// `y[i] = Σ w[i, p] · x[p]` for a matrix `[m, k]` of consecutive elements in rows `ws` apart,
  /// each added up by [Sums#products].
  static void rows(int m, int k, float[] w, int wo, int ws, float[] x, int xo, float[] y, int yo) {
    Parallel.forRange(
        m,
        Math.max(1, GRAIN / Math.max(k, 1)),
        (from, to) -> {
          var sums = new Sums();
          for (int i = from; i < to; i++) {
            y[yo + i] = sums.products(w, wo + i * ws, x, xo, k);
          }
        });
  }

  /// `y[j] = Σ x[p] · w[p, j]` for a matrix `[k, n]` of consecutive elements in rows `ws` apart,
  /// added up in the order of [Gemm].
  static void columns(
      int n, int k, float[] x, int xo, int xs, float[] w, int wo, int ws, float[] y, int yo) {
    Parallel.forRange(
        n,
        Math.max(VL, GRAIN / Math.max(k, 1)),
        (from, to) -> {
          var chain = new float[to - from];
          Arrays.fill(y, yo + from, yo + to, 0);
          for (int p = 0; p < k; p += Gemm.KC) {
            int kc = Math.min(Gemm.KC, k - p);
            Arrays.fill(chain, 0);
            chain(kc, x, xo + p * xs, xs, w, wo + p * ws + from, ws, chain);
            Binary.ADD.run(y, yo + from, 1, chain, 0, 1, y, yo + from, to - from);
          }
        });
  }

  private static void chain(
      int kc, float[] x, int xo, int xs, float[] w, int wo, int ws, float[] out) {
    int p = 0;
    for (; p + 4 <= kc; p += 4) {
      int at = xo + p * xs;
      four(x[at], x[at + xs], x[at + 2 * xs], x[at + 3 * xs], w, wo + p * ws, ws, out);
    }
    for (; p < kc; p++) {
      float factor = x[xo + p * xs];
      int row = wo + p * ws;
      for (int j = 0; j < out.length; j++) {
        out[j] = Math.fma(factor, w[row + j], out[j]);
      }
    }
  }

  private static void four(
      float x0, float x1, float x2, float x3, float[] w, int wo, int ws, float[] out) {
    int w1 = wo + ws;
    int w2 = w1 + ws;
    int w3 = w2 + ws;
    int end = S.loopBound(out.length);
    var v0 = FloatVector.broadcast(S, x0);
    var v1 = FloatVector.broadcast(S, x1);
    var v2 = FloatVector.broadcast(S, x2);
    var v3 = FloatVector.broadcast(S, x3);
    for (int j = 0; j < end; j += VL) {
      var sum = v0.fma(FloatVector.fromArray(S, w, wo + j), FloatVector.fromArray(S, out, j));
      sum = v1.fma(FloatVector.fromArray(S, w, w1 + j), sum);
      sum = v2.fma(FloatVector.fromArray(S, w, w2 + j), sum);
      v3.fma(FloatVector.fromArray(S, w, w3 + j), sum).intoArray(out, j);
    }
    for (int j = end; j < out.length; j++) {
      float sum = Math.fma(x1, w[w1 + j], Math.fma(x0, w[wo + j], out[j]));
      out[j] = Math.fma(x3, w[w3 + j], Math.fma(x2, w[w2 + j], sum));
    }
  }
}
