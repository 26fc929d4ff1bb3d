// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static gradus.kernel.Gemm.KC;
import static gradus.kernel.GemmKernel.TALL;
import static gradus.kernel.GemmKernel.VECTORS;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/// [Gemm] for doubles: C `[m, n]`, contiguous from `co`, is overwritten with A `[m, k]` times B
/// `[k, n]`, which are read with any row and column strides.
///
/// Every element of C, of vectors too, is the sum, from +0 and in order, of one fma chain from +0
/// over each block of [Gemm#KC] k. A is packed unless its rows lie in the order of k, and B unless
/// its rows are consecutive and read too seldom for a copy to be worth it.
public final class DoubleGemm {
  private static final VectorSpecies<Double> S = DoubleLanes.DOUBLES;
  private static final int VL = S.length();

  /// Columns of a panel of B.
  private static final int NR = VECTORS * VL;

  /// Blocks of k that a tile of C gains in one go: as many rows of a panel of B stay in the L2
  /// cache.
  private static final int KB = 3 * KC;

  /// Most rows of A packed at once.
  private static final int MC = 512;

  /// Rows of C up to which B is not packed if its rows are consecutive.
  private static final int FEW_ROWS = 64;

  /// Elements of B up to which it is not packed if its rows are consecutive: the L1 cache holds
  /// them.
  private static final int SMALL = 1 << 12;

  /// Elements of a matrix, to be multiplied by a vector, below which it is not worth handing over
  /// to another thread.
  private static final int GRAIN = 1 << 16;

  private static final ThreadLocal<DoubleGemm> SPACE = ThreadLocal.withInitial(DoubleGemm::new);

  private final double[] edge = new double[TALL * NR];
  private double[] packedA = new double[0];
  private double[] packedB = new double[0];

  private DoubleGemm() {}

