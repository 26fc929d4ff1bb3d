// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// Powers, between floats and between whole numbers.
final class Powers {
  private Powers() {}

  /// a to the b as C has it, and PyTorch with it: where Java's is NaN, 1 to any power is 1, and −1
  /// to an infinite one.
  static double pow(double a, double b) {
    return a == 1 || (a == -1 && Double.isInfinite(b)) ? 1 : StrictMath.pow(a, b);
  }

  /// Every element gets what [#pow(float, float)] says; a common exponent for all takes a faster
  /// loop to the same bits.
  static void run(
      float[] a, int ao, int as, float[] b, int bo, int bs, float[] out, int oo, int n) {
    if (n > 0 && as == 1 && bs == 0) {
      float exponent = b[bo];
      if (exponent == 1) {
        System.arraycopy(a, ao, out, oo, n);
        return;
      } else if (exponent == 2) {
        Unary.SQUARE.run(a, ao, out, oo, n);
        return;
      } else if (exponent == 3) {
        cube(a, ao, out, oo, n);
        return;
      } else if (exponent == -1) {
        Unary.RECIPROCAL.run(a, ao, out, oo, n);
        return;
      }
    }
    for (int i = 0; i < n; i++) {
      out[oo + i] = pow(a[ao + i * as], b[bo + i * bs]);
    }
  }

  private static void cube(float[] a, int ao, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      float x = a[ao + i];
      out[oo + i] = x * x * x;
    }
  }

  private static float pow(float a, float b) {
    if (b == 1) {
      return a;
    } else if (b == 2) {
      return a * a;
    } else if (b == 3) {
      return a * a * a;
    } else if (b == -1) {
      return 1 / a;
    }
    return (float) pow((double) a, (double) b);
  }

  /// a to the b by repeated squaring, wrapping around. With b < 0 the quotient rounded to zero, as
  /// PyTorch: 0 but for a = ±1.
  static long pow(long a, long b) {
    if (b < 0) {
      return a == 1 ? 1 : a == -1 ? ((b & 1) == 0 ? 1 : -1) : 0;
    }
    long result = 1;
    for (long base = a; b != 0; b >>= 1, base *= base) {
      if ((b & 1) != 0) {
        result *= base;
      }
    }
    return result;
  }
}
