// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/// exp and the functions that are made of it, in float lanes.
///
/// With x = n ln 2 + r and |r| ≤ ln 2 / 2, exp(x) = 2ⁿ (1 + r + r² q(r)). The polynomials are
/// minimax fits of the relative error, with float coefficients. Only sums, products, fma, quotients
/// and operations on bits are used, in a fixed order: the result has the same bits at any vector
/// width.
///
/// About the style, which is that of [Logarithms] and [Trigonometry] too: after some 60 vector
/// operations the compiler inlines no more methods but the Vector API's own, and a vector that goes
/// through a method that is not inlined costs more than all its arithmetic. So these functions are
/// long and call few others, those first.
final class Exponentials {
  static final float LOG2_E = 0x1.715476p0f;

  /// ln 2 in two parts; n times the upper one fits a float.
  static final float LN2_HI = 0x1.62e43p-1f;

  static final float LN2_LO = -0x1.05c61p-29f;

  /// 1.5 · 2²³: a sum with it has the nearest whole number in its low bits.
  static final float MAGIC = 0x1.8p23f;

  static final int ONE_BITS = 0x3f80_0000;
  private static final int SIGN = 0x8000_0000;

  private Exponentials() {}

  /// exp(x), within 1 ulp.
  static FloatVector exp(FloatVector x) {
    return exponential(x)
        .blend(0f, x.compare(LT, -104f))
        .blend(Float.POSITIVE_INFINITY, x.compare(GT, 89f));
  }