  /// C = A · B.
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
    if (n == 1 && m > 1) {
      run(1, m, k, b, bo, 0, brs, a, ao, acs, ars, c, co);
    } else if (k == 0) {
      Arrays.fill(c, co, co + m * n, 0);
    } else if (m == 1 && (bcs != 1 || n == 1)) {
      Parallel.forRange(
          n,
          Math.max(1, GRAIN / k),
          (from, to) -> row(from, to, k, a, ao, acs, b, bo, brs, bcs, c, co));
    } else if (!Gemm.large(m, n, k)) {
      SPACE.get().block(m, n, k, a, ao, ars, acs, b, bo, brs, bcs, c, co, n);
    } else {
      Gemm.split(
          m,
          n,
          k,
          NR,
          (i, rows, j, columns) -> {
            int left = ao + i * ars;
            int right = bo + j * bcs;
            int to = co + i * n + j;
            SPACE.get().block(rows, columns, k, a, left, ars, acs, b, right, brs, bcs, c, to, n);
          });
    }
  }

  /// Some elements of a vector times a matrix whose rows are not consecutive: eight chains at a
  /// time, so that none waits for itself.
  private static void row(
      int from,
      int to,
      int k,
      double[] a,
      int ao,
      int as,
      double[] b,
      int bo,
      int brs,
      int bcs,
      double[] c,
      int co) {
    // Where there are fewer, the last is found several times.
    int last = to - 1;
    for (int j = from; j < to; j += 8) {
      int j1 = Math.min(j + 1, last);
      int j2 = Math.min(j + 2, last);
      int j3 = Math.min(j + 3, last);
      int j4 = Math.min(j + 4, last);
      int j5 = Math.min(j + 5, last);
      int j6 = Math.min(j + 6, last);
      int j7 = Math.min(j + 7, last);
      double c0 = 0;
      double c1 = 0;
      double c2 = 0;
      double c3 = 0;
      double c4 = 0;
      double c5 = 0;
      double c6 = 0;
      double c7 = 0;
      for (int p = 0; p < k; p += KC) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int end = Math.min(p + KC, k);
        for (int q = p; q < end; q++) {
          double x = a[ao + q * as];
          int at = bo + q * brs;
          s0 = Math.fma(x, b[at + j * bcs], s0);
          s1 = Math.fma(x, b[at + j1 * bcs], s1);
          s2 = Math.fma(x, b[at + j2 * bcs], s2);
          s3 = Math.fma(x, b[at + j3 * bcs], s3);
          s4 = Math.fma(x, b[at + j4 * bcs], s4);
          s5 = Math.fma(x, b[at + j5 * bcs], s5);
          s6 = Math.fma(x, b[at + j6 * bcs], s6);
          s7 = Math.fma(x, b[at + j7 * bcs], s7);
        }
        c0 += s0;
        c1 += s1;
        c2 += s2;
        c3 += s3;
        c4 += s4;
        c5 += s5;
        c6 += s6;
        c7 += s7;
      }
      c[co + j] = c0;
      c[co + j1] = c1;
      c[co + j2] = c2;
      c[co + j3] = c3;
      c[co + j4] = c4;
      c[co + j5] = c5;
      c[co + j6] = c6;
      c[co + j7] = c7;
    }
  }

  /// C = A · B, where C's rows are `cs` apart and k is not 0.
  private void block(
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
      int co,
      int cs) {
    boolean directA = acs == 1;
    boolean directB = bcs == 1 && (m <= FEW_ROWS || k * n <= SMALL);
    int mc = directA ? m : Math.min(m, MC);
    for (int p = 0; p < k; p += KB) {
      int kb = Math.min(KB, k - p);
      // Not a power of two, so that rows do not share cache sets.
      int step = directA ? ars : kb + 8;
      for (int i = 0; i < m; i += mc) {
        int rows = Math.min(mc, m - i);
        int left = ao + i * ars + p * acs;
        if (!directA) {
          packA(a, left, ars, acs, rows, kb, step);
        }
        for (int j = 0; j < n; j += NR) {
          int columns = Math.min(NR, n - j);
          int width = Math.ceilDiv(columns, VL) * VL;
          int right = bo + p * brs + j * bcs;
          boolean here = directB && columns == width;
          if (!here) {
            packB(b, right, brs, bcs, kb, columns, width);
          }
          tiles(
              p == 0,
              rows,
              columns,
              kb,
              directA ? a : packedA,
              directA ? left : 0,
              step,
              here ? b : packedB,
              here ? right : 0,
              here ? brs : width,
              c,
              co + i * cs + j,
              cs);
        }
      }
    }
  }

  /// Adds `rows` rows of A times a panel of B to C, or to 0 if these are the `first` rows of B.
  private void tiles(
      boolean first,
      int rows,
      int columns,
      int kb,
      double[] a,
      int ao,
      int as,
      double[] b,
      int bo,
      int bs,
      double[] c,
      int co,
      int cs) {
    int vectors = Math.ceilDiv(columns, VL);
    boolean whole = columns == vectors * VL;
    int height;
    for (int i = 0; i < rows; i += height) {
      height = GemmKernel.height(rows - i, vectors);
      int to = co + i * cs;
      for (int r = 0; r < height && first; r++) {
        zero(c, to + r * cs, columns);
      }
      for (int p = 0; p < kb; p += KC) {
        int kc = Math.min(KC, kb - p);
        int left = ao + i * as + p;
        int right = bo + p * bs;
        if (whole) {
          DoubleGemmKernel.tile(height, vectors, kc, a, left, as, b, right, bs, c, to, cs);
          continue;
        }
        Arrays.fill(edge, 0);
        DoubleGemmKernel.tile(height, vectors, kc, a, left, as, b, right, bs, edge, 0, NR);
        for (int r = 0; r < height; r++) {
          for (int q = 0; q < columns; q++) {
            c[to + r * cs + q] += edge[r * NR + q];
          }
        }
      }
    }
  }

  private static void zero(double[] c, int co, int n) {
    int end = S.loopBound(n);
    for (int q = 0; q < end; q += VL) {
      DoubleVector.zero(S).intoArray(c, co + q);
    }
    for (int q = end; q < n; q++) {
      c[co + q] = 0;
    }
  }

  /// Lays out rows of A, whose elements are not consecutive, one after the other.
  private void packA(double[] a, int ao, int ars, int acs, int rows, int kb, int step) {
    if (packedA.length < rows * step) {
      packedA = new double[rows * step];
    }
    if (ars == 1) {
      Transpose.matrix(a, ao, acs, kb, rows, packedA, 0, step);
      return;
    }
    for (int i = 0; i < rows; i++) {
      for (int p = 0; p < kb; p++) {
        packedA[i * step + p] = a[ao + i * ars + p * acs];
      }
    }
  }

  /// Lays out a panel of B row by row, which begin `width` apart. What is between them does not
  /// matter: no element of C is made of it.
  private void packB(double[] b, int bo, int brs, int bcs, int kb, int columns, int width) {
    if (packedB.length < kb * width) {
      packedB = new double[kb * width];
    }
    if (brs == 1) {
      Transpose.matrix(b, bo, bcs, columns, kb, packedB, 0, width);
      return;
    }
    for (int p = 0; p < kb; p++) {
      int from = bo + p * brs;
      if (bcs == 1) {
        copy(b, from, packedB, p * width, columns);
      } else {
        for (int q = 0; q < columns; q++) {
          packedB[p * width + q] = b[from + q * bcs];
        }
      }
    }
  }

  private static void copy(double[] x, int xo, double[] out, int oo, int n) {
    int end = S.loopBound(n);
    for (int q = 0; q < end; q += VL) {
      DoubleVector.fromArray(S, x, xo + q).intoArray(out, oo + q);
    }
    for (int q = end; q < n; q++) {
      out[oo + q] = x[xo + q];
    }
  }
}
