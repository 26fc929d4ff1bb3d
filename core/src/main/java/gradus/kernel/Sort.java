// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import it.unimi.dsi.fastutil.ints.IntArrays;

/// The order of elements along the middle dimension of a contiguous `[outer, r, inner]`.
public final class Sort {
  private Sort() {}

  /// For each line of `r` elements, where along `r` its smallest element is, the next one, and so
  /// on; or its largest first, if `descending`. Equals stay in order. NaN is greater than all.
  ///
  /// @param x the elements: a float, double or long array
  public static void order(
      Object x, int xo, int outer, int r, int inner, boolean descending, long[] out) {
    long[] keys = new long[r];
    int[] order = new int[r];
    for (int line = 0; line < outer * inner; line++) {
      int at = line / inner * r * inner + line % inner;
      for (int k = 0; k < r; k++) {
        long key = key(x, xo + at + k * inner);
        keys[k] = descending ? ~key : key;
        order[k] = k;
      }
      IntArrays.stableSort(order, (a, b) -> Long.compare(keys[a], keys[b]));
      for (int k = 0; k < r; k++) {
        out[at + k * inner] = order[k];
      }
    }
  }

  /// A whole number in the same order as the elements.
  private static long key(Object x, int at) {
    return switch (x) {
      case float[] f -> key((double) f[at]);
      case double[] d -> key(d[at]);
      case long[] l -> l[at];
      default -> throw new IllegalArgumentException("order: " + x.getClass().getSimpleName());
    };
  }

  /// The bits, with those below the sign turned over for negative numbers; −0 is 0.
  private static long key(double x) {
    long bits = Double.doubleToLongBits(x + 0.0);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }
}
