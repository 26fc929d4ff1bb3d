// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/// The natural logarithm in float lanes.
///
/// With x = 2ᵉ (1 + f) and 1 + f in [√½, √2), log x = e ln 2 + f - f² / 2 + f³ P(f), with P a
/// minimax fit of the relative error, with float coefficients. As in [Exponentials], the bits do
/// not depend on the vector width.
final class Logarithms {
  static final float LN2_HI = 0x1.62e43p-1f;
  static final float LN2_LO = -0x1.05c61p-29f;
  static final int SQRT_HALF_BITS = 0x3f3504f3;

  /// 1.5 · 2²³: whole numbers up to 2²² are added to it in its low bits. Conversion instructions
  /// are avoided, they were not always compiled.
  private static final float MAGIC = 0x1.8p23f;

  private static final int MAGIC_BITS = 0x4b40_0000;

  private Logarithms() {}

  /// log x, within 1.5 ulp.
  static FloatVector log(FloatVector x) {
    var subnormal = x.compare(LT, Float.MIN_NORMAL);
    var normal = x.blend(x.mul(0x1p23f), subnormal);
    return log(normal, x.broadcast(0f).blend(-23f, subnormal), x.broadcast(0f))
        .blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0f))
        .blend(x, x.compare(EQ, Float.POSITIVE_INFINITY))
        .blend(Float.NaN, x.compare(GE, 0f).not());
  }

  /// log(1 + x), within 1.5 ulp. What is lost in the sum u = 1 + x comes back as log'(u) times it.
  static FloatVector log1p(FloatVector x) {
    var u = x.add(1f);
    var taken = u.sub(1f);
    var lost = x.broadcast(1f).sub(u.sub(taken)).add(x.sub(taken));
    return log(u, x.broadcast(0f), lost.div(u))
        .blend(x, x.compare(EQ, 0f))
        .blend(Float.NEGATIVE_INFINITY, x.compare(EQ, -1f))
        .blend(x, x.compare(EQ, Float.POSITIVE_INFINITY))
        .blend(Float.NaN, x.compare(GE, -1f).not());
  }

  /// log(1 + x) for x in [0, 1], or NaN, within 1.5 ulp.
  static FloatVector log1pOfFraction(FloatVector x) {
    var u = x.add(1f);
    var lost = x.sub(u.sub(1f));
    return log(u, x.broadcast(0f), lost.div(u));
  }

  /// log(2ᵉ u) + correction, for normal u > 0.
  private static FloatVector log(FloatVector u, FloatVector e, FloatVector correction) {
    var bits = u.reinterpretAsInts();
    var exponent = bits.sub(SQRT_HALF_BITS).lanewise(ASHR, 23);
    var f = bits.sub(exponent.lanewise(LSHL, 23)).reinterpretAsFloats().sub(1f);
    var n = exponent.add(MAGIC_BITS).reinterpretAsFloats().sub(MAGIC).add(e);
    var tail =
        u.broadcast(-0x1.38c58ep-4f)
            .fma(f, u.broadcast(0x1.059c28p-3f))
            .fma(f, u.broadcast(-0x1.0d9facp-3f))
            .fma(f, u.broadcast(0x1.22d308p-3f))
            .fma(f, u.broadcast(-0x1.546f16p-3f))
            .fma(f, u.broadcast(0x1.99a03ep-3f))
            .fma(f, u.broadcast(-0x1.000232p-2f))
            .fma(f, u.broadcast(0x1.555554p-2f))
            .fma(f, u.broadcast(-0.5f))
            .mul(f.mul(f))
            .add(correction);
    return n.fma(u.broadcast(LN2_HI), f.add(n.fma(u.broadcast(LN2_LO), tail)));
  }
}
