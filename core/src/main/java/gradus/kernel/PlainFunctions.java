// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// Functions of [Exponentials] and [Logarithms], with the same bits, of one float: see [Plain].
final class PlainFunctions {
  private PlainFunctions() {}

  /// [Exponentials#exp].
  static double exp(double number) {
    float x = (float) number;
    return x < -104 ? 0 : x > 89 ? Float.POSITIVE_INFINITY : exponential(x);
  }

  /// [Exponentials#sigmoid].
  static double sigmoid(double number) {
    float x = (float) number;
    float negative = -Math.abs(x);
    float z = negative < -104 ? 0 : exponential(negative);
    return (x < 0 ? z : 1) / (z + 1);
  }

  private static float exponential(float x) {
    float shifted = Math.fma(x, Exponentials.LOG2_E, Exponentials.MAGIC);
    float n = shifted - Exponentials.MAGIC;
    float r = Math.fma(n, -Exponentials.LN2_LO, Math.fma(n, -Exponentials.LN2_HI, x));
    float p = Math.fma(0x1.9e8b3ep-13f, r, 0x1.6d4050p-10f);
    p = Math.fma(p, r, 0x1.1112d0p-7f);
    p = Math.fma(p, r, 0x1.5554f4p-5f);
    p = Math.fma(p, r, 0x1.555554p-3f);
    p = Math.fma(p, r, 0x1p-1f);
    p = Math.fma(p, r * r, r);
    int bits = Float.floatToRawIntBits(shifted);
    int half = bits >> 1;
    return (p + 1) * power(half) * power(bits - half);
  }

  private static float power(int n) {
    return Float.intBitsToFloat((n << 23) + Exponentials.ONE_BITS);
  }

  /// [Logarithms#log].
  static double log(double number) {
    float x = (float) number;
    if (!(x > 0 && x < Float.POSITIVE_INFINITY)) {
      return x == 0 ? Float.NEGATIVE_INFINITY : x > 0 ? x : Float.NaN;
    }
    boolean subnormal = x < Float.MIN_NORMAL;
    int bits = Float.floatToRawIntBits(subnormal ? x * 0x1p23f : x);
    int exponent = (bits - Logarithms.SQRT_HALF_BITS) >> 23;
    float f = Float.intBitsToFloat(bits - (exponent << 23)) - 1;
    float n = exponent + (subnormal ? -23 : 0);
    float p = Math.fma(-0x1.38c58ep-4f, f, 0x1.059c28p-3f);
    p = Math.fma(p, f, -0x1.0d9facp-3f);
    p = Math.fma(p, f, 0x1.22d308p-3f);
    p = Math.fma(p, f, -0x1.546f16p-3f);
    p = Math.fma(p, f, 0x1.99a03ep-3f);
    p = Math.fma(p, f, -0x1.000232p-2f);
    p = Math.fma(p, f, 0x1.555554p-2f);
    p = Math.fma(p, f, -0.5f);
    float tail = p * (f * f);
    return Math.fma(n, Logarithms.LN2_HI, f + Math.fma(n, Logarithms.LN2_LO, tail));
  }
}
