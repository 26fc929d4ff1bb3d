// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// Selection by a condition: a where c is not 0, else b. Operand x is read at `xo + i * xs`, `out`
/// is written at `oo + i`. On the bits and without branches, since conditions are often
/// unpredictable.
final class Select {
  private Select() {}

  static void run(
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
    for (int i = Masks.select(c, co, cs, a, ao, as, b, bo, bs, out, oo, n); i < n; i++) {
      int x = Float.floatToRawIntBits(a[ao + i * as]);
      int y = Float.floatToRawIntBits(b[bo + i * bs]);
      out[oo + i] = Float.intBitsToFloat(y ^ ((x ^ y) & all(c[co + i * cs])));
    }
  }

  static void run(
      byte[] c,
      int co,
      int cs,
      double[] a,
      int ao,
      int as,
      double[] b,
      int bo,
      int bs,
      double[] out,
      int oo,
      int n) {
    for (int i = 0; i < n; i++) {
      long x = Double.doubleToRawLongBits(a[ao + i * as]);
      long y = Double.doubleToRawLongBits(b[bo + i * bs]);
      out[oo + i] = Double.longBitsToDouble(y ^ ((x ^ y) & all(c[co + i * cs])));
    }
  }

  static void run(
      byte[] c,
      int co,
      int cs,
      long[] a,
      int ao,
      int as,
      long[] b,
      int bo,
      int bs,
      long[] out,
      int oo,
      int n) {
    for (int i = 0; i < n; i++) {
      long y = b[bo + i * bs];
      out[oo + i] = y ^ ((a[ao + i * as] ^ y) & all(c[co + i * cs]));
    }
  }

  static void run(
      byte[] c,
      int co,
      int cs,
      byte[] a,
      int ao,
      int as,
      byte[] b,
      int bo,
      int bs,
      byte[] out,
      int oo,
      int n) {
    for (int i = 0; i < n; i++) {
      int y = b[bo + i * bs];
      out[oo + i] = (byte) (y ^ ((a[ao + i * as] ^ y) & all(c[co + i * cs])));
    }
  }

  /// All bits where the condition is not 0, none where it is.
  private static int all(byte c) {
    return (c | -c) >> 31;
  }
}
