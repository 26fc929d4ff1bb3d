// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.Arrays;

/// Matrix products: C `[m, n]`, contiguous from `co`, is overwritten with A `[m, k]` times B `[k,
/// n]`, which are read with any row and column strides.
public final class Gemm {
  /// Every element of C is the sum, from +0 and in order, of one fma chain from +0 over each block
  /// of so many k. This constant is part of the result's definition.
  static final int KC = 384;

  private Gemm() {}

  /// C = A · B in float.
  public static void run(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int ars,
      int acs,
      float[] b,
      int bo,
      int brs,
      int bcs,
      float[] c,
      int co) {
    Arrays.fill(c, co, co + m * n, 0);
    for (int k0 = 0; k0 < k; k0 += KC) {
      int k1 = Math.min(k0 + KC, k);
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          float sum = 0;
          for (int p = k0; p < k1; p++) {
            sum = Math.fma(a[ao + i * ars + p * acs], b[bo + p * brs + j * bcs], sum);
          }
          c[co + i * n + j] += sum;
        }
      }
    }
  }

  /// C = A · B in double.
  public static void run(
      int m,
      int n,
      int k,
      double[] a,
      int ao,
      int ars,
      int acs,
      double[] b,
      int bo,
      int brs,
      int bcs,
      double[] c,
      int co) {
    Arrays.fill(c, co, co + m * n, 0);
    for (int k0 = 0; k0 < k; k0 += KC) {
      int k1 = Math.min(k0 + KC, k);
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          double sum = 0;
          for (int p = k0; p < k1; p++) {
            sum = Math.fma(a[ao + i * ars + p * acs], b[bo + p * brs + j * bcs], sum);
          }
          c[co + i * n + j] += sum;
        }
      }
    }
  }
}
