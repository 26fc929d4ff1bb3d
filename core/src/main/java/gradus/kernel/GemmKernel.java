// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The innermost loops of the matrix product: a tile of C, held in registers, gains the product of
/// a stretch of A's rows and a panel of B. Written by `TileSource`, among the tests.
///
/// A tile is [#MR] rows, or fewer where A ends, of one to [#VECTORS] vectors. Its size has no
/// influence on any result, only on speed: 24 accumulators are best with 32 registers of 512 bits,
/// and with 16 registers more than 12 spill. Every accumulator is a variable of its own, because
/// arrays of vectors are not kept in registers.
@SuppressWarnings("UnusedVariable") // rows have no distance where there is one
final class GemmKernel {
  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final int VL = S.length();

  /// Most rows of a tile.
  static final int MR = 6;

  /// Most rows of a tile of one vector, which has too few accumulators otherwise: each waits for
  /// its last multiplication.
  static final int TALL = 8;

  /// Most vectors in a row of a tile.
  static final int VECTORS = S.vectorBitSize() == 512 ? 4 : 2;

  /// From row to row of A where it is packed: not a power of two, so that rows do not share cache
  /// sets, and a constant, so that one register addresses them all.
  static final int ROW = Gemm.KC + 16;

  private GemmKernel() {}

  /// Returns how many rows the next tile has if so many are left, the last ones alike.
  static int height(int rows) {
    return height(rows, VECTORS);
  }

  /// The same for tiles of so many vectors.
  static int height(int rows, int vectors) {
    int most = vectors == 1 ? TALL : MR;
    return rows <= most ? rows : rows < 2 * most ? (rows + 1) / 2 : most;
  }

  /// Whether such a tile is of the largest size and has B in a panel and A packed: then [#set] may
  /// be called.
  static boolean isPacked(int rows, int vectors, int as, int bs) {
    return rows == MR && vectors == VECTORS && as == ROW && bs == VECTORS * VL;
  }

  /// As [#tile] with a C of +0, whatever is in it.
  static void set(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    if (VECTORS == 4) {
      first6x4(kc, a, ao, as, b, bo, bs, c, co, cs);
    } else {
      first6x2(kc, a, ao, as, b, bo, bs, c, co, cs);
    }
  }

  /// Adds to the tile of C at `co`, whose rows are `cs` apart, the products of `kc` columns of A,
  /// whose rows start at `ao` and are `as` apart, and `kc` rows of `vectors` vectors of B, which
  /// start at `bo` and are `bs` apart: each element gains one fma chain from +0. (With another
  /// array in place of the old C, the compiler's choice of registers came to depend on what ran
  /// before, and cost a fifth of the speed in every other process.)
  static void tile(
      int rows,
      int vectors,
      int kc,
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      int bs,
      float[] c,
      int co,
      int cs) {
    if (vectors > 1 && bs == vectors * VL) {
      panel(rows, vectors, kc, a, ao, as, b, bo, bs, c, co, cs);
      return;
    }
    switch (rows) {
      case 8 -> tile8x1(kc, a, ao, as, b, bo, bs, c, co, cs);
      case 7 -> tile7x1(kc, a, ao, as, b, bo, bs, c, co, cs);
      case 6 -> rows6(vectors, kc, a, ao, as, b, bo, bs, c, co, cs);
      case 5 -> rows5(vectors, kc, a, ao, as, b, bo, bs, c, co, cs);
      case 4 -> rows4(vectors, kc, a, ao, as, b, bo, bs, c, co, cs);
      case 3 -> rows3(vectors, kc, a, ao, as, b, bo, bs, c, co, cs);
      case 2 -> rows2(vectors, kc, a, ao, as, b, bo, bs, c, co, cs);
      default -> rows1(vectors, kc, a, ao, as, b, bo, bs, c, co, cs);
    }
  }

