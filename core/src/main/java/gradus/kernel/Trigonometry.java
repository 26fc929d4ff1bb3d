// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/// Sine and cosine in float lanes.
///
/// With |x| = n π/2 + r and |r| ≤ π/4, they are ± the sine or cosine of r, by n mod 4. As in
/// [Exponentials], the bits do not depend on the vector width.
final class Trigonometry {
  private static final float TWO_OVER_PI = 0x1.45f306p-1f;

  /// π/2 in three parts (Cody and Waite), good for |x| up to [#LIMIT].
  private static final float PI_2_A = 0x1.921fb6p0f;

  private static final float PI_2_B = -0x1.777a5cp-25f;
  private static final float PI_2_C = -0x1.ee59dap-50f;

  private static final float LIMIT = 1e5f;

  /// 1.5 · 2²³: a sum with it has the nearest whole number in its low bits.
  private static final float MAGIC = 0x1.8p23f;

  private static final int MAGIC_BITS = 0x4b40_0000;
  private static final int SIGN = 0x8000_0000;

  private Trigonometry() {}

  /// sin x, within 1.5 ulp.
  static FloatVector sin(FloatVector x) {
    var t = x.abs();
    var shifted = t.fma(x.broadcast(TWO_OVER_PI), x.broadcast(MAGIC));
    var y = wave(t, shifted, shifted.reinterpretAsInts().sub(MAGIC_BITS));
    y = y.lanewise(XOR, x.reinterpretAsInts().and(SIGN));
    return t.compare(GT, LIMIT).anyTrue() ? far(x, y, StrictMath::sin) : y.reinterpretAsFloats();
  }

  /// cos x, within 1.5 ulp: the sine a quarter turn ahead.
  static FloatVector cos(FloatVector x) {
    var t = x.abs();
    var shifted = t.fma(x.broadcast(TWO_OVER_PI), x.broadcast(MAGIC));
    var y = wave(t, shifted, shifted.reinterpretAsInts().sub(MAGIC_BITS - 1));
    return t.compare(GT, LIMIT).anyTrue() ? far(x, y, StrictMath::cos) : y.reinterpretAsFloats();
  }

  /// The bits of sin(r + quarters π/2), where r is what is left of t.
  private static IntVector wave(FloatVector t, FloatVector shifted, IntVector quarters) {
    var n = shifted.sub(MAGIC);
    var rough = n.fma(t.broadcast(-PI_2_A), t);
    var second = n.mul(PI_2_B);
    var r = rough.sub(second);
    // What rounding took from r, what it took from the second part, and the third.
    var rest = rough.sub(r).sub(second).add(n.fma(t.broadcast(-PI_2_B), second));
    rest = n.fma(t.broadcast(-PI_2_C), rest);
    var s = r.mul(r);
    var sine =
        t.broadcast(-0x1.991c1ep-13f)
            .fma(s, t.broadcast(0x1.1106c6p-7f))
            .fma(s, t.broadcast(-0x1.555544p-3f))
            .fma(r.mul(s), rest)
            .add(r);
    var cosine =
        t.broadcast(0x1.99e42cp-16f)
            .fma(s, t.broadcast(-0x1.6c0c20p-10f))
            .fma(s, t.broadcast(0x1.55554ap-5f))
            .fma(s, t.broadcast(-0.5f))
            .fma(s, r.neg().mul(rest))
            .add(1f);
    var odd = quarters.and(1).compare(NE, 0).cast(t.species());
    return sine.blend(cosine, odd)
        .reinterpretAsInts()
        .lanewise(XOR, quarters.and(2).lanewise(LSHL, 30));
  }

  /// The sine or cosine with the lanes done one by one where x is too large for three parts.
  private static FloatVector far(FloatVector x, IntVector y, DoubleUnaryOperator function) {
    float[] from = x.toArray();
    float[] to = y.reinterpretAsFloats().toArray();
    for (int i = 0; i < to.length; i++) {
      if (Math.abs(from[i]) > LIMIT) {
        to[i] = (float) function.applyAsDouble(from[i]);
      }
    }
    return FloatVector.fromArray(x.species(), to, 0);
  }
}
