// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// [ConvKernel] for doubles. Written by `TileSource`, among the tests.
@SuppressWarnings("UnusedVariable") // rows have no distance where there is one
final class DoubleConvKernel {
  private static final VectorSpecies<Double> S = DoubleLanes.DOUBLES;
  private static final int VL = S.length();

  private DoubleConvKernel() {}

  /// See [ConvArrays#correlate].
  static void tile(
      int rows,
      int vectors,
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    switch (rows) {
      case 6 -> rows6(vectors, kc, a, ao, b, bo, start, so, c, co, cs);
      case 5 -> rows5(vectors, kc, a, ao, b, bo, start, so, c, co, cs);
      case 4 -> rows4(vectors, kc, a, ao, b, bo, start, so, c, co, cs);
      case 3 -> rows3(vectors, kc, a, ao, b, bo, start, so, c, co, cs);
      case 2 -> rows2(vectors, kc, a, ao, b, bo, start, so, c, co, cs);
      default -> rows1(vectors, kc, a, ao, b, bo, start, so, c, co, cs);
    }
  }

  private static void rows6(
      int vectors,
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    switch (vectors) {
      case 1 -> tile6x1(kc, a, ao, b, bo, start, so, c, co, cs);
      case 2 -> tile6x2(kc, a, ao, b, bo, start, so, c, co, cs);
      case 3 -> tile6x3(kc, a, ao, b, bo, start, so, c, co, cs);
      default -> tile6x4(kc, a, ao, b, bo, start, so, c, co, cs);
    }
  }

  private static void tile6x1(
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector c00 = zero;
    DoubleVector c10 = zero;
    DoubleVector c20 = zero;
    DoubleVector c30 = zero;
    DoubleVector c40 = zero;
    DoubleVector c50 = zero;
    int end = ao + kc * 7;
    for (int p = ao; p < end; p += 7) {
      int q = bo + (int) Double.doubleToRawLongBits(a[p]);
      var b0 = DoubleVector.fromArray(S, b, q);
      DoubleVector x;
      x = DoubleVector.broadcast(S, a[p + 1]);
      c00 = x.fma(b0, c00);
      x = DoubleVector.broadcast(S, a[p + 2]);
      c10 = x.fma(b0, c10);
      x = DoubleVector.broadcast(S, a[p + 3]);
      c20 = x.fma(b0, c20);
      x = DoubleVector.broadcast(S, a[p + 4]);
      c30 = x.fma(b0, c30);
      x = DoubleVector.broadcast(S, a[p + 5]);
      c40 = x.fma(b0, c40);
      x = DoubleVector.broadcast(S, a[p + 6]);
      c50 = x.fma(b0, c50);
    }
    int at = co;
    DoubleVector.broadcast(S, start[so]).add(c00).intoArray(c, at);
    at += cs;
    DoubleVector.broadcast(S, start[so + 1]).add(c10).intoArray(c, at);
    at += cs;
    DoubleVector.broadcast(S, start[so + 2]).add(c20).intoArray(c, at);
    at += cs;
    DoubleVector.broadcast(S, start[so + 3]).add(c30).intoArray(c, at);
    at += cs;
    DoubleVector.broadcast(S, start[so + 4]).add(c40).intoArray(c, at);
    at += cs;
    DoubleVector.broadcast(S, start[so + 5]).add(c50).intoArray(c, at);
  }

