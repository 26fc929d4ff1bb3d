// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.Random;

/// Inputs for the kernels' tests, and what they are measured with.
final class Samples {
  /// What needs care everywhere.
  static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -1f,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MAX_VALUE,
    -Float.MAX_VALUE
  };

  private Samples() {}

  static float[] floats(long seed, int n) {
    var random = new Random(seed);
    var x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) (4 * random.nextGaussian());
    }
    return x;
  }

  static double[] doubles(long seed, int n) {
    return new Random(seed).doubles(n, -4, 4).toArray();
  }

  static double[] widened(float[] x) {
    var out = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = x[i];
    }
    return out;
  }

  /// One float of every 2ˢʰⁱᶠᵗ, from all of them, a little irregularly.
  static float[] grid(int shift) {
    var x = new float[1 << (32 - shift)];
    for (int i = 0; i < x.length; i++) {
      x[i] = Float.intBitsToFloat((i << shift) + ((i * 0x9E3779B9) >>> (32 - shift)));
    }
    return x;
  }

  /// How far a float is from the exact value, in units of its last place; 0 where both are NaN, or
  /// the same infinity.
  static double ulps(double exact, float actual) {
    return ulps(exact, actual, 0);
  }

  /// The same in units of the last place of `measure`, if that is larger than the exact value.
  static double ulps(double exact, float actual, double measure) {
    float rounded = (float) exact;
    if (Float.isNaN(rounded) || Float.isNaN(actual)) {
      return Float.isNaN(rounded) && Float.isNaN(actual) ? 0 : Double.POSITIVE_INFINITY;
    } else if (Float.isInfinite(rounded) && rounded == actual) {
      return 0;
    }
    float size = (float) Math.min(Math.max(Math.abs(exact), measure), 0x1p127);
    return Math.abs(exact - actual) / Math.ulp(size);
  }
}
