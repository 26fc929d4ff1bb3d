// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/// Transposes matrices of floats and doubles, in squares that fit the registers.
///
/// A square is transposed in log₂ of its side steps (Eklundh, "A fast computer method for matrix
/// transposing", 1972): the step of distance d exchanges, between rows i and i + d, the lanes that
/// are d apart.
final class Transpose {
  private static final boolean EIGHT = Lanes.FLOATS.length() >= 8;

  /// The side of the squares of floats.
  private static final int SIDE = Lanes.FLOATS.length() >= 16 ? 16 : EIGHT ? 8 : 4;

  /// Rows so many floats apart, or a multiple, share cache sets: they are better written one square
  /// after the other than all in turn, which took two to four times as long.
  private static final int SHARING = 512;

  private static final IntVector LOW8_16 = low(8, 16);
  private static final IntVector HIGH8_16 = high(8, 16);
  private static final IntVector LOW4_16 = low(4, 16);
  private static final IntVector HIGH4_16 = high(4, 16);
  private static final IntVector LOW2_16 = low(2, 16);
  private static final IntVector HIGH2_16 = high(2, 16);
  private static final IntVector LOW1_16 = low(1, 16);
  private static final IntVector HIGH1_16 = high(1, 16);
  private static final IntVector LOW4_8 = low(4, 8);
  private static final IntVector HIGH4_8 = high(4, 8);
  private static final IntVector LOW2_8 = low(2, 8);
  private static final IntVector HIGH2_8 = high(2, 8);
  private static final IntVector LOW1_8 = low(1, 8);
  private static final IntVector HIGH1_8 = high(1, 8);
  private static final IntVector LOW2_4 = low(2, 4);
  private static final IntVector HIGH2_4 = high(2, 4);
  private static final IntVector LOW1_4 = low(1, 4);
  private static final IntVector HIGH1_4 = high(1, 4);

  private Transpose() {}

  /// Sets `out[oo + c * os + r]` to `x[xo + r * xs + c]`.
  static void matrix(
      float[] x, int xo, int xs, int rows, int columns, float[] out, int oo, int os) {
    int r1 = rows / SIDE * SIDE;
    int c1 = columns / SIDE * SIDE;
    boolean byColumns = os % SHARING == 0;
    int outer = byColumns ? c1 : r1;
    int inner = byColumns ? r1 : c1;
    for (int i = 0; i < outer; i += SIDE) {
      for (int j = 0; j < inner; j += SIDE) {
        int r = byColumns ? j : i;
        int c = byColumns ? i : j;
        square(x, xo + r * xs + c, xs, out, oo + c * os + r, os);
      }
    }
    single(x, xo + c1, xs, r1, columns - c1, out, oo + c1 * os, os);
    single(x, xo + r1 * xs, xs, rows - r1, columns, out, oo + r1, os);
  }

  private static void square(float[] x, int xo, int xs, float[] out, int oo, int os) {
    if (SIDE == 16) {
      block16(x, xo, xs, out, oo, os);
    } else if (EIGHT) {
      block8(x, xo, xs, out, oo, os);
    } else {
      block4(x, xo, xs, out, oo, os);
    }
  }

