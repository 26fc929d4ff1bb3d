// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The innermost loops of convolutions: as [GemmKernel], but what is multiplied is not packed into
/// panels. A table says where each vector lies in an image, relative to the tile's.
///
/// Channels are mostly multiples of 8, and so a tile has 8 rows where there are registers for them.
final class ConvKernel {
  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final boolean WIDE = S.vectorBitSize() == 512;

  /// Rows of a tile.
  static final int MR = WIDE ? 8 : 4;

  private ConvKernel() {}

  /// See [ConvArrays#tile].
  static void tile(
      int[] off,
      int ko,
      int kc,
      float[] a,
      int ao,
      int as,
      int last,
      float[] b,
      int b0,
      int b1,
      float[] c,
      int c0,
      int c1,
      int cs) {
    if (WIDE) {
      tile8(off, ko, kc, a, ao, as, last, b, b0, b1, c, c0, c1, cs);
    } else {
      tile4(off, ko, kc, a, ao, as, last, b, b0, b1, c, c0, c1, cs);
    }
  }

  private static void tile4(
      int[] off,
      int ko,
      int kc,
      float[] a,
      int ao,
      int as,
      int last,
      float[] b,
      int b0,
      int b1,
      float[] c,
      int c0,
      int c1,
      int cs) {
    int a0 = ao;
    int a1 = ao + Math.min(1, last) * as;
    int a2 = ao + Math.min(2, last) * as;
    int a3 = ao + Math.min(3, last) * as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector p0 = zero;
    FloatVector q0 = zero;
    FloatVector p1 = zero;
    FloatVector q1 = zero;
    FloatVector p2 = zero;
    FloatVector q2 = zero;
    FloatVector p3 = zero;
    FloatVector q3 = zero;
    for (int k = 0; k < kc; k++) {
      int at = off[ko + k];
      var left = FloatVector.fromArray(S, b, b0 + at);
      var right = FloatVector.fromArray(S, b, b1 + at);
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
    }
    int l = c0;
    int r = c1;
    FloatVector.fromArray(S, c, l).add(p0).intoArray(c, l);
    FloatVector.fromArray(S, c, r).add(q0).intoArray(c, r);
    l += cs;
    r += cs;
    FloatVector.fromArray(S, c, l).add(p1).intoArray(c, l);
    FloatVector.fromArray(S, c, r).add(q1).intoArray(c, r);
    l += cs;
    r += cs;
    FloatVector.fromArray(S, c, l).add(p2).intoArray(c, l);
    FloatVector.fromArray(S, c, r).add(q2).intoArray(c, r);
    l += cs;
    r += cs;
    FloatVector.fromArray(S, c, l).add(p3).intoArray(c, l);
    FloatVector.fromArray(S, c, r).add(q3).intoArray(c, r);
  }

  private static void tile8(
      int[] off,
      int ko,
      int kc,
      float[] a,
      int ao,
      int as,
      int last,
      float[] b,
      int b0,
      int b1,
      float[] c,
      int c0,
      int c1,
      int cs) {
    int a0 = ao;
    int a1 = ao + Math.min(1, last) * as;
    int a2 = ao + Math.min(2, last) * as;
    int a3 = ao + Math.min(3, last) * as;
    int a4 = ao + Math.min(4, last) * as;
    int a5 = ao + Math.min(5, last) * as;
    int a6 = ao + Math.min(6, last) * as;
    int a7 = ao + Math.min(7, last) * as;
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
    for (int k = 0; k < kc; k++) {
      int at = off[ko + k];
      var left = FloatVector.fromArray(S, b, b0 + at);
      var right = FloatVector.fromArray(S, b, b1 + at);
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
    }
    int l = c0;
    int r = c1;
    FloatVector.fromArray(S, c, l).add(p0).intoArray(c, l);
    FloatVector.fromArray(S, c, r).add(q0).intoArray(c, r);
    l += cs;
    r += cs;
    FloatVector.fromArray(S, c, l).add(p1).intoArray(c, l);
    FloatVector.fromArray(S, c, r).add(q1).intoArray(c, r);
    l += cs;
    r += cs;
    FloatVector.fromArray(S, c, l).add(p2).intoArray(c, l);
    FloatVector.fromArray(S, c, r).add(q2).intoArray(c, r);
    l += cs;
    r += cs;
    FloatVector.fromArray(S, c, l).add(p3).intoArray(c, l);
    FloatVector.fromArray(S, c, r).add(q3).intoArray(c, r);
    l += cs;
    r += cs;
    FloatVector.fromArray(S, c, l).add(p4).intoArray(c, l);
    FloatVector.fromArray(S, c, r).add(q4).intoArray(c, r);
    l += cs;
    r += cs;
    FloatVector.fromArray(S, c, l).add(p5).intoArray(c, l);
    FloatVector.fromArray(S, c, r).add(q5).intoArray(c, r);
    l += cs;
    r += cs;
    FloatVector.fromArray(S, c, l).add(p6).intoArray(c, l);
    FloatVector.fromArray(S, c, r).add(q6).intoArray(c, r);
    l += cs;
    r += cs;
    FloatVector.fromArray(S, c, l).add(p7).intoArray(c, l);
    FloatVector.fromArray(S, c, r).add(q7).intoArray(c, r);
  }
}
