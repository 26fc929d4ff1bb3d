// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/// What the vector bodies share: the species, constants, and rounding to whole numbers.
final class Lanes {
  static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;

  /// 1.5 · 2²³. A sum with it has the nearest whole number, half to even, in its low bits, as long
  /// as that fits 22 bits. Conversion instructions are avoided: they were not always compiled.
  static final float MAGIC = 0x1.8p23f;

  private static final int SIGN = 0x8000_0000;

  private Lanes() {}

  static FloatVector of(float value) {
    return FloatVector.broadcast(S, value);
  }

  /// The magnitude of `magnitude`, which must not have its sign bit set, with the sign of `sign`.
  static FloatVector withSign(FloatVector magnitude, FloatVector sign) {
    var bits = magnitude.reinterpretAsInts().or(sign.reinterpretAsInts().and(SIGN));
    return bits.reinterpretAsFloats();
  }

  static FloatVector rint(FloatVector x) {
    var magnitude = x.abs();
    var rounded = withSign(magnitude.add(0x1p23f).sub(0x1p23f), x);
    return x.blend(rounded, magnitude.compare(LT, 0x1p23f));
  }

  static FloatVector floor(FloatVector x) {
    var r = rint(x);
    return r.blend(r.sub(1f), r.compare(GT, x));
  }

  static FloatVector ceil(FloatVector x) {
    var r = rint(x);
    return withSign(r.blend(r.add(1f), r.compare(LT, x)).abs(), x);
  }
}