  /// exp(x) for x in [-104, 89], or NaN. The power of two is multiplied in two steps, so that it
  /// may be too great, or the result too small, for a normal float. The bits of [#MAGIC] itself are
  /// lost in the shift to the left.
  private static FloatVector exponential(FloatVector x) {
    var shifted = x.fma(x.broadcast(LOG2_E), x.broadcast(MAGIC));
    var n = shifted.sub(MAGIC);
    var r = n.fma(x.broadcast(-LN2_LO), n.fma(x.broadcast(-LN2_HI), x));
    var p =
        x.broadcast(0x1.9e8b3ep-13f)
            .fma(r, x.broadcast(0x1.6d4050p-10f))
            .fma(r, x.broadcast(0x1.1112d0p-7f))
            .fma(r, x.broadcast(0x1.5554f4p-5f))
            .fma(r, x.broadcast(0x1.555554p-3f))
            .fma(r, x.broadcast(0x1p-1f))
            .fma(r.mul(r), r);
    var bits = shifted.reinterpretAsInts();
    var half = bits.lanewise(ASHR, 1);
    var first = half.lanewise(LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
    var second = bits.sub(half).lanewise(LSHL, 23).add(ONE_BITS).reinterpretAsFloats();
    return p.add(1f).mul(first).mul(second);
  }

  /// exp(x) - 1 = 2ⁿ p + 2ⁿ - 1, within 1.5 ulp; half of it first, because 2ⁿ alone overflows
  /// before the result does.
  static FloatVector expm1(FloatVector x) {
    var shifted = x.fma(x.broadcast(LOG2_E), x.broadcast(MAGIC));
    var n = shifted.sub(MAGIC);
    var r = n.fma(x.broadcast(-LN2_LO), n.fma(x.broadcast(-LN2_HI), x));
    var p =
        x.broadcast(0x1.9e8b3ep-13f)
            .fma(r, x.broadcast(0x1.6d4050p-10f))
            .fma(r, x.broadcast(0x1.1112d0p-7f))
            .fma(r, x.broadcast(0x1.5554f4p-5f))
            .fma(r, x.broadcast(0x1.555554p-3f))
            .fma(r, x.broadcast(0x1p-1f))
            .fma(r.mul(r), r);
    var bits = shifted.reinterpretAsInts().lanewise(LSHL, 23);
    var halfScale = bits.add(ONE_BITS - (1 << 23)).reinterpretAsFloats();
    return p.fma(halfScale, halfScale.sub(0.5f))
        .mul(2f)
        .blend(x, x.abs().compare(LT, 0x1p-25f))
        .blend(-1f, x.compare(LT, -20f))
        .blend(Float.POSITIVE_INFINITY, x.compare(GT, 89f));
  }

  /// exp(-|x|), within 1 ulp.
  static FloatVector decay(FloatVector x) {
    var negative = x.abs().neg();
    return exponential(negative).blend(0f, negative.compare(LT, -104f));
  }

  /// 1 / (1 + exp(-x)), within 2.5 ulp, as exp(x) / (1 + exp(x)) where x < 0, so that small results
  /// are not lost.
  static FloatVector sigmoid(FloatVector x) {
    var z = decay(x);
    return x.broadcast(1f).blend(z, x.compare(LT, 0f)).div(z.add(1f));
  }

  /// tanh x, within 1.5 ulp: x + x³ P(x²) near 0, else 1 - 2 z / (1 + z) with z = exp(-2 |x|).
  static FloatVector tanh(FloatVector x) {
    var t = x.abs();
    var z = exponential(t.mul(-2f));
    var far = x.broadcast(1f).sub(z.add(z).div(z.add(1f))).blend(1f, t.compare(GT, 10f));
    var s = x.mul(x);
    var near =
        x.broadcast(-0x1.9454f2p-8f)
            .fma(s, x.broadcast(0x1.5811f6p-6f))
            .fma(s, x.broadcast(-0x1.b905c4p-5f))
            .fma(s, x.broadcast(0x1.110c5ep-3f))
            .fma(s, x.broadcast(-0x1.555548p-2f))
            .fma(s.mul(t), t);
    var y = far.blend(near, t.compare(LT, 0.5625f)).reinterpretAsInts();
    return y.or(x.reinterpretAsInts().and(SIGN)).reinterpretAsFloats();
  }

  /// 2ᶻ for z in [-126, 127], anything for others: with z = n + r and |r| ≤ 1/2, n is added to the
  /// exponent of 2ʳ.
  private static FloatVector power(FloatVector z) {
    var shifted = z.add(MAGIC);
    var r = z.sub(shifted.sub(MAGIC));
    var s = r.mul(r);
    var even =
        z.broadcast(0x1.416b60p-13f)
            .fma(s, z.broadcast(0x1.3b2de0p-7f))
            .fma(s, z.broadcast(0x1.ebfbdcp-3f));
    var odd =
        z.broadcast(0x1.5f082ep-10f)
            .fma(s, z.broadcast(0x1.c6af7cp-5f))
            .fma(s, z.broadcast(0x1.62e430p-1f));
    var p = even.fma(r, odd).fma(r, z.broadcast(1f));
    var n = shifted.reinterpretAsInts().lanewise(LSHL, 23);
    return p.reinterpretAsInts().add(n).reinterpretAsFloats();
  }

  /// exp(-x² / 2), within 1e-7; at NaN anything.
  static FloatVector bell(FloatVector x) {
    var z = x.mul(x).mul(-0.5f * LOG2_E);
    return power(z).blend(0f, z.compare(LT, -126f));
  }

  /// The normal distribution Φ, within 1e-7: h = 2^(-|x| Q(|x|)) / 2 where x ≤ 0, 1 - h elsewhere;
  /// at NaN anything.
  static FloatVector normal(FloatVector x) {
    var t = x.abs();
    var s = x.mul(x);
    var even =
        x.broadcast(-0x1.dbc1e8p-20f)
            .fma(s, x.broadcast(-0x1.25d83ep-13f))
            .fma(s, x.broadcast(0x1.d5a0a4p-8f))
            .fma(s, x.broadcast(-0x1.d636eep-2f));
    var odd =
        x.broadcast(0x1.d8e40ap-16f)
            .fma(s, x.broadcast(-0x1.e59252p-13f))
            .fma(s, x.broadcast(-0x1.ae83c8p-5f))
            .fma(s, x.broadcast(-0x1.26aee8p0f));
    var twice = power(even.fma(t, odd).mul(t)).blend(0f, t.compare(GT, 6f));
    return twice.mul(0.5f).blend(twice.fma(x.broadcast(-0.5f), x.broadcast(1f)), x.compare(GT, 0f));
  }

  /// The error function, within 1.5 ulp: x + x P(x²) near 0, else 1 - 2^(-|x| Q(|x|)).
  static FloatVector erf(FloatVector x) {
    var t = x.abs();
    var z =
        x.broadcast(-0x1.16e366p-16f)
            .fma(t, x.broadcast(0x1.eca48ep-12f))
            .fma(t, x.broadcast(-0x1.5975b2p-8f))
            .fma(t, x.broadcast(0x1.191bfap-5f))
            .fma(t, x.broadcast(-0x1.39f836p-3f))
            .fma(t, x.broadcast(-0x1.d5263cp-1f))
            .fma(t, x.broadcast(-0x1.a0d854p0f))
            .mul(t);
    var far = x.broadcast(1f).sub(power(z)).blend(1f, t.compare(GT, 3.92f));
    var s = x.mul(x);
    var near =
        x.broadcast(0x1.4f8e58p-14f)
            .fma(s, x.broadcast(-0x1.a6126ep-11f))
            .fma(s, x.broadcast(0x1.544aa8p-8f))
            .fma(s, x.broadcast(-0x1.b80120p-6f))
            .fma(s, x.broadcast(0x1.ce2d64p-4f))
            .fma(s, x.broadcast(-0x1.812740p-2f))
            .fma(s, x.broadcast(0x1.06eba8p-3f))
            .fma(t, t);
    var y = near.blend(far, t.compare(GE, 0.9375f)).reinterpretAsInts();
    return y.or(x.reinterpretAsInts().and(SIGN)).reinterpretAsFloats();
  }
}
