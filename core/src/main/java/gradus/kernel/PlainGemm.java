// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.Arrays;

/// [Gemm]'s products, with the same bits, in plain loops: see [Plain].
final class PlainGemm {
  /// Columns worked on in one call: the compiler counts calls, and compiles well what has many.
  private static final int SLICE = 256;

  private PlainGemm() {}

  /// C = A · B.
  static void run(
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
    var sums = new float[n];
    for (int i = 0; i < m; i++) {
      int to = co + i * n;
      Arrays.fill(c, to, to + n, 0);
      for (int p = 0; p < k; p += Gemm.KC) {
        int kc = Math.min(Gemm.KC, k - p);
        int left = ao + i * ars + p * acs;
        int right = bo + p * brs;
        if (bcs == 1) {
          Arrays.fill(sums, 0);
          for (int j = 0; j < n; j += SLICE) {
            addProducts(kc, a, left, acs, b, right + j, brs, sums, j, Math.min(j + SLICE, n));
          }
        } else {
          int j = 0;
          for (; j + 4 <= n; j += 4) {
            fourChains(kc, a, left, acs, b, right + j * bcs, brs, bcs, sums, j);
          }
          for (; j < n; j++) {
            sums[j] = chain(kc, a, left, acs, b, right + j * bcs, brs);
          }
        }
        for (int j = 0; j < n; j++) {
          c[to + j] += sums[j];
        }
      }
    }
  }

  /// Adds the products with `k` rows of B to the sums from `from` to `to`.
  private static void addProducts(
      int k, float[] a, int ao, int as, float[] b, int bo, int bs, float[] sums, int from, int to) {
    int p = 0;
    for (; p + 4 <= k; p += 4) {
      int at = ao + p * as;
      int row = bo + p * bs - from;
      addFour(
          a[at],
          a[at + as],
          a[at + 2 * as],
          a[at + 3 * as],
          b,
          row,
          row + bs,
          row + 2 * bs,
          row + 3 * bs,
          sums,
          from,
          to);
    }
    for (; p < k; p++) {
      addMultiple(a[ao + p * as], b, bo + p * bs - from, sums, from, to);
    }
  }

  /// Four rows of B at once, so that a sum is read and written once for four.
  private static void addFour(
      float x0,
      float x1,
      float x2,
      float x3,
      float[] b,
      int b0,
      int b1,
      int b2,
      int b3,
      float[] sums,
      int from,
      int to) {
    for (int j = from; j < to; j++) {
      float sum = Math.fma(x0, b[b0 + j], sums[j]);
      sum = Math.fma(x1, b[b1 + j], sum);
      sum = Math.fma(x2, b[b2 + j], sum);
      sums[j] = Math.fma(x3, b[b3 + j], sum);
    }
  }

  private static void addMultiple(float x, float[] b, int bo, float[] sums, int from, int to) {
    for (int j = from; j < to; j++) {
      sums[j] = Math.fma(x, b[bo + j], sums[j]);
    }
  }

  /// Four columns of B at once, so that their chains need not wait for themselves.
  private static void fourChains(
      int k,
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      int bs,
      int columns,
      float[] sums,
      int j) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    for (int p = 0; p < k; p++) {
      float x = a[ao + p * as];
      int at = bo + p * bs;
      s0 = Math.fma(x, b[at], s0);
      s1 = Math.fma(x, b[at + columns], s1);
      s2 = Math.fma(x, b[at + 2 * columns], s2);
      s3 = Math.fma(x, b[at + 3 * columns], s3);
    }
    sums[j] = s0;
    sums[j + 1] = s1;
    sums[j + 2] = s2;
    sums[j + 3] = s3;
  }

  private static float chain(int k, float[] a, int ao, int as, float[] b, int bo, int bs) {
    float sum = 0;
    for (int p = 0; p < k; p++) {
      sum = Math.fma(a[ao + p * as], b[bo + p * bs], sum);
    }
    return sum;
  }
}
