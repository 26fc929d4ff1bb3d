// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/// Transposes matrices of floats, in squares that fit the registers.
///
/// A square is transposed in log₂ of its side steps (Eklundh, "A fast computer method for matrix
/// transposing", 1972): the step of distance d exchanges, between rows i and i + d, the lanes that
/// are d apart.
final class Transpose {
  private static final boolean EIGHT = Lanes.FLOATS.length() >= 8;

  /// The side of the squares.
  private static final int SIDE = EIGHT ? 8 : 4;

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
    for (int r = 0; r < r1; r += SIDE) {
      for (int c = 0; c < c1; c += SIDE) {
        if (EIGHT) {
          block8(x, xo + r * xs + c, xs, out, oo + c * os + r, os);
        } else {
          block4(x, xo + r * xs + c, xs, out, oo + c * os + r, os);
        }
      }
    }
    single(x, xo + c1, xs, r1, columns - c1, out, oo + c1 * os, os);
    single(x, xo + r1 * xs, xs, rows - r1, columns, out, oo + r1, os);
  }

  private static void single(
      float[] x, int xo, int xs, int rows, int columns, float[] out, int oo, int os) {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        out[oo + c * os + r] = x[xo + r * xs + c];
      }
    }
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

  /// Picks for row i: its own lanes where they lack d, else row i + d's from d before.
  private static IntVector low(int d, int side) {
    return table(side, lane -> (lane & d) == 0 ? lane : side + lane - d);
  }

  /// Picks for row i + d: its own lanes where they have d, else row i's from d after.
  private static IntVector high(int d, int side) {
    return table(side, lane -> (lane & d) == 0 ? lane + d : side + lane);
  }

  private static IntVector table(int side, IntUnaryOperator from) {
    var species = side == 8 ? IntVector.SPECIES_256 : IntVector.SPECIES_128;
    return IntVector.fromArray(species, IntStream.range(0, side).map(from).toArray(), 0);
  }
}