  private static void tile6x2(
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector c00 = zero;
    DoubleVector c01 = zero;
    DoubleVector c10 = zero;
    DoubleVector c11 = zero;
    DoubleVector c20 = zero;
    DoubleVector c21 = zero;
    DoubleVector c30 = zero;
    DoubleVector c31 = zero;
    DoubleVector c40 = zero;
    DoubleVector c41 = zero;
    DoubleVector c50 = zero;
    DoubleVector c51 = zero;
    int end = ao + kc * 7;
    for (int p = ao; p < end; p += 7) {
      int q = bo + (int) Double.doubleToRawLongBits(a[p]);
      var b0 = DoubleVector.fromArray(S, b, q);
      var b1 = DoubleVector.fromArray(S, b, q + VL);
      DoubleVector x;
      x = DoubleVector.broadcast(S, a[p + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = DoubleVector.broadcast(S, a[p + 2]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = DoubleVector.broadcast(S, a[p + 3]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = DoubleVector.broadcast(S, a[p + 4]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = DoubleVector.broadcast(S, a[p + 5]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = DoubleVector.broadcast(S, a[p + 6]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
    }
    int at = co;
    DoubleVector.broadcast(S, start[so]).add(c00).intoArray(c, at);
    DoubleVector.broadcast(S, start[so]).add(c01).intoArray(c, at + VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 1]).add(c10).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 1]).add(c11).intoArray(c, at + VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 2]).add(c20).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 2]).add(c21).intoArray(c, at + VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 3]).add(c30).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 3]).add(c31).intoArray(c, at + VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 4]).add(c40).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 4]).add(c41).intoArray(c, at + VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 5]).add(c50).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 5]).add(c51).intoArray(c, at + VL);
  }

  private static void tile6x3(
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector c00 = zero;
    DoubleVector c01 = zero;
    DoubleVector c02 = zero;
    DoubleVector c10 = zero;
    DoubleVector c11 = zero;
    DoubleVector c12 = zero;
    DoubleVector c20 = zero;
    DoubleVector c21 = zero;
    DoubleVector c22 = zero;
    DoubleVector c30 = zero;
    DoubleVector c31 = zero;
    DoubleVector c32 = zero;
    DoubleVector c40 = zero;
    DoubleVector c41 = zero;
    DoubleVector c42 = zero;
    DoubleVector c50 = zero;
    DoubleVector c51 = zero;
    DoubleVector c52 = zero;
    int end = ao + kc * 7;
    for (int p = ao; p < end; p += 7) {
      int q = bo + (int) Double.doubleToRawLongBits(a[p]);
      var b0 = DoubleVector.fromArray(S, b, q);
      var b1 = DoubleVector.fromArray(S, b, q + VL);
      var b2 = DoubleVector.fromArray(S, b, q + 2 * VL);
      DoubleVector x;
      x = DoubleVector.broadcast(S, a[p + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = DoubleVector.broadcast(S, a[p + 2]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = DoubleVector.broadcast(S, a[p + 3]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = DoubleVector.broadcast(S, a[p + 4]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      x = DoubleVector.broadcast(S, a[p + 5]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      x = DoubleVector.broadcast(S, a[p + 6]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      c52 = x.fma(b2, c52);
    }
    int at = co;
    DoubleVector.broadcast(S, start[so]).add(c00).intoArray(c, at);
    DoubleVector.broadcast(S, start[so]).add(c01).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so]).add(c02).intoArray(c, at + 2 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 1]).add(c10).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 1]).add(c11).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 1]).add(c12).intoArray(c, at + 2 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 2]).add(c20).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 2]).add(c21).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 2]).add(c22).intoArray(c, at + 2 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 3]).add(c30).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 3]).add(c31).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 3]).add(c32).intoArray(c, at + 2 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 4]).add(c40).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 4]).add(c41).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 4]).add(c42).intoArray(c, at + 2 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 5]).add(c50).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 5]).add(c51).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 5]).add(c52).intoArray(c, at + 2 * VL);
  }

  private static void tile6x4(
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector c00 = zero;
    DoubleVector c01 = zero;
    DoubleVector c02 = zero;
    DoubleVector c03 = zero;
    DoubleVector c10 = zero;
    DoubleVector c11 = zero;
    DoubleVector c12 = zero;
    DoubleVector c13 = zero;
    DoubleVector c20 = zero;
    DoubleVector c21 = zero;
    DoubleVector c22 = zero;
    DoubleVector c23 = zero;
    DoubleVector c30 = zero;
    DoubleVector c31 = zero;
    DoubleVector c32 = zero;
    DoubleVector c33 = zero;
    DoubleVector c40 = zero;
    DoubleVector c41 = zero;
    DoubleVector c42 = zero;
    DoubleVector c43 = zero;
    DoubleVector c50 = zero;
    DoubleVector c51 = zero;
    DoubleVector c52 = zero;
    DoubleVector c53 = zero;
    int end = ao + kc * 7;
    for (int p = ao; p < end; p += 7) {
      int q = bo + (int) Double.doubleToRawLongBits(a[p]);
      var b0 = DoubleVector.fromArray(S, b, q);
      var b1 = DoubleVector.fromArray(S, b, q + VL);
      var b2 = DoubleVector.fromArray(S, b, q + 2 * VL);
      var b3 = DoubleVector.fromArray(S, b, q + 3 * VL);
      DoubleVector x;
      x = DoubleVector.broadcast(S, a[p + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = DoubleVector.broadcast(S, a[p + 2]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = DoubleVector.broadcast(S, a[p + 3]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = DoubleVector.broadcast(S, a[p + 4]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
      x = DoubleVector.broadcast(S, a[p + 5]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      c43 = x.fma(b3, c43);
      x = DoubleVector.broadcast(S, a[p + 6]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      c52 = x.fma(b2, c52);
      c53 = x.fma(b3, c53);
    }
    int at = co;
    DoubleVector.broadcast(S, start[so]).add(c00).intoArray(c, at);
    DoubleVector.broadcast(S, start[so]).add(c01).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so]).add(c02).intoArray(c, at + 2 * VL);
    DoubleVector.broadcast(S, start[so]).add(c03).intoArray(c, at + 3 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 1]).add(c10).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 1]).add(c11).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 1]).add(c12).intoArray(c, at + 2 * VL);
    DoubleVector.broadcast(S, start[so + 1]).add(c13).intoArray(c, at + 3 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 2]).add(c20).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 2]).add(c21).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 2]).add(c22).intoArray(c, at + 2 * VL);
    DoubleVector.broadcast(S, start[so + 2]).add(c23).intoArray(c, at + 3 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 3]).add(c30).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 3]).add(c31).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 3]).add(c32).intoArray(c, at + 2 * VL);
    DoubleVector.broadcast(S, start[so + 3]).add(c33).intoArray(c, at + 3 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 4]).add(c40).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 4]).add(c41).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 4]).add(c42).intoArray(c, at + 2 * VL);
    DoubleVector.broadcast(S, start[so + 4]).add(c43).intoArray(c, at + 3 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 5]).add(c50).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 5]).add(c51).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 5]).add(c52).intoArray(c, at + 2 * VL);
    DoubleVector.broadcast(S, start[so + 5]).add(c53).intoArray(c, at + 3 * VL);
  }

  private static void rows5(
      int vectors,
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    switch (vectors) {
      case 1 -> tile5x1(kc, a, ao, b, bo, start, so, c, co, cs);
      case 2 -> tile5x2(kc, a, ao, b, bo, start, so, c, co, cs);
      case 3 -> tile5x3(kc, a, ao, b, bo, start, so, c, co, cs);
      default -> tile5x4(kc, a, ao, b, bo, start, so, c, co, cs);
    }
  }

  private static void tile5x1(
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector c00 = zero;
    DoubleVector c10 = zero;
    DoubleVector c20 = zero;
    DoubleVector c30 = zero;
    DoubleVector c40 = zero;
    int end = ao + kc * 6;
    for (int p = ao; p < end; p += 6) {
      int q = bo + (int) Double.doubleToRawLongBits(a[p]);
      var b0 = DoubleVector.fromArray(S, b, q);
      DoubleVector x;
      x = DoubleVector.broadcast(S, a[p + 1]);
      c00 = x.fma(b0, c00);
      x = DoubleVector.broadcast(S, a[p + 2]);
      c10 = x.fma(b0, c10);
      x = DoubleVector.broadcast(S, a[p + 3]);
      c20 = x.fma(b0, c20);
      x = DoubleVector.broadcast(S, a[p + 4]);
      c30 = x.fma(b0, c30);
      x = DoubleVector.broadcast(S, a[p + 5]);
      c40 = x.fma(b0, c40);
    }
    int at = co;
    DoubleVector.broadcast(S, start[so]).add(c00).intoArray(c, at);
    at += cs;
    DoubleVector.broadcast(S, start[so + 1]).add(c10).intoArray(c, at);
    at += cs;
    DoubleVector.broadcast(S, start[so + 2]).add(c20).intoArray(c, at);
    at += cs;
    DoubleVector.broadcast(S, start[so + 3]).add(c30).intoArray(c, at);
    at += cs;
    DoubleVector.broadcast(S, start[so + 4]).add(c40).intoArray(c, at);
  }

  private static void tile5x2(
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector c00 = zero;
    DoubleVector c01 = zero;
    DoubleVector c10 = zero;
    DoubleVector c11 = zero;
    DoubleVector c20 = zero;
    DoubleVector c21 = zero;
    DoubleVector c30 = zero;
    DoubleVector c31 = zero;
    DoubleVector c40 = zero;
    DoubleVector c41 = zero;
    int end = ao + kc * 6;
    for (int p = ao; p < end; p += 6) {
      int q = bo + (int) Double.doubleToRawLongBits(a[p]);
      var b0 = DoubleVector.fromArray(S, b, q);
      var b1 = DoubleVector.fromArray(S, b, q + VL);
      DoubleVector x;
      x = DoubleVector.broadcast(S, a[p + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = DoubleVector.broadcast(S, a[p + 2]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = DoubleVector.broadcast(S, a[p + 3]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = DoubleVector.broadcast(S, a[p + 4]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = DoubleVector.broadcast(S, a[p + 5]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
    }
    int at = co;
    DoubleVector.broadcast(S, start[so]).add(c00).intoArray(c, at);
    DoubleVector.broadcast(S, start[so]).add(c01).intoArray(c, at + VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 1]).add(c10).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 1]).add(c11).intoArray(c, at + VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 2]).add(c20).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 2]).add(c21).intoArray(c, at + VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 3]).add(c30).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 3]).add(c31).intoArray(c, at + VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 4]).add(c40).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 4]).add(c41).intoArray(c, at + VL);
  }

  private static void tile5x3(
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector c00 = zero;
    DoubleVector c01 = zero;
    DoubleVector c02 = zero;
    DoubleVector c10 = zero;
    DoubleVector c11 = zero;
    DoubleVector c12 = zero;
    DoubleVector c20 = zero;
    DoubleVector c21 = zero;
    DoubleVector c22 = zero;
    DoubleVector c30 = zero;
    DoubleVector c31 = zero;
    DoubleVector c32 = zero;
    DoubleVector c40 = zero;
    DoubleVector c41 = zero;
    DoubleVector c42 = zero;
    int end = ao + kc * 6;
    for (int p = ao; p < end; p += 6) {
      int q = bo + (int) Double.doubleToRawLongBits(a[p]);
      var b0 = DoubleVector.fromArray(S, b, q);
      var b1 = DoubleVector.fromArray(S, b, q + VL);
      var b2 = DoubleVector.fromArray(S, b, q + 2 * VL);
      DoubleVector x;
      x = DoubleVector.broadcast(S, a[p + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = DoubleVector.broadcast(S, a[p + 2]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = DoubleVector.broadcast(S, a[p + 3]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = DoubleVector.broadcast(S, a[p + 4]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      x = DoubleVector.broadcast(S, a[p + 5]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
    }
    int at = co;
    DoubleVector.broadcast(S, start[so]).add(c00).intoArray(c, at);
    DoubleVector.broadcast(S, start[so]).add(c01).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so]).add(c02).intoArray(c, at + 2 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 1]).add(c10).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 1]).add(c11).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 1]).add(c12).intoArray(c, at + 2 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 2]).add(c20).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 2]).add(c21).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 2]).add(c22).intoArray(c, at + 2 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 3]).add(c30).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 3]).add(c31).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 3]).add(c32).intoArray(c, at + 2 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 4]).add(c40).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 4]).add(c41).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 4]).add(c42).intoArray(c, at + 2 * VL);
  }

  private static void tile5x4(
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector c00 = zero;
    DoubleVector c01 = zero;
    DoubleVector c02 = zero;
    DoubleVector c03 = zero;
    DoubleVector c10 = zero;
    DoubleVector c11 = zero;
    DoubleVector c12 = zero;
    DoubleVector c13 = zero;
    DoubleVector c20 = zero;
    DoubleVector c21 = zero;
    DoubleVector c22 = zero;
    DoubleVector c23 = zero;
    DoubleVector c30 = zero;
    DoubleVector c31 = zero;
    DoubleVector c32 = zero;
    DoubleVector c33 = zero;
    DoubleVector c40 = zero;
    DoubleVector c41 = zero;
    DoubleVector c42 = zero;
    DoubleVector c43 = zero;
    int end = ao + kc * 6;
    for (int p = ao; p < end; p += 6) {
      int q = bo + (int) Double.doubleToRawLongBits(a[p]);
      var b0 = DoubleVector.fromArray(S, b, q);
      var b1 = DoubleVector.fromArray(S, b, q + VL);
      var b2 = DoubleVector.fromArray(S, b, q + 2 * VL);
      var b3 = DoubleVector.fromArray(S, b, q + 3 * VL);
      DoubleVector x;
      x = DoubleVector.broadcast(S, a[p + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = DoubleVector.broadcast(S, a[p + 2]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = DoubleVector.broadcast(S, a[p + 3]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = DoubleVector.broadcast(S, a[p + 4]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
      x = DoubleVector.broadcast(S, a[p + 5]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      c43 = x.fma(b3, c43);
    }
    int at = co;
    DoubleVector.broadcast(S, start[so]).add(c00).intoArray(c, at);
    DoubleVector.broadcast(S, start[so]).add(c01).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so]).add(c02).intoArray(c, at + 2 * VL);
    DoubleVector.broadcast(S, start[so]).add(c03).intoArray(c, at + 3 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 1]).add(c10).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 1]).add(c11).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 1]).add(c12).intoArray(c, at + 2 * VL);
    DoubleVector.broadcast(S, start[so + 1]).add(c13).intoArray(c, at + 3 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 2]).add(c20).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 2]).add(c21).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 2]).add(c22).intoArray(c, at + 2 * VL);
    DoubleVector.broadcast(S, start[so + 2]).add(c23).intoArray(c, at + 3 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 3]).add(c30).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 3]).add(c31).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 3]).add(c32).intoArray(c, at + 2 * VL);
    DoubleVector.broadcast(S, start[so + 3]).add(c33).intoArray(c, at + 3 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 4]).add(c40).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 4]).add(c41).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 4]).add(c42).intoArray(c, at + 2 * VL);
    DoubleVector.broadcast(S, start[so + 4]).add(c43).intoArray(c, at + 3 * VL);
  }

  private static void rows4(
      int vectors,
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    switch (vectors) {
      case 1 -> tile4x1(kc, a, ao, b, bo, start, so, c, co, cs);
      case 2 -> tile4x2(kc, a, ao, b, bo, start, so, c, co, cs);
      case 3 -> tile4x3(kc, a, ao, b, bo, start, so, c, co, cs);
      default -> tile4x4(kc, a, ao, b, bo, start, so, c, co, cs);
    }
  }

  private static void tile4x1(
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector c00 = zero;
    DoubleVector c10 = zero;
    DoubleVector c20 = zero;
    DoubleVector c30 = zero;
    int end = ao + kc * 5;
    for (int p = ao; p < end; p += 5) {
      int q = bo + (int) Double.doubleToRawLongBits(a[p]);
      var b0 = DoubleVector.fromArray(S, b, q);
      DoubleVector x;
      x = DoubleVector.broadcast(S, a[p + 1]);
      c00 = x.fma(b0, c00);
      x = DoubleVector.broadcast(S, a[p + 2]);
      c10 = x.fma(b0, c10);
      x = DoubleVector.broadcast(S, a[p + 3]);
      c20 = x.fma(b0, c20);
      x = DoubleVector.broadcast(S, a[p + 4]);
      c30 = x.fma(b0, c30);
    }
    int at = co;
    DoubleVector.broadcast(S, start[so]).add(c00).intoArray(c, at);
    at += cs;
    DoubleVector.broadcast(S, start[so + 1]).add(c10).intoArray(c, at);
    at += cs;
    DoubleVector.broadcast(S, start[so + 2]).add(c20).intoArray(c, at);
    at += cs;
    DoubleVector.broadcast(S, start[so + 3]).add(c30).intoArray(c, at);
  }

  private static void tile4x2(
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector c00 = zero;
    DoubleVector c01 = zero;
    DoubleVector c10 = zero;
    DoubleVector c11 = zero;
    DoubleVector c20 = zero;
    DoubleVector c21 = zero;
    DoubleVector c30 = zero;
    DoubleVector c31 = zero;
    int end = ao + kc * 5;
    for (int p = ao; p < end; p += 5) {
      int q = bo + (int) Double.doubleToRawLongBits(a[p]);
      var b0 = DoubleVector.fromArray(S, b, q);
      var b1 = DoubleVector.fromArray(S, b, q + VL);
      DoubleVector x;
      x = DoubleVector.broadcast(S, a[p + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = DoubleVector.broadcast(S, a[p + 2]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = DoubleVector.broadcast(S, a[p + 3]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = DoubleVector.broadcast(S, a[p + 4]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
    }
    int at = co;
    DoubleVector.broadcast(S, start[so]).add(c00).intoArray(c, at);
    DoubleVector.broadcast(S, start[so]).add(c01).intoArray(c, at + VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 1]).add(c10).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 1]).add(c11).intoArray(c, at + VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 2]).add(c20).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 2]).add(c21).intoArray(c, at + VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 3]).add(c30).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 3]).add(c31).intoArray(c, at + VL);
  }

  private static void tile4x3(
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector c00 = zero;
    DoubleVector c01 = zero;
    DoubleVector c02 = zero;
    DoubleVector c10 = zero;
    DoubleVector c11 = zero;
    DoubleVector c12 = zero;
    DoubleVector c20 = zero;
    DoubleVector c21 = zero;
    DoubleVector c22 = zero;
    DoubleVector c30 = zero;
    DoubleVector c31 = zero;
    DoubleVector c32 = zero;
    int end = ao + kc * 5;
    for (int p = ao; p < end; p += 5) {
      int q = bo + (int) Double.doubleToRawLongBits(a[p]);
      var b0 = DoubleVector.fromArray(S, b, q);
      var b1 = DoubleVector.fromArray(S, b, q + VL);
      var b2 = DoubleVector.fromArray(S, b, q + 2 * VL);
      DoubleVector x;
      x = DoubleVector.broadcast(S, a[p + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = DoubleVector.broadcast(S, a[p + 2]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = DoubleVector.broadcast(S, a[p + 3]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = DoubleVector.broadcast(S, a[p + 4]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
    }
    int at = co;
    DoubleVector.broadcast(S, start[so]).add(c00).intoArray(c, at);
    DoubleVector.broadcast(S, start[so]).add(c01).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so]).add(c02).intoArray(c, at + 2 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 1]).add(c10).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 1]).add(c11).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 1]).add(c12).intoArray(c, at + 2 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 2]).add(c20).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 2]).add(c21).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 2]).add(c22).intoArray(c, at + 2 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 3]).add(c30).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 3]).add(c31).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 3]).add(c32).intoArray(c, at + 2 * VL);
  }

  private static void tile4x4(
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector c00 = zero;
    DoubleVector c01 = zero;
    DoubleVector c02 = zero;
    DoubleVector c03 = zero;
    DoubleVector c10 = zero;
    DoubleVector c11 = zero;
    DoubleVector c12 = zero;
    DoubleVector c13 = zero;
    DoubleVector c20 = zero;
    DoubleVector c21 = zero;
    DoubleVector c22 = zero;
    DoubleVector c23 = zero;
    DoubleVector c30 = zero;
    DoubleVector c31 = zero;
    DoubleVector c32 = zero;
    DoubleVector c33 = zero;
    int end = ao + kc * 5;
    for (int p = ao; p < end; p += 5) {
      int q = bo + (int) Double.doubleToRawLongBits(a[p]);
      var b0 = DoubleVector.fromArray(S, b, q);
      var b1 = DoubleVector.fromArray(S, b, q + VL);
      var b2 = DoubleVector.fromArray(S, b, q + 2 * VL);
      var b3 = DoubleVector.fromArray(S, b, q + 3 * VL);
      DoubleVector x;
      x = DoubleVector.broadcast(S, a[p + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = DoubleVector.broadcast(S, a[p + 2]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = DoubleVector.broadcast(S, a[p + 3]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = DoubleVector.broadcast(S, a[p + 4]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
    }
    int at = co;
    DoubleVector.broadcast(S, start[so]).add(c00).intoArray(c, at);
    DoubleVector.broadcast(S, start[so]).add(c01).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so]).add(c02).intoArray(c, at + 2 * VL);
    DoubleVector.broadcast(S, start[so]).add(c03).intoArray(c, at + 3 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 1]).add(c10).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 1]).add(c11).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 1]).add(c12).intoArray(c, at + 2 * VL);
    DoubleVector.broadcast(S, start[so + 1]).add(c13).intoArray(c, at + 3 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 2]).add(c20).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 2]).add(c21).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 2]).add(c22).intoArray(c, at + 2 * VL);
    DoubleVector.broadcast(S, start[so + 2]).add(c23).intoArray(c, at + 3 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 3]).add(c30).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 3]).add(c31).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 3]).add(c32).intoArray(c, at + 2 * VL);
    DoubleVector.broadcast(S, start[so + 3]).add(c33).intoArray(c, at + 3 * VL);
  }

  private static void rows3(
      int vectors,
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    switch (vectors) {
      case 1 -> tile3x1(kc, a, ao, b, bo, start, so, c, co, cs);
      case 2 -> tile3x2(kc, a, ao, b, bo, start, so, c, co, cs);
      case 3 -> tile3x3(kc, a, ao, b, bo, start, so, c, co, cs);
      default -> tile3x4(kc, a, ao, b, bo, start, so, c, co, cs);
    }
  }

  private static void tile3x1(
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector c00 = zero;
    DoubleVector c10 = zero;
    DoubleVector c20 = zero;
    int end = ao + kc * 4;
    for (int p = ao; p < end; p += 4) {
      int q = bo + (int) Double.doubleToRawLongBits(a[p]);
      var b0 = DoubleVector.fromArray(S, b, q);
      DoubleVector x;
      x = DoubleVector.broadcast(S, a[p + 1]);
      c00 = x.fma(b0, c00);
      x = DoubleVector.broadcast(S, a[p + 2]);
      c10 = x.fma(b0, c10);
      x = DoubleVector.broadcast(S, a[p + 3]);
      c20 = x.fma(b0, c20);
    }
    int at = co;
    DoubleVector.broadcast(S, start[so]).add(c00).intoArray(c, at);
    at += cs;
    DoubleVector.broadcast(S, start[so + 1]).add(c10).intoArray(c, at);
    at += cs;
    DoubleVector.broadcast(S, start[so + 2]).add(c20).intoArray(c, at);
  }

  private static void tile3x2(
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector c00 = zero;
    DoubleVector c01 = zero;
    DoubleVector c10 = zero;
    DoubleVector c11 = zero;
    DoubleVector c20 = zero;
    DoubleVector c21 = zero;
    int end = ao + kc * 4;
    for (int p = ao; p < end; p += 4) {
      int q = bo + (int) Double.doubleToRawLongBits(a[p]);
      var b0 = DoubleVector.fromArray(S, b, q);
      var b1 = DoubleVector.fromArray(S, b, q + VL);
      DoubleVector x;
      x = DoubleVector.broadcast(S, a[p + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = DoubleVector.broadcast(S, a[p + 2]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = DoubleVector.broadcast(S, a[p + 3]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
    }
    int at = co;
    DoubleVector.broadcast(S, start[so]).add(c00).intoArray(c, at);
    DoubleVector.broadcast(S, start[so]).add(c01).intoArray(c, at + VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 1]).add(c10).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 1]).add(c11).intoArray(c, at + VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 2]).add(c20).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 2]).add(c21).intoArray(c, at + VL);
  }

  private static void tile3x3(
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector c00 = zero;
    DoubleVector c01 = zero;
    DoubleVector c02 = zero;
    DoubleVector c10 = zero;
    DoubleVector c11 = zero;
    DoubleVector c12 = zero;
    DoubleVector c20 = zero;
    DoubleVector c21 = zero;
    DoubleVector c22 = zero;
    int end = ao + kc * 4;
    for (int p = ao; p < end; p += 4) {
      int q = bo + (int) Double.doubleToRawLongBits(a[p]);
      var b0 = DoubleVector.fromArray(S, b, q);
      var b1 = DoubleVector.fromArray(S, b, q + VL);
      var b2 = DoubleVector.fromArray(S, b, q + 2 * VL);
      DoubleVector x;
      x = DoubleVector.broadcast(S, a[p + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = DoubleVector.broadcast(S, a[p + 2]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = DoubleVector.broadcast(S, a[p + 3]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
    }
    int at = co;
    DoubleVector.broadcast(S, start[so]).add(c00).intoArray(c, at);
    DoubleVector.broadcast(S, start[so]).add(c01).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so]).add(c02).intoArray(c, at + 2 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 1]).add(c10).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 1]).add(c11).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 1]).add(c12).intoArray(c, at + 2 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 2]).add(c20).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 2]).add(c21).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 2]).add(c22).intoArray(c, at + 2 * VL);
  }

  private static void tile3x4(
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector c00 = zero;
    DoubleVector c01 = zero;
    DoubleVector c02 = zero;
    DoubleVector c03 = zero;
    DoubleVector c10 = zero;
    DoubleVector c11 = zero;
    DoubleVector c12 = zero;
    DoubleVector c13 = zero;
    DoubleVector c20 = zero;
    DoubleVector c21 = zero;
    DoubleVector c22 = zero;
    DoubleVector c23 = zero;
    int end = ao + kc * 4;
    for (int p = ao; p < end; p += 4) {
      int q = bo + (int) Double.doubleToRawLongBits(a[p]);
      var b0 = DoubleVector.fromArray(S, b, q);
      var b1 = DoubleVector.fromArray(S, b, q + VL);
      var b2 = DoubleVector.fromArray(S, b, q + 2 * VL);
      var b3 = DoubleVector.fromArray(S, b, q + 3 * VL);
      DoubleVector x;
      x = DoubleVector.broadcast(S, a[p + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = DoubleVector.broadcast(S, a[p + 2]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = DoubleVector.broadcast(S, a[p + 3]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
    }
    int at = co;
    DoubleVector.broadcast(S, start[so]).add(c00).intoArray(c, at);
    DoubleVector.broadcast(S, start[so]).add(c01).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so]).add(c02).intoArray(c, at + 2 * VL);
    DoubleVector.broadcast(S, start[so]).add(c03).intoArray(c, at + 3 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 1]).add(c10).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 1]).add(c11).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 1]).add(c12).intoArray(c, at + 2 * VL);
    DoubleVector.broadcast(S, start[so + 1]).add(c13).intoArray(c, at + 3 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 2]).add(c20).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 2]).add(c21).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 2]).add(c22).intoArray(c, at + 2 * VL);
    DoubleVector.broadcast(S, start[so + 2]).add(c23).intoArray(c, at + 3 * VL);
  }

  private static void rows2(
      int vectors,
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    switch (vectors) {
      case 1 -> tile2x1(kc, a, ao, b, bo, start, so, c, co, cs);
      case 2 -> tile2x2(kc, a, ao, b, bo, start, so, c, co, cs);
      case 3 -> tile2x3(kc, a, ao, b, bo, start, so, c, co, cs);
      default -> tile2x4(kc, a, ao, b, bo, start, so, c, co, cs);
    }
  }

  private static void tile2x1(
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector c00 = zero;
    DoubleVector c10 = zero;
    int end = ao + kc * 3;
    for (int p = ao; p < end; p += 3) {
      int q = bo + (int) Double.doubleToRawLongBits(a[p]);
      var b0 = DoubleVector.fromArray(S, b, q);
      DoubleVector x;
      x = DoubleVector.broadcast(S, a[p + 1]);
      c00 = x.fma(b0, c00);
      x = DoubleVector.broadcast(S, a[p + 2]);
      c10 = x.fma(b0, c10);
    }
    int at = co;
    DoubleVector.broadcast(S, start[so]).add(c00).intoArray(c, at);
    at += cs;
    DoubleVector.broadcast(S, start[so + 1]).add(c10).intoArray(c, at);
  }

  private static void tile2x2(
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector c00 = zero;
    DoubleVector c01 = zero;
    DoubleVector c10 = zero;
    DoubleVector c11 = zero;
    int end = ao + kc * 3;
    for (int p = ao; p < end; p += 3) {
      int q = bo + (int) Double.doubleToRawLongBits(a[p]);
      var b0 = DoubleVector.fromArray(S, b, q);
      var b1 = DoubleVector.fromArray(S, b, q + VL);
      DoubleVector x;
      x = DoubleVector.broadcast(S, a[p + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = DoubleVector.broadcast(S, a[p + 2]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
    }
    int at = co;
    DoubleVector.broadcast(S, start[so]).add(c00).intoArray(c, at);
    DoubleVector.broadcast(S, start[so]).add(c01).intoArray(c, at + VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 1]).add(c10).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 1]).add(c11).intoArray(c, at + VL);
  }

  private static void tile2x3(
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector c00 = zero;
    DoubleVector c01 = zero;
    DoubleVector c02 = zero;
    DoubleVector c10 = zero;
    DoubleVector c11 = zero;
    DoubleVector c12 = zero;
    int end = ao + kc * 3;
    for (int p = ao; p < end; p += 3) {
      int q = bo + (int) Double.doubleToRawLongBits(a[p]);
      var b0 = DoubleVector.fromArray(S, b, q);
      var b1 = DoubleVector.fromArray(S, b, q + VL);
      var b2 = DoubleVector.fromArray(S, b, q + 2 * VL);
      DoubleVector x;
      x = DoubleVector.broadcast(S, a[p + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = DoubleVector.broadcast(S, a[p + 2]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
    }
    int at = co;
    DoubleVector.broadcast(S, start[so]).add(c00).intoArray(c, at);
    DoubleVector.broadcast(S, start[so]).add(c01).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so]).add(c02).intoArray(c, at + 2 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 1]).add(c10).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 1]).add(c11).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 1]).add(c12).intoArray(c, at + 2 * VL);
  }

  private static void tile2x4(
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector c00 = zero;
    DoubleVector c01 = zero;
    DoubleVector c02 = zero;
    DoubleVector c03 = zero;
    DoubleVector c10 = zero;
    DoubleVector c11 = zero;
    DoubleVector c12 = zero;
    DoubleVector c13 = zero;
    int end = ao + kc * 3;
    for (int p = ao; p < end; p += 3) {
      int q = bo + (int) Double.doubleToRawLongBits(a[p]);
      var b0 = DoubleVector.fromArray(S, b, q);
      var b1 = DoubleVector.fromArray(S, b, q + VL);
      var b2 = DoubleVector.fromArray(S, b, q + 2 * VL);
      var b3 = DoubleVector.fromArray(S, b, q + 3 * VL);
      DoubleVector x;
      x = DoubleVector.broadcast(S, a[p + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = DoubleVector.broadcast(S, a[p + 2]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
    }
    int at = co;
    DoubleVector.broadcast(S, start[so]).add(c00).intoArray(c, at);
    DoubleVector.broadcast(S, start[so]).add(c01).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so]).add(c02).intoArray(c, at + 2 * VL);
    DoubleVector.broadcast(S, start[so]).add(c03).intoArray(c, at + 3 * VL);
    at += cs;
    DoubleVector.broadcast(S, start[so + 1]).add(c10).intoArray(c, at);
    DoubleVector.broadcast(S, start[so + 1]).add(c11).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so + 1]).add(c12).intoArray(c, at + 2 * VL);
    DoubleVector.broadcast(S, start[so + 1]).add(c13).intoArray(c, at + 3 * VL);
  }

  private static void rows1(
      int vectors,
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    switch (vectors) {
      case 1 -> tile1x1(kc, a, ao, b, bo, start, so, c, co, cs);
      case 2 -> tile1x2(kc, a, ao, b, bo, start, so, c, co, cs);
      case 3 -> tile1x3(kc, a, ao, b, bo, start, so, c, co, cs);
      default -> tile1x4(kc, a, ao, b, bo, start, so, c, co, cs);
    }
  }

  private static void tile1x1(
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector c00 = zero;
    int end = ao + kc * 2;
    for (int p = ao; p < end; p += 2) {
      int q = bo + (int) Double.doubleToRawLongBits(a[p]);
      var b0 = DoubleVector.fromArray(S, b, q);
      DoubleVector x;
      x = DoubleVector.broadcast(S, a[p + 1]);
      c00 = x.fma(b0, c00);
    }
    int at = co;
    DoubleVector.broadcast(S, start[so]).add(c00).intoArray(c, at);
  }

  private static void tile1x2(
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector c00 = zero;
    DoubleVector c01 = zero;
    int end = ao + kc * 2;
    for (int p = ao; p < end; p += 2) {
      int q = bo + (int) Double.doubleToRawLongBits(a[p]);
      var b0 = DoubleVector.fromArray(S, b, q);
      var b1 = DoubleVector.fromArray(S, b, q + VL);
      DoubleVector x;
      x = DoubleVector.broadcast(S, a[p + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
    }
    int at = co;
    DoubleVector.broadcast(S, start[so]).add(c00).intoArray(c, at);
    DoubleVector.broadcast(S, start[so]).add(c01).intoArray(c, at + VL);
  }

  private static void tile1x3(
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector c00 = zero;
    DoubleVector c01 = zero;
    DoubleVector c02 = zero;
    int end = ao + kc * 2;
    for (int p = ao; p < end; p += 2) {
      int q = bo + (int) Double.doubleToRawLongBits(a[p]);
      var b0 = DoubleVector.fromArray(S, b, q);
      var b1 = DoubleVector.fromArray(S, b, q + VL);
      var b2 = DoubleVector.fromArray(S, b, q + 2 * VL);
      DoubleVector x;
      x = DoubleVector.broadcast(S, a[p + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
    }
    int at = co;
    DoubleVector.broadcast(S, start[so]).add(c00).intoArray(c, at);
    DoubleVector.broadcast(S, start[so]).add(c01).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so]).add(c02).intoArray(c, at + 2 * VL);
  }

  private static void tile1x4(
      int kc,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] start,
      int so,
      double[] c,
      int co,
      int cs) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector c00 = zero;
    DoubleVector c01 = zero;
    DoubleVector c02 = zero;
    DoubleVector c03 = zero;
    int end = ao + kc * 2;
    for (int p = ao; p < end; p += 2) {
      int q = bo + (int) Double.doubleToRawLongBits(a[p]);
      var b0 = DoubleVector.fromArray(S, b, q);
      var b1 = DoubleVector.fromArray(S, b, q + VL);
      var b2 = DoubleVector.fromArray(S, b, q + 2 * VL);
      var b3 = DoubleVector.fromArray(S, b, q + 3 * VL);
      DoubleVector x;
      x = DoubleVector.broadcast(S, a[p + 1]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
    }
    int at = co;
    DoubleVector.broadcast(S, start[so]).add(c00).intoArray(c, at);
    DoubleVector.broadcast(S, start[so]).add(c01).intoArray(c, at + VL);
    DoubleVector.broadcast(S, start[so]).add(c02).intoArray(c, at + 2 * VL);
    DoubleVector.broadcast(S, start[so]).add(c03).intoArray(c, at + 3 * VL);
  }
}
