// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Float lanes to bytes and back: comparisons and selection. Every method does as many of `n`
/// elements as fill its vectors and returns how many those are; that is none where a stride is
/// neither 0 nor 1, or where vectors of so few bytes do not exist.
final class Masks {
  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final int VL = S.length();
  private static final boolean POSSIBLE = VL >= 8;

  /// As many bytes as there are floats in a vector.
  private static final VectorSpecies<Byte> B =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(POSSIBLE ? 8 * VL : 64));

  private Masks() {}

  /// Writes `yes` where a equals b, else `1 - yes`.
  static int equal(
      float[] a, int ao, int as, float[] b, int bo, int bs, int yes, byte[] out, int oo, int n) {
    int end = end(as, bs, n);
    float[] x = as == 0 ? repeated(a, ao, end) : a;
    float[] y = bs == 0 ? repeated(b, bo, end) : b;
    int xo = as * ao;
    int yo = bs * bo;
    for (int i = 0; i < end; i += VL) {
      var left = FloatVector.fromArray(S, x, xo + i * as);
      var right = FloatVector.fromArray(S, y, yo + i * bs);
      var mask = left.compare(EQ, right).cast(B);
      ByteVector.broadcast(B, (byte) (1 - yes)).blend((byte) yes, mask).intoArray(out, oo + i);
    }
    return end;
  }

  /// Writes 1 where a is less than b, else 0.
  static int less(float[] a, int ao, int as, float[] b, int bo, int bs, byte[] out, int oo, int n) {
    int end = end(as, bs, n);
    float[] x = as == 0 ? repeated(a, ao, end) : a;
    float[] y = bs == 0 ? repeated(b, bo, end) : b;
    int xo = as * ao;
    int yo = bs * bo;
    for (int i = 0; i < end; i += VL) {
      var left = FloatVector.fromArray(S, x, xo + i * as);
      var right = FloatVector.fromArray(S, y, yo + i * bs);
      ByteVector.zero(B).blend((byte) 1, left.compare(LT, right).cast(B)).intoArray(out, oo + i);
    }
    return end;
  }

  /// Writes 1 where a is less than b or equal, else 0.
  static int lessOrEqual(
      float[] a, int ao, int as, float[] b, int bo, int bs, byte[] out, int oo, int n) {
    int end = end(as, bs, n);
    float[] x = as == 0 ? repeated(a, ao, end) : a;
    float[] y = bs == 0 ? repeated(b, bo, end) : b;
    int xo = as * ao;
    int yo = bs * bo;
    for (int i = 0; i < end; i += VL) {
      var left = FloatVector.fromArray(S, x, xo + i * as);
      var right = FloatVector.fromArray(S, y, yo + i * bs);
      ByteVector.zero(B).blend((byte) 1, left.compare(LE, right).cast(B)).intoArray(out, oo + i);
    }
    return end;
  }

  /// Takes a where c, whose stride must be 1, is not 0, else b.
  static int select(
      byte[] c,
      int co,
      int cs,
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      int bs,
      float[] out,
      int oo,
      int n) {
    int end = cs == 1 ? end(as, bs, n) : 0;
    float[] x = as == 0 ? repeated(a, ao, end) : a;
    float[] y = bs == 0 ? repeated(b, bo, end) : b;
    int xo = as * ao;
    int yo = bs * bo;
    for (int i = 0; i < end; i += VL) {
      var left = FloatVector.fromArray(S, x, xo + i * as);
      var right = FloatVector.fromArray(S, y, yo + i * bs);
      var mask = ByteVector.fromArray(B, c, co + i).compare(NE, 0).cast(S);
      right.blend(left, mask).intoArray(out, oo + i);
    }
    return end;
  }

  private static int end(int as, int bs, int n) {
    return POSSIBLE && (as & ~1) == 0 && (bs & ~1) == 0 ? S.loopBound(n) : 0;
  }

  /// A vector's worth of one element, to be read again and again.
  private static float[] repeated(float[] x, int xo, int end) {
    if (end == 0) {
      return x;
    }
    var out = new float[VL];
    Arrays.fill(out, x[xo]);
    return out;
  }
}