  private static void tile8x1(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    int a3 = a2 + as;
    int a4 = a3 + as;
    int a5 = a4 + as;
    int a6 = a5 + as;
    int a7 = a6 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c10 = zero;
    FloatVector c20 = zero;
    FloatVector c30 = zero;
    FloatVector c40 = zero;
    FloatVector c50 = zero;
    FloatVector c60 = zero;
    FloatVector c70 = zero;
    for (int k = 0; k < kc; k++) {
      var b0 = FloatVector.fromArray(S, b, bo + k * bs);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(S, a[a3 + k]);
      c30 = x.fma(b0, c30);
      x = FloatVector.broadcast(S, a[a4 + k]);
      c40 = x.fma(b0, c40);
      x = FloatVector.broadcast(S, a[a5 + k]);
      c50 = x.fma(b0, c50);
      x = FloatVector.broadcast(S, a[a6 + k]);
      c60 = x.fma(b0, c60);
      x = FloatVector.broadcast(S, a[a7 + k]);
      c70 = x.fma(b0, c70);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c30).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c40).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c50).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c60).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c70).intoArray(c, at);
  }

  private static void tile7x1(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    int a3 = a2 + as;
    int a4 = a3 + as;
    int a5 = a4 + as;
    int a6 = a5 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c10 = zero;
    FloatVector c20 = zero;
    FloatVector c30 = zero;
    FloatVector c40 = zero;
    FloatVector c50 = zero;
    FloatVector c60 = zero;
    for (int k = 0; k < kc; k++) {
      var b0 = FloatVector.fromArray(S, b, bo + k * bs);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(S, a[a3 + k]);
      c30 = x.fma(b0, c30);
      x = FloatVector.broadcast(S, a[a4 + k]);
      c40 = x.fma(b0, c40);
      x = FloatVector.broadcast(S, a[a5 + k]);
      c50 = x.fma(b0, c50);
      x = FloatVector.broadcast(S, a[a6 + k]);
      c60 = x.fma(b0, c60);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c30).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c40).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c50).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c60).intoArray(c, at);
  }

  private static void rows6(
      int vectors,
      int kc,
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      int bs,
      float[] c,
      int co,
      int cs) {
    switch (vectors) {
      case 1 -> tile6x1(kc, a, ao, as, b, bo, bs, c, co, cs);
      case 2 -> tile6x2(kc, a, ao, as, b, bo, bs, c, co, cs);
      case 3 -> tile6x3(kc, a, ao, as, b, bo, bs, c, co, cs);
      default -> tile6x4(kc, a, ao, as, b, bo, bs, c, co, cs);
    }
  }

  private static void tile6x1(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    int a3 = a2 + as;
    int a4 = a3 + as;
    int a5 = a4 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c10 = zero;
    FloatVector c20 = zero;
    FloatVector c30 = zero;
    FloatVector c40 = zero;
    FloatVector c50 = zero;
    for (int k = 0; k < kc; k++) {
      var b0 = FloatVector.fromArray(S, b, bo + k * bs);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(S, a[a3 + k]);
      c30 = x.fma(b0, c30);
      x = FloatVector.broadcast(S, a[a4 + k]);
      c40 = x.fma(b0, c40);
      x = FloatVector.broadcast(S, a[a5 + k]);
      c50 = x.fma(b0, c50);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c30).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c40).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c50).intoArray(c, at);
  }

  private static void tile6x2(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    int a3 = a2 + as;
    int a4 = a3 + as;
    int a5 = a4 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    FloatVector c40 = zero;
    FloatVector c41 = zero;
    FloatVector c50 = zero;
    FloatVector c51 = zero;
    for (int k = 0; k < kc; k++) {
      var b0 = FloatVector.fromArray(S, b, bo + k * bs);
      var b1 = FloatVector.fromArray(S, b, bo + k * bs + VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[a3 + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(S, a[a4 + k]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(S, a[a5 + k]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c21).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c30).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c31).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c40).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c41).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c50).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c51).intoArray(c, at + VL);
  }

  private static void tile6x3(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    int a3 = a2 + as;
    int a4 = a3 + as;
    int a5 = a4 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c12 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c22 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    FloatVector c32 = zero;
    FloatVector c40 = zero;
    FloatVector c41 = zero;
    FloatVector c42 = zero;
    FloatVector c50 = zero;
    FloatVector c51 = zero;
    FloatVector c52 = zero;
    for (int k = 0; k < kc; k++) {
      var b0 = FloatVector.fromArray(S, b, bo + k * bs);
      var b1 = FloatVector.fromArray(S, b, bo + k * bs + VL);
      var b2 = FloatVector.fromArray(S, b, bo + k * bs + 2 * VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = FloatVector.broadcast(S, a[a3 + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      x = FloatVector.broadcast(S, a[a4 + k]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      x = FloatVector.broadcast(S, a[a5 + k]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      c52 = x.fma(b2, c52);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c02).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c12).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c21).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c22).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c30).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c31).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c32).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c40).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c41).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c42).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c50).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c51).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c52).intoArray(c, at + 2 * VL);
  }

  private static void tile6x4(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    int a3 = a2 + as;
    int a4 = a3 + as;
    int a5 = a4 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    FloatVector c03 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c12 = zero;
    FloatVector c13 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c22 = zero;
    FloatVector c23 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    FloatVector c32 = zero;
    FloatVector c33 = zero;
    FloatVector c40 = zero;
    FloatVector c41 = zero;
    FloatVector c42 = zero;
    FloatVector c43 = zero;
    FloatVector c50 = zero;
    FloatVector c51 = zero;
    FloatVector c52 = zero;
    FloatVector c53 = zero;
    for (int k = 0; k < kc; k++) {
      var b0 = FloatVector.fromArray(S, b, bo + k * bs);
      var b1 = FloatVector.fromArray(S, b, bo + k * bs + VL);
      var b2 = FloatVector.fromArray(S, b, bo + k * bs + 2 * VL);
      var b3 = FloatVector.fromArray(S, b, bo + k * bs + 3 * VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = FloatVector.broadcast(S, a[a3 + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
      x = FloatVector.broadcast(S, a[a4 + k]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      c43 = x.fma(b3, c43);
      x = FloatVector.broadcast(S, a[a5 + k]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      c52 = x.fma(b2, c52);
      c53 = x.fma(b3, c53);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c02).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c03).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c12).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c13).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c21).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c22).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c23).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c30).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c31).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c32).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c33).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c40).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c41).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c42).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c43).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c50).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c51).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c52).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c53).intoArray(c, at + 3 * VL);
  }

  private static void rows5(
      int vectors,
      int kc,
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      int bs,
      float[] c,
      int co,
      int cs) {
    switch (vectors) {
      case 1 -> tile5x1(kc, a, ao, as, b, bo, bs, c, co, cs);
      case 2 -> tile5x2(kc, a, ao, as, b, bo, bs, c, co, cs);
      case 3 -> tile5x3(kc, a, ao, as, b, bo, bs, c, co, cs);
      default -> tile5x4(kc, a, ao, as, b, bo, bs, c, co, cs);
    }
  }

  private static void tile5x1(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    int a3 = a2 + as;
    int a4 = a3 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c10 = zero;
    FloatVector c20 = zero;
    FloatVector c30 = zero;
    FloatVector c40 = zero;
    for (int k = 0; k < kc; k++) {
      var b0 = FloatVector.fromArray(S, b, bo + k * bs);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(S, a[a3 + k]);
      c30 = x.fma(b0, c30);
      x = FloatVector.broadcast(S, a[a4 + k]);
      c40 = x.fma(b0, c40);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c30).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c40).intoArray(c, at);
  }

  private static void tile5x2(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    int a3 = a2 + as;
    int a4 = a3 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    FloatVector c40 = zero;
    FloatVector c41 = zero;
    for (int k = 0; k < kc; k++) {
      var b0 = FloatVector.fromArray(S, b, bo + k * bs);
      var b1 = FloatVector.fromArray(S, b, bo + k * bs + VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[a3 + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(S, a[a4 + k]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c21).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c30).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c31).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c40).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c41).intoArray(c, at + VL);
  }

  private static void tile5x3(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    int a3 = a2 + as;
    int a4 = a3 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c12 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c22 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    FloatVector c32 = zero;
    FloatVector c40 = zero;
    FloatVector c41 = zero;
    FloatVector c42 = zero;
    for (int k = 0; k < kc; k++) {
      var b0 = FloatVector.fromArray(S, b, bo + k * bs);
      var b1 = FloatVector.fromArray(S, b, bo + k * bs + VL);
      var b2 = FloatVector.fromArray(S, b, bo + k * bs + 2 * VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = FloatVector.broadcast(S, a[a3 + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      x = FloatVector.broadcast(S, a[a4 + k]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c02).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c12).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c21).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c22).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c30).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c31).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c32).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c40).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c41).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c42).intoArray(c, at + 2 * VL);
  }

  private static void tile5x4(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    int a3 = a2 + as;
    int a4 = a3 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    FloatVector c03 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c12 = zero;
    FloatVector c13 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c22 = zero;
    FloatVector c23 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    FloatVector c32 = zero;
    FloatVector c33 = zero;
    FloatVector c40 = zero;
    FloatVector c41 = zero;
    FloatVector c42 = zero;
    FloatVector c43 = zero;
    for (int k = 0; k < kc; k++) {
      var b0 = FloatVector.fromArray(S, b, bo + k * bs);
      var b1 = FloatVector.fromArray(S, b, bo + k * bs + VL);
      var b2 = FloatVector.fromArray(S, b, bo + k * bs + 2 * VL);
      var b3 = FloatVector.fromArray(S, b, bo + k * bs + 3 * VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = FloatVector.broadcast(S, a[a3 + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
      x = FloatVector.broadcast(S, a[a4 + k]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      c43 = x.fma(b3, c43);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c02).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c03).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c12).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c13).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c21).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c22).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c23).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c30).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c31).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c32).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c33).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c40).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c41).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c42).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c43).intoArray(c, at + 3 * VL);
  }

  private static void rows4(
      int vectors,
      int kc,
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      int bs,
      float[] c,
      int co,
      int cs) {
    switch (vectors) {
      case 1 -> tile4x1(kc, a, ao, as, b, bo, bs, c, co, cs);
      case 2 -> tile4x2(kc, a, ao, as, b, bo, bs, c, co, cs);
      case 3 -> tile4x3(kc, a, ao, as, b, bo, bs, c, co, cs);
      default -> tile4x4(kc, a, ao, as, b, bo, bs, c, co, cs);
    }
  }

  private static void tile4x1(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    int a3 = a2 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c10 = zero;
    FloatVector c20 = zero;
    FloatVector c30 = zero;
    for (int k = 0; k < kc; k++) {
      var b0 = FloatVector.fromArray(S, b, bo + k * bs);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(S, a[a3 + k]);
      c30 = x.fma(b0, c30);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c30).intoArray(c, at);
  }

  private static void tile4x2(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    int a3 = a2 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    for (int k = 0; k < kc; k++) {
      var b0 = FloatVector.fromArray(S, b, bo + k * bs);
      var b1 = FloatVector.fromArray(S, b, bo + k * bs + VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[a3 + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c21).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c30).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c31).intoArray(c, at + VL);
  }

  private static void tile4x3(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    int a3 = a2 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c12 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c22 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    FloatVector c32 = zero;
    for (int k = 0; k < kc; k++) {
      var b0 = FloatVector.fromArray(S, b, bo + k * bs);
      var b1 = FloatVector.fromArray(S, b, bo + k * bs + VL);
      var b2 = FloatVector.fromArray(S, b, bo + k * bs + 2 * VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = FloatVector.broadcast(S, a[a3 + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c02).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c12).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c21).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c22).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c30).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c31).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c32).intoArray(c, at + 2 * VL);
  }

  private static void tile4x4(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    int a3 = a2 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    FloatVector c03 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c12 = zero;
    FloatVector c13 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c22 = zero;
    FloatVector c23 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    FloatVector c32 = zero;
    FloatVector c33 = zero;
    for (int k = 0; k < kc; k++) {
      var b0 = FloatVector.fromArray(S, b, bo + k * bs);
      var b1 = FloatVector.fromArray(S, b, bo + k * bs + VL);
      var b2 = FloatVector.fromArray(S, b, bo + k * bs + 2 * VL);
      var b3 = FloatVector.fromArray(S, b, bo + k * bs + 3 * VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = FloatVector.broadcast(S, a[a3 + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c02).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c03).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c12).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c13).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c21).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c22).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c23).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c30).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c31).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c32).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c33).intoArray(c, at + 3 * VL);
  }

  private static void rows3(
      int vectors,
      int kc,
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      int bs,
      float[] c,
      int co,
      int cs) {
    switch (vectors) {
      case 1 -> tile3x1(kc, a, ao, as, b, bo, bs, c, co, cs);
      case 2 -> tile3x2(kc, a, ao, as, b, bo, bs, c, co, cs);
      case 3 -> tile3x3(kc, a, ao, as, b, bo, bs, c, co, cs);
      default -> tile3x4(kc, a, ao, as, b, bo, bs, c, co, cs);
    }
  }

  private static void tile3x1(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c10 = zero;
    FloatVector c20 = zero;
    for (int k = 0; k < kc; k++) {
      var b0 = FloatVector.fromArray(S, b, bo + k * bs);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
  }

  private static void tile3x2(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    for (int k = 0; k < kc; k++) {
      var b0 = FloatVector.fromArray(S, b, bo + k * bs);
      var b1 = FloatVector.fromArray(S, b, bo + k * bs + VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c21).intoArray(c, at + VL);
  }

  private static void tile3x3(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c12 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c22 = zero;
    for (int k = 0; k < kc; k++) {
      var b0 = FloatVector.fromArray(S, b, bo + k * bs);
      var b1 = FloatVector.fromArray(S, b, bo + k * bs + VL);
      var b2 = FloatVector.fromArray(S, b, bo + k * bs + 2 * VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c02).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c12).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c21).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c22).intoArray(c, at + 2 * VL);
  }

  private static void tile3x4(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    FloatVector c03 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c12 = zero;
    FloatVector c13 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c22 = zero;
    FloatVector c23 = zero;
    for (int k = 0; k < kc; k++) {
      var b0 = FloatVector.fromArray(S, b, bo + k * bs);
      var b1 = FloatVector.fromArray(S, b, bo + k * bs + VL);
      var b2 = FloatVector.fromArray(S, b, bo + k * bs + 2 * VL);
      var b3 = FloatVector.fromArray(S, b, bo + k * bs + 3 * VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c02).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c03).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c12).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c13).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c21).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c22).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c23).intoArray(c, at + 3 * VL);
  }

  private static void rows2(
      int vectors,
      int kc,
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      int bs,
      float[] c,
      int co,
      int cs) {
    switch (vectors) {
      case 1 -> tile2x1(kc, a, ao, as, b, bo, bs, c, co, cs);
      case 2 -> tile2x2(kc, a, ao, as, b, bo, bs, c, co, cs);
      case 3 -> tile2x3(kc, a, ao, as, b, bo, bs, c, co, cs);
      default -> tile2x4(kc, a, ao, as, b, bo, bs, c, co, cs);
    }
  }

  private static void tile2x1(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c10 = zero;
    for (int k = 0; k < kc; k++) {
      var b0 = FloatVector.fromArray(S, b, bo + k * bs);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
  }

  private static void tile2x2(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    for (int k = 0; k < kc; k++) {
      var b0 = FloatVector.fromArray(S, b, bo + k * bs);
      var b1 = FloatVector.fromArray(S, b, bo + k * bs + VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
  }

  private static void tile2x3(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c12 = zero;
    for (int k = 0; k < kc; k++) {
      var b0 = FloatVector.fromArray(S, b, bo + k * bs);
      var b1 = FloatVector.fromArray(S, b, bo + k * bs + VL);
      var b2 = FloatVector.fromArray(S, b, bo + k * bs + 2 * VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c02).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c12).intoArray(c, at + 2 * VL);
  }

  private static void tile2x4(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    FloatVector c03 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c12 = zero;
    FloatVector c13 = zero;
    for (int k = 0; k < kc; k++) {
      var b0 = FloatVector.fromArray(S, b, bo + k * bs);
      var b1 = FloatVector.fromArray(S, b, bo + k * bs + VL);
      var b2 = FloatVector.fromArray(S, b, bo + k * bs + 2 * VL);
      var b3 = FloatVector.fromArray(S, b, bo + k * bs + 3 * VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c02).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c03).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c12).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c13).intoArray(c, at + 3 * VL);
  }

  private static void rows1(
      int vectors,
      int kc,
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      int bs,
      float[] c,
      int co,
      int cs) {
    switch (vectors) {
      case 1 -> tile1x1(kc, a, ao, as, b, bo, bs, c, co, cs);
      case 2 -> tile1x2(kc, a, ao, as, b, bo, bs, c, co, cs);
      case 3 -> tile1x3(kc, a, ao, as, b, bo, bs, c, co, cs);
      default -> tile1x4(kc, a, ao, as, b, bo, bs, c, co, cs);
    }
  }

  private static void tile1x1(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    for (int k = 0; k < kc; k++) {
      var b0 = FloatVector.fromArray(S, b, bo + k * bs);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
  }

  private static void tile1x2(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    for (int k = 0; k < kc; k++) {
      var b0 = FloatVector.fromArray(S, b, bo + k * bs);
      var b1 = FloatVector.fromArray(S, b, bo + k * bs + VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
  }

  private static void tile1x3(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    for (int k = 0; k < kc; k++) {
      var b0 = FloatVector.fromArray(S, b, bo + k * bs);
      var b1 = FloatVector.fromArray(S, b, bo + k * bs + VL);
      var b2 = FloatVector.fromArray(S, b, bo + k * bs + 2 * VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c02).intoArray(c, at + 2 * VL);
  }

  private static void tile1x4(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    FloatVector c03 = zero;
    for (int k = 0; k < kc; k++) {
      var b0 = FloatVector.fromArray(S, b, bo + k * bs);
      var b1 = FloatVector.fromArray(S, b, bo + k * bs + VL);
      var b2 = FloatVector.fromArray(S, b, bo + k * bs + 2 * VL);
      var b3 = FloatVector.fromArray(S, b, bo + k * bs + 3 * VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c02).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c03).intoArray(c, at + 3 * VL);
  }

  private static void panel(
      int rows,
      int vectors,
      int kc,
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      int bs,
      float[] c,
      int co,
      int cs) {
    if (isPacked(rows, vectors, as, bs)) {
      if (VECTORS == 4) {
        packed6x4(kc, a, ao, as, b, bo, bs, c, co, cs);
      } else {
        packed6x2(kc, a, ao, as, b, bo, bs, c, co, cs);
      }
      return;
    }
    switch (rows) {
      case 6 -> panels6(vectors, kc, a, ao, as, b, bo, bs, c, co, cs);
      case 5 -> panels5(vectors, kc, a, ao, as, b, bo, bs, c, co, cs);
      case 4 -> panels4(vectors, kc, a, ao, as, b, bo, bs, c, co, cs);
      case 3 -> panels3(vectors, kc, a, ao, as, b, bo, bs, c, co, cs);
      case 2 -> panels2(vectors, kc, a, ao, as, b, bo, bs, c, co, cs);
      default -> panels1(vectors, kc, a, ao, as, b, bo, bs, c, co, cs);
    }
  }

  private static void panels6(
      int vectors,
      int kc,
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      int bs,
      float[] c,
      int co,
      int cs) {
    switch (vectors) {
      case 2 -> panel6x2(kc, a, ao, as, b, bo, bs, c, co, cs);
      case 3 -> panel6x3(kc, a, ao, as, b, bo, bs, c, co, cs);
      default -> panel6x4(kc, a, ao, as, b, bo, bs, c, co, cs);
    }
  }

  private static void panel6x2(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    int a3 = a2 + as;
    int a4 = a3 + as;
    int a5 = a4 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    FloatVector c40 = zero;
    FloatVector c41 = zero;
    FloatVector c50 = zero;
    FloatVector c51 = zero;
    int k = 0;
    int end = bo + kc * (2 * VL);
    for (int q = bo; q < end; q += 2 * VL) {
      var b0 = FloatVector.fromArray(S, b, q);
      var b1 = FloatVector.fromArray(S, b, q + VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[a3 + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(S, a[a4 + k]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(S, a[a5 + k]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      k++;
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c21).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c30).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c31).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c40).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c41).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c50).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c51).intoArray(c, at + VL);
  }

  private static void panel6x3(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    int a3 = a2 + as;
    int a4 = a3 + as;
    int a5 = a4 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c12 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c22 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    FloatVector c32 = zero;
    FloatVector c40 = zero;
    FloatVector c41 = zero;
    FloatVector c42 = zero;
    FloatVector c50 = zero;
    FloatVector c51 = zero;
    FloatVector c52 = zero;
    int k = 0;
    int end = bo + kc * (3 * VL);
    for (int q = bo; q < end; q += 3 * VL) {
      var b0 = FloatVector.fromArray(S, b, q);
      var b1 = FloatVector.fromArray(S, b, q + VL);
      var b2 = FloatVector.fromArray(S, b, q + 2 * VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = FloatVector.broadcast(S, a[a3 + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      x = FloatVector.broadcast(S, a[a4 + k]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      x = FloatVector.broadcast(S, a[a5 + k]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      c52 = x.fma(b2, c52);
      k++;
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c02).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c12).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c21).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c22).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c30).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c31).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c32).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c40).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c41).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c42).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c50).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c51).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c52).intoArray(c, at + 2 * VL);
  }

  private static void panel6x4(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    int a3 = a2 + as;
    int a4 = a3 + as;
    int a5 = a4 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    FloatVector c03 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c12 = zero;
    FloatVector c13 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c22 = zero;
    FloatVector c23 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    FloatVector c32 = zero;
    FloatVector c33 = zero;
    FloatVector c40 = zero;
    FloatVector c41 = zero;
    FloatVector c42 = zero;
    FloatVector c43 = zero;
    FloatVector c50 = zero;
    FloatVector c51 = zero;
    FloatVector c52 = zero;
    FloatVector c53 = zero;
    int k = 0;
    int end = bo + kc * (4 * VL);
    for (int q = bo; q < end; q += 4 * VL) {
      var b0 = FloatVector.fromArray(S, b, q);
      var b1 = FloatVector.fromArray(S, b, q + VL);
      var b2 = FloatVector.fromArray(S, b, q + 2 * VL);
      var b3 = FloatVector.fromArray(S, b, q + 3 * VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = FloatVector.broadcast(S, a[a3 + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
      x = FloatVector.broadcast(S, a[a4 + k]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      c43 = x.fma(b3, c43);
      x = FloatVector.broadcast(S, a[a5 + k]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      c52 = x.fma(b2, c52);
      c53 = x.fma(b3, c53);
      k++;
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c02).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c03).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c12).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c13).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c21).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c22).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c23).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c30).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c31).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c32).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c33).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c40).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c41).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c42).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c43).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c50).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c51).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c52).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c53).intoArray(c, at + 3 * VL);
  }

  private static void panels5(
      int vectors,
      int kc,
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      int bs,
      float[] c,
      int co,
      int cs) {
    switch (vectors) {
      case 2 -> panel5x2(kc, a, ao, as, b, bo, bs, c, co, cs);
      case 3 -> panel5x3(kc, a, ao, as, b, bo, bs, c, co, cs);
      default -> panel5x4(kc, a, ao, as, b, bo, bs, c, co, cs);
    }
  }

  private static void panel5x2(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    int a3 = a2 + as;
    int a4 = a3 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    FloatVector c40 = zero;
    FloatVector c41 = zero;
    int k = 0;
    int end = bo + kc * (2 * VL);
    for (int q = bo; q < end; q += 2 * VL) {
      var b0 = FloatVector.fromArray(S, b, q);
      var b1 = FloatVector.fromArray(S, b, q + VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[a3 + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(S, a[a4 + k]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      k++;
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c21).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c30).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c31).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c40).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c41).intoArray(c, at + VL);
  }

  private static void panel5x3(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    int a3 = a2 + as;
    int a4 = a3 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c12 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c22 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    FloatVector c32 = zero;
    FloatVector c40 = zero;
    FloatVector c41 = zero;
    FloatVector c42 = zero;
    int k = 0;
    int end = bo + kc * (3 * VL);
    for (int q = bo; q < end; q += 3 * VL) {
      var b0 = FloatVector.fromArray(S, b, q);
      var b1 = FloatVector.fromArray(S, b, q + VL);
      var b2 = FloatVector.fromArray(S, b, q + 2 * VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = FloatVector.broadcast(S, a[a3 + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      x = FloatVector.broadcast(S, a[a4 + k]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      k++;
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c02).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c12).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c21).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c22).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c30).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c31).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c32).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c40).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c41).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c42).intoArray(c, at + 2 * VL);
  }

  private static void panel5x4(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    int a3 = a2 + as;
    int a4 = a3 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    FloatVector c03 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c12 = zero;
    FloatVector c13 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c22 = zero;
    FloatVector c23 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    FloatVector c32 = zero;
    FloatVector c33 = zero;
    FloatVector c40 = zero;
    FloatVector c41 = zero;
    FloatVector c42 = zero;
    FloatVector c43 = zero;
    int k = 0;
    int end = bo + kc * (4 * VL);
    for (int q = bo; q < end; q += 4 * VL) {
      var b0 = FloatVector.fromArray(S, b, q);
      var b1 = FloatVector.fromArray(S, b, q + VL);
      var b2 = FloatVector.fromArray(S, b, q + 2 * VL);
      var b3 = FloatVector.fromArray(S, b, q + 3 * VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = FloatVector.broadcast(S, a[a3 + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
      x = FloatVector.broadcast(S, a[a4 + k]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      c43 = x.fma(b3, c43);
      k++;
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c02).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c03).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c12).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c13).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c21).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c22).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c23).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c30).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c31).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c32).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c33).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c40).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c41).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c42).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c43).intoArray(c, at + 3 * VL);
  }

  private static void panels4(
      int vectors,
      int kc,
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      int bs,
      float[] c,
      int co,
      int cs) {
    switch (vectors) {
      case 2 -> panel4x2(kc, a, ao, as, b, bo, bs, c, co, cs);
      case 3 -> panel4x3(kc, a, ao, as, b, bo, bs, c, co, cs);
      default -> panel4x4(kc, a, ao, as, b, bo, bs, c, co, cs);
    }
  }

  private static void panel4x2(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    int a3 = a2 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    int k = 0;
    int end = bo + kc * (2 * VL);
    for (int q = bo; q < end; q += 2 * VL) {
      var b0 = FloatVector.fromArray(S, b, q);
      var b1 = FloatVector.fromArray(S, b, q + VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[a3 + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      k++;
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c21).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c30).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c31).intoArray(c, at + VL);
  }

  private static void panel4x3(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    int a3 = a2 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c12 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c22 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    FloatVector c32 = zero;
    int k = 0;
    int end = bo + kc * (3 * VL);
    for (int q = bo; q < end; q += 3 * VL) {
      var b0 = FloatVector.fromArray(S, b, q);
      var b1 = FloatVector.fromArray(S, b, q + VL);
      var b2 = FloatVector.fromArray(S, b, q + 2 * VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = FloatVector.broadcast(S, a[a3 + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      k++;
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c02).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c12).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c21).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c22).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c30).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c31).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c32).intoArray(c, at + 2 * VL);
  }

  private static void panel4x4(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    int a3 = a2 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    FloatVector c03 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c12 = zero;
    FloatVector c13 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c22 = zero;
    FloatVector c23 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    FloatVector c32 = zero;
    FloatVector c33 = zero;
    int k = 0;
    int end = bo + kc * (4 * VL);
    for (int q = bo; q < end; q += 4 * VL) {
      var b0 = FloatVector.fromArray(S, b, q);
      var b1 = FloatVector.fromArray(S, b, q + VL);
      var b2 = FloatVector.fromArray(S, b, q + 2 * VL);
      var b3 = FloatVector.fromArray(S, b, q + 3 * VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = FloatVector.broadcast(S, a[a3 + k]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
      k++;
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c02).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c03).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c12).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c13).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c21).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c22).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c23).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c30).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c31).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c32).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c33).intoArray(c, at + 3 * VL);
  }

  private static void panels3(
      int vectors,
      int kc,
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      int bs,
      float[] c,
      int co,
      int cs) {
    switch (vectors) {
      case 2 -> panel3x2(kc, a, ao, as, b, bo, bs, c, co, cs);
      case 3 -> panel3x3(kc, a, ao, as, b, bo, bs, c, co, cs);
      default -> panel3x4(kc, a, ao, as, b, bo, bs, c, co, cs);
    }
  }

  private static void panel3x2(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    int k = 0;
    int end = bo + kc * (2 * VL);
    for (int q = bo; q < end; q += 2 * VL) {
      var b0 = FloatVector.fromArray(S, b, q);
      var b1 = FloatVector.fromArray(S, b, q + VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      k++;
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c21).intoArray(c, at + VL);
  }

  private static void panel3x3(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c12 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c22 = zero;
    int k = 0;
    int end = bo + kc * (3 * VL);
    for (int q = bo; q < end; q += 3 * VL) {
      var b0 = FloatVector.fromArray(S, b, q);
      var b1 = FloatVector.fromArray(S, b, q + VL);
      var b2 = FloatVector.fromArray(S, b, q + 2 * VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      k++;
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c02).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c12).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c21).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c22).intoArray(c, at + 2 * VL);
  }

  private static void panel3x4(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    int a2 = a1 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    FloatVector c03 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c12 = zero;
    FloatVector c13 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c22 = zero;
    FloatVector c23 = zero;
    int k = 0;
    int end = bo + kc * (4 * VL);
    for (int q = bo; q < end; q += 4 * VL) {
      var b0 = FloatVector.fromArray(S, b, q);
      var b1 = FloatVector.fromArray(S, b, q + VL);
      var b2 = FloatVector.fromArray(S, b, q + 2 * VL);
      var b3 = FloatVector.fromArray(S, b, q + 3 * VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = FloatVector.broadcast(S, a[a2 + k]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      k++;
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c02).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c03).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c12).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c13).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c21).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c22).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c23).intoArray(c, at + 3 * VL);
  }

  private static void panels2(
      int vectors,
      int kc,
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      int bs,
      float[] c,
      int co,
      int cs) {
    switch (vectors) {
      case 2 -> panel2x2(kc, a, ao, as, b, bo, bs, c, co, cs);
      case 3 -> panel2x3(kc, a, ao, as, b, bo, bs, c, co, cs);
      default -> panel2x4(kc, a, ao, as, b, bo, bs, c, co, cs);
    }
  }

  private static void panel2x2(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    int k = 0;
    int end = bo + kc * (2 * VL);
    for (int q = bo; q < end; q += 2 * VL) {
      var b0 = FloatVector.fromArray(S, b, q);
      var b1 = FloatVector.fromArray(S, b, q + VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      k++;
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
  }

  private static void panel2x3(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c12 = zero;
    int k = 0;
    int end = bo + kc * (3 * VL);
    for (int q = bo; q < end; q += 3 * VL) {
      var b0 = FloatVector.fromArray(S, b, q);
      var b1 = FloatVector.fromArray(S, b, q + VL);
      var b2 = FloatVector.fromArray(S, b, q + 2 * VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      k++;
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c02).intoArray(c, at + 2 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c12).intoArray(c, at + 2 * VL);
  }

  private static void panel2x4(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    int a1 = a0 + as;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    FloatVector c03 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c12 = zero;
    FloatVector c13 = zero;
    int k = 0;
    int end = bo + kc * (4 * VL);
    for (int q = bo; q < end; q += 4 * VL) {
      var b0 = FloatVector.fromArray(S, b, q);
      var b1 = FloatVector.fromArray(S, b, q + VL);
      var b2 = FloatVector.fromArray(S, b, q + 2 * VL);
      var b3 = FloatVector.fromArray(S, b, q + 3 * VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(S, a[a1 + k]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      k++;
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c02).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c03).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c12).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c13).intoArray(c, at + 3 * VL);
  }

  private static void panels1(
      int vectors,
      int kc,
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      int bs,
      float[] c,
      int co,
      int cs) {
    switch (vectors) {
      case 2 -> panel1x2(kc, a, ao, as, b, bo, bs, c, co, cs);
      case 3 -> panel1x3(kc, a, ao, as, b, bo, bs, c, co, cs);
      default -> panel1x4(kc, a, ao, as, b, bo, bs, c, co, cs);
    }
  }

  private static void panel1x2(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    int k = 0;
    int end = bo + kc * (2 * VL);
    for (int q = bo; q < end; q += 2 * VL) {
      var b0 = FloatVector.fromArray(S, b, q);
      var b1 = FloatVector.fromArray(S, b, q + VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      k++;
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
  }

  private static void panel1x3(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    int k = 0;
    int end = bo + kc * (3 * VL);
    for (int q = bo; q < end; q += 3 * VL) {
      var b0 = FloatVector.fromArray(S, b, q);
      var b1 = FloatVector.fromArray(S, b, q + VL);
      var b2 = FloatVector.fromArray(S, b, q + 2 * VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      k++;
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c02).intoArray(c, at + 2 * VL);
  }

  private static void panel1x4(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    int a0 = ao;
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    FloatVector c03 = zero;
    int k = 0;
    int end = bo + kc * (4 * VL);
    for (int q = bo; q < end; q += 4 * VL) {
      var b0 = FloatVector.fromArray(S, b, q);
      var b1 = FloatVector.fromArray(S, b, q + VL);
      var b2 = FloatVector.fromArray(S, b, q + 2 * VL);
      var b3 = FloatVector.fromArray(S, b, q + 3 * VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[a0 + k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      k++;
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c02).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c03).intoArray(c, at + 3 * VL);
  }

  private static void packed6x4(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    FloatVector c03 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c12 = zero;
    FloatVector c13 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c22 = zero;
    FloatVector c23 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    FloatVector c32 = zero;
    FloatVector c33 = zero;
    FloatVector c40 = zero;
    FloatVector c41 = zero;
    FloatVector c42 = zero;
    FloatVector c43 = zero;
    FloatVector c50 = zero;
    FloatVector c51 = zero;
    FloatVector c52 = zero;
    FloatVector c53 = zero;
    int k = ao;
    int end = bo + kc * (4 * VL);
    for (int q = bo; q < end; q += 4 * VL) {
      var b0 = FloatVector.fromArray(S, b, q);
      var b1 = FloatVector.fromArray(S, b, q + VL);
      var b2 = FloatVector.fromArray(S, b, q + 2 * VL);
      var b3 = FloatVector.fromArray(S, b, q + 3 * VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(S, a[k + ROW]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = FloatVector.broadcast(S, a[k + 2 * ROW]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = FloatVector.broadcast(S, a[k + 3 * ROW]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
      x = FloatVector.broadcast(S, a[k + 4 * ROW]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      c43 = x.fma(b3, c43);
      x = FloatVector.broadcast(S, a[k + 5 * ROW]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      c52 = x.fma(b2, c52);
      c53 = x.fma(b3, c53);
      k++;
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c02).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c03).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c12).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c13).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c21).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c22).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c23).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c30).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c31).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c32).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c33).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c40).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c41).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c42).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c43).intoArray(c, at + 3 * VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c50).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c51).intoArray(c, at + VL);
    FloatVector.fromArray(S, c, at + 2 * VL).add(c52).intoArray(c, at + 2 * VL);
    FloatVector.fromArray(S, c, at + 3 * VL).add(c53).intoArray(c, at + 3 * VL);
  }

  private static void packed6x2(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    FloatVector c40 = zero;
    FloatVector c41 = zero;
    FloatVector c50 = zero;
    FloatVector c51 = zero;
    int k = ao;
    int end = bo + kc * (2 * VL);
    for (int q = bo; q < end; q += 2 * VL) {
      var b0 = FloatVector.fromArray(S, b, q);
      var b1 = FloatVector.fromArray(S, b, q + VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[k + ROW]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[k + 2 * ROW]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[k + 3 * ROW]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(S, a[k + 4 * ROW]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(S, a[k + 5 * ROW]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      k++;
    }
    int at = co;
    FloatVector.fromArray(S, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c01).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c11).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c20).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c21).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c30).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c31).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c40).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c41).intoArray(c, at + VL);
    at += cs;
    FloatVector.fromArray(S, c, at).add(c50).intoArray(c, at);
    FloatVector.fromArray(S, c, at + VL).add(c51).intoArray(c, at + VL);
  }

  private static void first6x4(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    FloatVector c03 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c12 = zero;
    FloatVector c13 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c22 = zero;
    FloatVector c23 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    FloatVector c32 = zero;
    FloatVector c33 = zero;
    FloatVector c40 = zero;
    FloatVector c41 = zero;
    FloatVector c42 = zero;
    FloatVector c43 = zero;
    FloatVector c50 = zero;
    FloatVector c51 = zero;
    FloatVector c52 = zero;
    FloatVector c53 = zero;
    int k = ao;
    int end = bo + kc * (4 * VL);
    for (int q = bo; q < end; q += 4 * VL) {
      var b0 = FloatVector.fromArray(S, b, q);
      var b1 = FloatVector.fromArray(S, b, q + VL);
      var b2 = FloatVector.fromArray(S, b, q + 2 * VL);
      var b3 = FloatVector.fromArray(S, b, q + 3 * VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(S, a[k + ROW]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = FloatVector.broadcast(S, a[k + 2 * ROW]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = FloatVector.broadcast(S, a[k + 3 * ROW]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
      x = FloatVector.broadcast(S, a[k + 4 * ROW]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      c43 = x.fma(b3, c43);
      x = FloatVector.broadcast(S, a[k + 5 * ROW]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      c52 = x.fma(b2, c52);
      c53 = x.fma(b3, c53);
      k++;
    }
    int at = co;
    zero.add(c00).intoArray(c, at);
    zero.add(c01).intoArray(c, at + VL);
    zero.add(c02).intoArray(c, at + 2 * VL);
    zero.add(c03).intoArray(c, at + 3 * VL);
    at += cs;
    zero.add(c10).intoArray(c, at);
    zero.add(c11).intoArray(c, at + VL);
    zero.add(c12).intoArray(c, at + 2 * VL);
    zero.add(c13).intoArray(c, at + 3 * VL);
    at += cs;
    zero.add(c20).intoArray(c, at);
    zero.add(c21).intoArray(c, at + VL);
    zero.add(c22).intoArray(c, at + 2 * VL);
    zero.add(c23).intoArray(c, at + 3 * VL);
    at += cs;
    zero.add(c30).intoArray(c, at);
    zero.add(c31).intoArray(c, at + VL);
    zero.add(c32).intoArray(c, at + 2 * VL);
    zero.add(c33).intoArray(c, at + 3 * VL);
    at += cs;
    zero.add(c40).intoArray(c, at);
    zero.add(c41).intoArray(c, at + VL);
    zero.add(c42).intoArray(c, at + 2 * VL);
    zero.add(c43).intoArray(c, at + 3 * VL);
    at += cs;
    zero.add(c50).intoArray(c, at);
    zero.add(c51).intoArray(c, at + VL);
    zero.add(c52).intoArray(c, at + 2 * VL);
    zero.add(c53).intoArray(c, at + 3 * VL);
  }

  private static void first6x2(
      int kc, float[] a, int ao, int as, float[] b, int bo, int bs, float[] c, int co, int cs) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    FloatVector c40 = zero;
    FloatVector c41 = zero;
    FloatVector c50 = zero;
    FloatVector c51 = zero;
    int k = ao;
    int end = bo + kc * (2 * VL);
    for (int q = bo; q < end; q += 2 * VL) {
      var b0 = FloatVector.fromArray(S, b, q);
      var b1 = FloatVector.fromArray(S, b, q + VL);
      FloatVector x;
      x = FloatVector.broadcast(S, a[k]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(S, a[k + ROW]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(S, a[k + 2 * ROW]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(S, a[k + 3 * ROW]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(S, a[k + 4 * ROW]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(S, a[k + 5 * ROW]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      k++;
    }
    int at = co;
    zero.add(c00).intoArray(c, at);
    zero.add(c01).intoArray(c, at + VL);
    at += cs;
    zero.add(c10).intoArray(c, at);
    zero.add(c11).intoArray(c, at + VL);
    at += cs;
    zero.add(c20).intoArray(c, at);
    zero.add(c21).intoArray(c, at + VL);
    at += cs;
    zero.add(c30).intoArray(c, at);
    zero.add(c31).intoArray(c, at + VL);
    at += cs;
    zero.add(c40).intoArray(c, at);
    zero.add(c41).intoArray(c, at + VL);
    at += cs;
    zero.add(c50).intoArray(c, at);
    zero.add(c51).intoArray(c, at + VL);
  }
}
