// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static gradus.kernel.GemmKernel.MR;
import static gradus.kernel.GemmKernel.NR;

import java.util.Arrays;

/// Matrix products: C `[m, n]`, contiguous from `co`, is overwritten with A `[m, k]` times B `[k,
/// n]`, which are read with any row and column strides.
///
/// Blocked after Van Zee and van de Geijn, "BLIS: a framework for rapidly instantiating BLAS
/// functionality", ACM TOMS 41 (2015): stretches of A and B are packed so that the kernel reads
/// them in the order in which they lie.
public final class Gemm {
  /// Every element of C is the sum, from +0 and in order, of one fma chain from +0 over each block
  /// of so many k. This constant is part of the result's definition; the others are not.
  static final int KC = 384;

  /// Rows of A packed at once: a multiple of every [GemmKernel#MR] whose block stays in the L2
  /// cache.
  private static final int MC = 240;

  /// Columns of B packed at once.
  private static final int NC = 3072;

  /// Distance of A's packed rows: not a power of two, so that they do not share cache sets.
  private static final int A_STEP = KC + 16;

  /// Multiplications below which it is not worth handing over to another thread.
  private static final long GRAIN = 1 << 19;

  private static final ThreadLocal<Gemm> PACKED = ThreadLocal.withInitial(Gemm::new);

  private float[] packedA = new float[0];
  private final float[] edge = new float[MR * NR];
  private float[] packedB = new float[0];

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
    boolean wide = n >= m;
    int units = wide ? Math.ceilDiv(n, NR) : Math.ceilDiv(m, MR);
    int parts = (int) Math.min(Parallel.threads(), Math.min(units, (long) m * n * k / GRAIN));
    if (parts <= 1) {
      PACKED.get().block(0, m, 0, n, n, k, a, ao, ars, acs, b, bo, brs, bcs, c, co);
      return;
    }
    Parallel.forRange(
        parts,
        1,
        (first, last) -> {
          int from = (int) ((long) units * first / parts);
          int to = (int) ((long) units * last / parts);
          int i0 = wide ? 0 : from * MR;
          int i1 = wide ? m : Math.min(to * MR, m);
          int j0 = wide ? from * NR : 0;
          int j1 = wide ? Math.min(to * NR, n) : n;
          PACKED.get().block(i0, i1, j0, j1, n, k, a, ao, ars, acs, b, bo, brs, bcs, c, co);
        });
  }

  /// Rows i0 to i1 and columns j0 to j1 of C.
  private void block(
      int i0,
      int i1,
      int j0,
      int j1,
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
    for (int j = j0; j < j1; j += NC) {
      int nc = Math.min(NC, j1 - j);
      for (int p = 0; p < k; p += KC) {
        int kc = Math.min(KC, k - p);
        packB(b, bo + p * brs + j * bcs, brs, bcs, kc, nc);
        for (int i = i0; i < i1; i += MC) {
          int mc = Math.min(MC, i1 - i);
          packA(a, ao + i * ars + p * acs, ars, acs, mc, kc);
          multiply(mc, nc, kc, c, co + i * n + j, n);
        }
      }
    }
  }

  private void multiply(int mc, int nc, int kc, float[] c, int co, int n) {
    for (int j = 0; j < nc; j += NR) {
      int panel = j * kc;
      int columns = Math.min(NR, nc - j);
      for (int i = 0; i < mc; i += MR) {
        int rows = Math.min(MR, mc - i);
        if (rows == MR && columns == NR) {
          GemmKernel.tile(kc, packedA, i * A_STEP, A_STEP, packedB, panel, c, co + i * n + j, n);
        } else {
          Arrays.fill(edge, 0);
          GemmKernel.tile(kc, packedA, i * A_STEP, A_STEP, packedB, panel, edge, 0, NR);
          for (int r = 0; r < rows; r++) {
            int at = co + (i + r) * n + j;
            for (int q = 0; q < columns; q++) {
              c[at + q] += edge[r * NR + q];
            }
          }
        }
      }
    }
  }

  /// Lays out rows of A one after the other. Rows of the last tile beyond A keep whatever was
  /// there: they only reach the part of the edge tile that is not used.
  private void packA(float[] a, int ao, int ars, int acs, int mc, int kc) {
    int size = Math.ceilDiv(mc, MR) * MR * A_STEP;
    if (packedA.length < size) {
      packedA = new float[size];
    }
    if (ars == 1) {
      Transpose.matrix(a, ao, acs, kc, mc, packedA, 0, A_STEP);
      return;
    }
    for (int i = 0; i < mc; i++) {
      if (acs == 1) {
        System.arraycopy(a, ao + i * ars, packedA, i * A_STEP, kc);
      } else {
        for (int p = 0; p < kc; p++) {
          packedA[i * A_STEP + p] = a[ao + i * ars + p * acs];
        }
      }
    }
  }

  /// Lays out panels of [GemmKernel#NR] columns of B one after the other, each row by row, the last
  /// filled up with zeros.
  private void packB(float[] b, int bo, int brs, int bcs, int kc, int nc) {
    int panels = Math.ceilDiv(nc, NR);
    if (packedB.length < panels * NR * kc) {
      packedB = new float[panels * NR * kc];
    }
    if (nc % NR != 0) {
      Arrays.fill(packedB, (panels - 1) * NR * kc, panels * NR * kc, 0);
    }
    if (brs == 1) {
      for (int j = 0; j < nc; j += NR) {
        int columns = Math.min(NR, nc - j);
        Transpose.matrix(b, bo + j * bcs, bcs, columns, kc, packedB, j * kc, NR);
      }
      return;
    }
    for (int p = 0; p < kc; p++) {
      for (int j = 0; j < nc; j += NR) {
        int columns = Math.min(NR, nc - j);
        int from = bo + p * brs + j * bcs;
        int to = j * kc + p * NR;
        if (bcs == 1) {
          System.arraycopy(b, from, packedB, to, columns);
        } else {
          for (int q = 0; q < columns; q++) {
            packedB[to + q] = b[from + q * bcs];
          }
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
    if (bcs != 1 && n > 1) {
      var rows = new double[k * n];
      Copy.strided(b, bo, new int[] {brs, bcs}, new int[] {k, n}, rows, 0);
      run(m, n, k, a, ao, ars, acs, rows, 0, n, 1, c, co);
      return;
    }
    var sum = new double[n];
    Arrays.fill(c, co, co + m * n, 0);
    for (int i = 0; i < m; i++) {
      for (int p = 0; p < k; p += KC) {
        Arrays.fill(sum, 0);
        for (int q = p; q < Math.min(p + KC, k); q++) {
          double x = a[ao + i * ars + q * acs];
          int row = bo + q * brs;
          for (int j = 0; j < n; j++) {
            sum[j] = Math.fma(x, b[row + j], sum[j]);
          }
        }
        for (int j = 0; j < n; j++) {
          c[co + i * n + j] += sum[j];
        }
      }
    }
  }
}
