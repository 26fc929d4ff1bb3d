// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The innermost loops of the matrix product: a tile of C, held in registers, gains the product of
/// a stretch of A's rows and a packed panel of B.
///
/// The tile is [#MR] rows of two vectors. Its size has no influence on any result, only on speed:
/// with 32 registers of 512 bits 10 rows are best, with 16 registers more than 6 spill. Every
/// accumulator is a variable of its own, because arrays of vectors are not kept in registers.
final class GemmKernel {
  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final int VL = S.length();
  private static final boolean WIDE = S.vectorBitSize() == 512;

  /// Rows of a tile.
  static final int MR = WIDE ? 10 : 6;

  /// Columns of a tile.
  static final int NR = 2 * VL;

  private GemmKernel() {}

  /// Adds to the tile of C at `co`, whose rows are `cs` apart, the products of `kc` columns of A,
  /// whose rows start at `ao` and are `as` apart, and `kc` rows of the panel of B at `bo`, which
  /// are [#NR] apart: each element gains one fma chain from +0.
  static void tile(
      int kc, float[] a, int ao, int as, float[] b, int bo, float[] c, int co, int cs) {
    if (WIDE) {
      tile10(kc, a, ao, as, b, bo, c, co, cs);
    } else {
      tile6(kc, a, ao, as, b, bo, c, co, cs);
    }
  }

  private static void tile6(
      int kc, float[] a, int ao, int as, float[] b, int bo, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = ao + as;
    int a2 = ao + 2 * as;
    int a3 = ao + 3 * as;
    int a4 = ao + 4 * as;
    int a5 = ao + 5 * as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector p0 = zero;
    FloatVector q0 = zero;
    FloatVector p1 = zero;
    FloatVector q1 = zero;
    FloatVector p2 = zero;
    FloatVector q2 = zero;
    FloatVector p3 = zero;
    FloatVector q3 = zero;
    FloatVector p4 = zero;
    FloatVector q4 = zero;
    FloatVector p5 = zero;
    FloatVector q5 = zero;
    for (int k = 0; k < kc; k++) {
      var left = FloatVector.fromArray(S, b, bo + k * NR);
      var right = FloatVector.fromArray(S, b, bo + k * NR + VL);
      FloatVector x;
      x = left.broadcast(a[a0 + k]);
      p0 = x.fma(left, p0);
      q0 = x.fma(right, q0);
      x = left.broadcast(a[a1 + k]);
      p1 = x.fma(left, p1);
      q1 = x.fma(right, q1);
      x = left.broadcast(a[a2 + k]);
      p2 = x.fma(left, p2);
      q2 = x.fma(right, q2);
      x = left.broadcast(a[a3 + k]);
      p3 = x.fma(left, p3);
      q3 = x.fma(right, q3);
      x = left.broadcast(a[a4 + k]);
      p4 = x.fma(left, p4);
      q4 = x.fma(right, q4);
      x = left.broadcast(a[a5 + k]);
      p5 = x.fma(left, p5);
      q5 = x.fma(right, q5);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(p0).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(q0).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(p1).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(q1).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(p2).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(q2).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(p3).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(q3).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(p4).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(q4).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(p5).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(q5).intoArray(c, at + VL);
  }

  private static void tile10(
      int kc, float[] a, int ao, int as, float[] b, int bo, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = ao + as;
    int a2 = ao + 2 * as;
    int a3 = ao + 3 * as;
    int a4 = ao + 4 * as;
    int a5 = ao + 5 * as;
    int a6 = ao + 6 * as;
    int a7 = ao + 7 * as;
    int a8 = ao + 8 * as;
    int a9 = ao + 9 * as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector p0 = zero;
    FloatVector q0 = zero;
    FloatVector p1 = zero;
    FloatVector q1 = zero;
    FloatVector p2 = zero;
    FloatVector q2 = zero;
    FloatVector p3 = zero;
    FloatVector q3 = zero;
    FloatVector p4 = zero;
    FloatVector q4 = zero;
    FloatVector p5 = zero;
    FloatVector q5 = zero;
    FloatVector p6 = zero;
    FloatVector q6 = zero;
    FloatVector p7 = zero;
    FloatVector q7 = zero;
    FloatVector p8 = zero;
    FloatVector q8 = zero;
    FloatVector p9 = zero;
    FloatVector q9 = zero;
    for (int k = 0; k < kc; k++) {
      var left = FloatVector.fromArray(S, b, bo + k * NR);
      var right = FloatVector.fromArray(S, b, bo + k * NR + VL);
      FloatVector x;
      x = left.broadcast(a[a0 + k]);
      p0 = x.fma(left, p0);
      q0 = x.fma(right, q0);
      x = left.broadcast(a[a1 + k]);
      p1 = x.fma(left, p1);
      q1 = x.fma(right, q1);
      x = left.broadcast(a[a2 + k]);
      p2 = x.fma(left, p2);
      q2 = x.fma(right, q2);
      x = left.broadcast(a[a3 + k]);
      p3 = x.fma(left, p3);
      q3 = x.fma(right, q3);
      x = left.broadcast(a[a4 + k]);
      p4 = x.fma(left, p4);
      q4 = x.fma(right, q4);
      x = left.broadcast(a[a5 + k]);
      p5 = x.fma(left, p5);
      q5 = x.fma(right, q5);
      x = left.broadcast(a[a6 + k]);
      p6 = x.fma(left, p6);
      q6 = x.fma(right, q6);
      x = left.broadcast(a[a7 + k]);
      p7 = x.fma(left, p7);
      q7 = x.fma(right, q7);
      x = left.broadcast(a[a8 + k]);
      p8 = x.fma(left, p8);
      q8 = x.fma(right, q8);
      x = left.broadcast(a[a9 + k]);
      p9 = x.fma(left, p9);
      q9 = x.fma(right, q9);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(p0).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(q0).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(p1).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(q1).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(p2).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(q2).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(p3).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(q3).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(p4).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(q4).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(p5).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(q5).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(p6).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(q6).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(p7).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(q7).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(p8).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(q8).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(p9).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(q9).intoArray(c, at + VL);
  }
}