  private static void single(
      float[] x, int xo, int xs, int rows, int columns, float[] out, int oo, int os) {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        out[oo + c * os + r] = x[xo + r * xs + c];
      }
    }
  }

  /// Sets `out[oo + c * os + r]` to `x[xo + r * xs + c]`. To the squares a double is a pair of
  /// ints.
  static void matrix(
      double[] x, int xo, int xs, int rows, int columns, double[] out, int oo, int os) {
    int side = SIDE / 2;
    int r1 = rows / side * side;
    int c1 = columns / side * side;
    boolean byColumns = os % (SHARING / 2) == 0;
    int outer = byColumns ? c1 : r1;
    int inner = byColumns ? r1 : c1;
    for (int i = 0; i < outer; i += side) {
      for (int j = 0; j < inner; j += side) {
        int r = byColumns ? j : i;
        int c = byColumns ? i : j;
        square(x, xo + r * xs + c, xs, out, oo + c * os + r, os);
      }
    }
    single(x, xo + c1, xs, r1, columns - c1, out, oo + c1 * os, os);
    single(x, xo + r1 * xs, xs, rows - r1, columns, out, oo + r1, os);
  }

  private static void square(double[] x, int xo, int xs, double[] out, int oo, int os) {
    if (SIDE == 16) {
      doubles8(x, xo, xs, out, oo, os);
    } else if (EIGHT) {
      doubles4(x, xo, xs, out, oo, os);
    } else {
      doubles2(x, xo, xs, out, oo, os);
    }
  }

  private static void single(
      double[] x, int xo, int xs, int rows, int columns, double[] out, int oo, int os) {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        out[oo + c * os + r] = x[xo + r * xs + c];
      }
    }
  }

  private static void block16(float[] x, int xo, int xs, float[] out, int oo, int os) {
    var r0 = FloatVector.fromArray(FloatVector.SPECIES_512, x, xo).reinterpretAsInts();
    var r1 = FloatVector.fromArray(FloatVector.SPECIES_512, x, xo + xs).reinterpretAsInts();
    var r2 = FloatVector.fromArray(FloatVector.SPECIES_512, x, xo + 2 * xs).reinterpretAsInts();
    var r3 = FloatVector.fromArray(FloatVector.SPECIES_512, x, xo + 3 * xs).reinterpretAsInts();
    var r4 = FloatVector.fromArray(FloatVector.SPECIES_512, x, xo + 4 * xs).reinterpretAsInts();
    var r5 = FloatVector.fromArray(FloatVector.SPECIES_512, x, xo + 5 * xs).reinterpretAsInts();
    var r6 = FloatVector.fromArray(FloatVector.SPECIES_512, x, xo + 6 * xs).reinterpretAsInts();
    var r7 = FloatVector.fromArray(FloatVector.SPECIES_512, x, xo + 7 * xs).reinterpretAsInts();
    var r8 = FloatVector.fromArray(FloatVector.SPECIES_512, x, xo + 8 * xs).reinterpretAsInts();
    var r9 = FloatVector.fromArray(FloatVector.SPECIES_512, x, xo + 9 * xs).reinterpretAsInts();
    var r10 = FloatVector.fromArray(FloatVector.SPECIES_512, x, xo + 10 * xs).reinterpretAsInts();
    var r11 = FloatVector.fromArray(FloatVector.SPECIES_512, x, xo + 11 * xs).reinterpretAsInts();
    var r12 = FloatVector.fromArray(FloatVector.SPECIES_512, x, xo + 12 * xs).reinterpretAsInts();
    var r13 = FloatVector.fromArray(FloatVector.SPECIES_512, x, xo + 13 * xs).reinterpretAsInts();
    var r14 = FloatVector.fromArray(FloatVector.SPECIES_512, x, xo + 14 * xs).reinterpretAsInts();
    var r15 = FloatVector.fromArray(FloatVector.SPECIES_512, x, xo + 15 * xs).reinterpretAsInts();
    var s0 = LOW8_16.selectFrom(r0, r8);
    var s8 = HIGH8_16.selectFrom(r0, r8);
    var s1 = LOW8_16.selectFrom(r1, r9);
    var s9 = HIGH8_16.selectFrom(r1, r9);
    var s2 = LOW8_16.selectFrom(r2, r10);
    var s10 = HIGH8_16.selectFrom(r2, r10);
    var s3 = LOW8_16.selectFrom(r3, r11);
    var s11 = HIGH8_16.selectFrom(r3, r11);
    var s4 = LOW8_16.selectFrom(r4, r12);
    var s12 = HIGH8_16.selectFrom(r4, r12);
    var s5 = LOW8_16.selectFrom(r5, r13);
    var s13 = HIGH8_16.selectFrom(r5, r13);
    var s6 = LOW8_16.selectFrom(r6, r14);
    var s14 = HIGH8_16.selectFrom(r6, r14);
    var s7 = LOW8_16.selectFrom(r7, r15);
    var s15 = HIGH8_16.selectFrom(r7, r15);
    var t0 = LOW4_16.selectFrom(s0, s4);
    var t4 = HIGH4_16.selectFrom(s0, s4);
    var t1 = LOW4_16.selectFrom(s1, s5);
    var t5 = HIGH4_16.selectFrom(s1, s5);
    var t2 = LOW4_16.selectFrom(s2, s6);
    var t6 = HIGH4_16.selectFrom(s2, s6);
    var t3 = LOW4_16.selectFrom(s3, s7);
    var t7 = HIGH4_16.selectFrom(s3, s7);
    var t8 = LOW4_16.selectFrom(s8, s12);
    var t12 = HIGH4_16.selectFrom(s8, s12);
    var t9 = LOW4_16.selectFrom(s9, s13);
    var t13 = HIGH4_16.selectFrom(s9, s13);
    var t10 = LOW4_16.selectFrom(s10, s14);
    var t14 = HIGH4_16.selectFrom(s10, s14);
    var t11 = LOW4_16.selectFrom(s11, s15);
    var t15 = HIGH4_16.selectFrom(s11, s15);
    var u0 = LOW2_16.selectFrom(t0, t2);
    var u2 = HIGH2_16.selectFrom(t0, t2);
    var u1 = LOW2_16.selectFrom(t1, t3);
    var u3 = HIGH2_16.selectFrom(t1, t3);
    var u4 = LOW2_16.selectFrom(t4, t6);
    var u6 = HIGH2_16.selectFrom(t4, t6);
    var u5 = LOW2_16.selectFrom(t5, t7);
    var u7 = HIGH2_16.selectFrom(t5, t7);
    var u8 = LOW2_16.selectFrom(t8, t10);
    var u10 = HIGH2_16.selectFrom(t8, t10);
    var u9 = LOW2_16.selectFrom(t9, t11);
    var u11 = HIGH2_16.selectFrom(t9, t11);
    var u12 = LOW2_16.selectFrom(t12, t14);
    var u14 = HIGH2_16.selectFrom(t12, t14);
    var u13 = LOW2_16.selectFrom(t13, t15);
    var u15 = HIGH2_16.selectFrom(t13, t15);
    var v0 = LOW1_16.selectFrom(u0, u1);
    var v1 = HIGH1_16.selectFrom(u0, u1);
    var v2 = LOW1_16.selectFrom(u2, u3);
    var v3 = HIGH1_16.selectFrom(u2, u3);
    var v4 = LOW1_16.selectFrom(u4, u5);
    var v5 = HIGH1_16.selectFrom(u4, u5);
    var v6 = LOW1_16.selectFrom(u6, u7);
    var v7 = HIGH1_16.selectFrom(u6, u7);
    var v8 = LOW1_16.selectFrom(u8, u9);
    var v9 = HIGH1_16.selectFrom(u8, u9);
    var v10 = LOW1_16.selectFrom(u10, u11);
    var v11 = HIGH1_16.selectFrom(u10, u11);
    var v12 = LOW1_16.selectFrom(u12, u13);
    var v13 = HIGH1_16.selectFrom(u12, u13);
    var v14 = LOW1_16.selectFrom(u14, u15);
    var v15 = HIGH1_16.selectFrom(u14, u15);
    v0.reinterpretAsFloats().intoArray(out, oo);
    v1.reinterpretAsFloats().intoArray(out, oo + os);
    v2.reinterpretAsFloats().intoArray(out, oo + 2 * os);
    v3.reinterpretAsFloats().intoArray(out, oo + 3 * os);
    v4.reinterpretAsFloats().intoArray(out, oo + 4 * os);
    v5.reinterpretAsFloats().intoArray(out, oo + 5 * os);
    v6.reinterpretAsFloats().intoArray(out, oo + 6 * os);
    v7.reinterpretAsFloats().intoArray(out, oo + 7 * os);
    v8.reinterpretAsFloats().intoArray(out, oo + 8 * os);
    v9.reinterpretAsFloats().intoArray(out, oo + 9 * os);
    v10.reinterpretAsFloats().intoArray(out, oo + 10 * os);
    v11.reinterpretAsFloats().intoArray(out, oo + 11 * os);
    v12.reinterpretAsFloats().intoArray(out, oo + 12 * os);
    v13.reinterpretAsFloats().intoArray(out, oo + 13 * os);
    v14.reinterpretAsFloats().intoArray(out, oo + 14 * os);
    v15.reinterpretAsFloats().intoArray(out, oo + 15 * os);
  }

  private static void block8(float[] x, int xo, int xs, float[] out, int oo, int os) {
    var r0 = FloatVector.fromArray(FloatVector.SPECIES_256, x, xo).reinterpretAsInts();
    var r1 = FloatVector.fromArray(FloatVector.SPECIES_256, x, xo + xs).reinterpretAsInts();
    var r2 = FloatVector.fromArray(FloatVector.SPECIES_256, x, xo + 2 * xs).reinterpretAsInts();
    var r3 = FloatVector.fromArray(FloatVector.SPECIES_256, x, xo + 3 * xs).reinterpretAsInts();
    var r4 = FloatVector.fromArray(FloatVector.SPECIES_256, x, xo + 4 * xs).reinterpretAsInts();
    var r5 = FloatVector.fromArray(FloatVector.SPECIES_256, x, xo + 5 * xs).reinterpretAsInts();
    var r6 = FloatVector.fromArray(FloatVector.SPECIES_256, x, xo + 6 * xs).reinterpretAsInts();
    var r7 = FloatVector.fromArray(FloatVector.SPECIES_256, x, xo + 7 * xs).reinterpretAsInts();
    var s0 = LOW4_8.selectFrom(r0, r4);
    var s4 = HIGH4_8.selectFrom(r0, r4);
    var s1 = LOW4_8.selectFrom(r1, r5);
    var s5 = HIGH4_8.selectFrom(r1, r5);
    var s2 = LOW4_8.selectFrom(r2, r6);
    var s6 = HIGH4_8.selectFrom(r2, r6);
    var s3 = LOW4_8.selectFrom(r3, r7);
    var s7 = HIGH4_8.selectFrom(r3, r7);
    var t0 = LOW2_8.selectFrom(s0, s2);
    var t2 = HIGH2_8.selectFrom(s0, s2);
    var t1 = LOW2_8.selectFrom(s1, s3);
    var t3 = HIGH2_8.selectFrom(s1, s3);
    var t4 = LOW2_8.selectFrom(s4, s6);
    var t6 = HIGH2_8.selectFrom(s4, s6);
    var t5 = LOW2_8.selectFrom(s5, s7);
    var t7 = HIGH2_8.selectFrom(s5, s7);
    var u0 = LOW1_8.selectFrom(t0, t1);
    var u1 = HIGH1_8.selectFrom(t0, t1);
    var u2 = LOW1_8.selectFrom(t2, t3);
    var u3 = HIGH1_8.selectFrom(t2, t3);
    var u4 = LOW1_8.selectFrom(t4, t5);
    var u5 = HIGH1_8.selectFrom(t4, t5);
    var u6 = LOW1_8.selectFrom(t6, t7);
    var u7 = HIGH1_8.selectFrom(t6, t7);
    u0.reinterpretAsFloats().intoArray(out, oo);
    u1.reinterpretAsFloats().intoArray(out, oo + os);
    u2.reinterpretAsFloats().intoArray(out, oo + 2 * os);
    u3.reinterpretAsFloats().intoArray(out, oo + 3 * os);
    u4.reinterpretAsFloats().intoArray(out, oo + 4 * os);
    u5.reinterpretAsFloats().intoArray(out, oo + 5 * os);
    u6.reinterpretAsFloats().intoArray(out, oo + 6 * os);
    u7.reinterpretAsFloats().intoArray(out, oo + 7 * os);
  }

  private static void block4(float[] x, int xo, int xs, float[] out, int oo, int os) {
    var r0 = FloatVector.fromArray(FloatVector.SPECIES_128, x, xo).reinterpretAsInts();
    var r1 = FloatVector.fromArray(FloatVector.SPECIES_128, x, xo + xs).reinterpretAsInts();
    var r2 = FloatVector.fromArray(FloatVector.SPECIES_128, x, xo + 2 * xs).reinterpretAsInts();
    var r3 = FloatVector.fromArray(FloatVector.SPECIES_128, x, xo + 3 * xs).reinterpretAsInts();
    var s0 = LOW2_4.selectFrom(r0, r2);
    var s2 = HIGH2_4.selectFrom(r0, r2);
    var s1 = LOW2_4.selectFrom(r1, r3);
    var s3 = HIGH2_4.selectFrom(r1, r3);
    var t0 = LOW1_4.selectFrom(s0, s1);
    var t1 = HIGH1_4.selectFrom(s0, s1);
    var t2 = LOW1_4.selectFrom(s2, s3);
    var t3 = HIGH1_4.selectFrom(s2, s3);
    t0.reinterpretAsFloats().intoArray(out, oo);
    t1.reinterpretAsFloats().intoArray(out, oo + os);
    t2.reinterpretAsFloats().intoArray(out, oo + 2 * os);
    t3.reinterpretAsFloats().intoArray(out, oo + 3 * os);
  }

  private static void doubles8(double[] x, int xo, int xs, double[] out, int oo, int os) {
    var r0 = DoubleVector.fromArray(DoubleVector.SPECIES_512, x, xo).reinterpretAsInts();
    var r1 = DoubleVector.fromArray(DoubleVector.SPECIES_512, x, xo + xs).reinterpretAsInts();
    var r2 = DoubleVector.fromArray(DoubleVector.SPECIES_512, x, xo + 2 * xs).reinterpretAsInts();
    var r3 = DoubleVector.fromArray(DoubleVector.SPECIES_512, x, xo + 3 * xs).reinterpretAsInts();
    var r4 = DoubleVector.fromArray(DoubleVector.SPECIES_512, x, xo + 4 * xs).reinterpretAsInts();
    var r5 = DoubleVector.fromArray(DoubleVector.SPECIES_512, x, xo + 5 * xs).reinterpretAsInts();
    var r6 = DoubleVector.fromArray(DoubleVector.SPECIES_512, x, xo + 6 * xs).reinterpretAsInts();
    var r7 = DoubleVector.fromArray(DoubleVector.SPECIES_512, x, xo + 7 * xs).reinterpretAsInts();
    var s0 = LOW8_16.selectFrom(r0, r4);
    var s4 = HIGH8_16.selectFrom(r0, r4);
    var s1 = LOW8_16.selectFrom(r1, r5);
    var s5 = HIGH8_16.selectFrom(r1, r5);
    var s2 = LOW8_16.selectFrom(r2, r6);
    var s6 = HIGH8_16.selectFrom(r2, r6);
    var s3 = LOW8_16.selectFrom(r3, r7);
    var s7 = HIGH8_16.selectFrom(r3, r7);
    var t0 = LOW4_16.selectFrom(s0, s2);
    var t2 = HIGH4_16.selectFrom(s0, s2);
    var t1 = LOW4_16.selectFrom(s1, s3);
    var t3 = HIGH4_16.selectFrom(s1, s3);
    var t4 = LOW4_16.selectFrom(s4, s6);
    var t6 = HIGH4_16.selectFrom(s4, s6);
    var t5 = LOW4_16.selectFrom(s5, s7);
    var t7 = HIGH4_16.selectFrom(s5, s7);
    var u0 = LOW2_16.selectFrom(t0, t1);
    var u1 = HIGH2_16.selectFrom(t0, t1);
    var u2 = LOW2_16.selectFrom(t2, t3);
    var u3 = HIGH2_16.selectFrom(t2, t3);
    var u4 = LOW2_16.selectFrom(t4, t5);
    var u5 = HIGH2_16.selectFrom(t4, t5);
    var u6 = LOW2_16.selectFrom(t6, t7);
    var u7 = HIGH2_16.selectFrom(t6, t7);
    u0.reinterpretAsDoubles().intoArray(out, oo);
    u1.reinterpretAsDoubles().intoArray(out, oo + os);
    u2.reinterpretAsDoubles().intoArray(out, oo + 2 * os);
    u3.reinterpretAsDoubles().intoArray(out, oo + 3 * os);
    u4.reinterpretAsDoubles().intoArray(out, oo + 4 * os);
    u5.reinterpretAsDoubles().intoArray(out, oo + 5 * os);
    u6.reinterpretAsDoubles().intoArray(out, oo + 6 * os);
    u7.reinterpretAsDoubles().intoArray(out, oo + 7 * os);
  }

  private static void doubles4(double[] x, int xo, int xs, double[] out, int oo, int os) {
    var r0 = DoubleVector.fromArray(DoubleVector.SPECIES_256, x, xo).reinterpretAsInts();
    var r1 = DoubleVector.fromArray(DoubleVector.SPECIES_256, x, xo + xs).reinterpretAsInts();
    var r2 = DoubleVector.fromArray(DoubleVector.SPECIES_256, x, xo + 2 * xs).reinterpretAsInts();
    var r3 = DoubleVector.fromArray(DoubleVector.SPECIES_256, x, xo + 3 * xs).reinterpretAsInts();
    var s0 = LOW4_8.selectFrom(r0, r2);
    var s2 = HIGH4_8.selectFrom(r0, r2);
    var s1 = LOW4_8.selectFrom(r1, r3);
    var s3 = HIGH4_8.selectFrom(r1, r3);
    var t0 = LOW2_8.selectFrom(s0, s1);
    var t1 = HIGH2_8.selectFrom(s0, s1);
    var t2 = LOW2_8.selectFrom(s2, s3);
    var t3 = HIGH2_8.selectFrom(s2, s3);
    t0.reinterpretAsDoubles().intoArray(out, oo);
    t1.reinterpretAsDoubles().intoArray(out, oo + os);
    t2.reinterpretAsDoubles().intoArray(out, oo + 2 * os);
    t3.reinterpretAsDoubles().intoArray(out, oo + 3 * os);
  }

  private static void doubles2(double[] x, int xo, int xs, double[] out, int oo, int os) {
    var r0 = DoubleVector.fromArray(DoubleVector.SPECIES_128, x, xo).reinterpretAsInts();
    var r1 = DoubleVector.fromArray(DoubleVector.SPECIES_128, x, xo + xs).reinterpretAsInts();
    var s0 = LOW2_4.selectFrom(r0, r1);
    var s1 = HIGH2_4.selectFrom(r0, r1);
    s0.reinterpretAsDoubles().intoArray(out, oo);
    s1.reinterpretAsDoubles().intoArray(out, oo + os);
  }

  /// Picks for row i: its own lanes where they lack d, else row i + d's from d before.
  private static IntVector low(int d, int side) {
    return table(side, lane -> (lane & d) == 0 ? lane : side + lane - d);
  }

  /// Picks for row i + d: its own lanes where they have d, else row i's from d after.
  private static IntVector high(int d, int side) {
    return table(side, lane -> (lane & d) == 0 ? lane + d : side + lane);
  }

  private static IntVector table(int side, IntUnaryOperator from) {
    var species =
        side == 16
            ? IntVector.SPECIES_512
            : side == 8 ? IntVector.SPECIES_256 : IntVector.SPECIES_128;
    return IntVector.fromArray(species, IntStream.range(0, side).map(from).toArray(), 0);
  }
}
