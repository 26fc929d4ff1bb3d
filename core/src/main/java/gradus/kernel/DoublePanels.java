// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.Arrays;

/// [Panels] for doubles.
///
/// What a product adds to an element of C is one fma chain from +0 over all of k.
final class DoublePanels {
  private static final int VL = DoubleLanes.DOUBLES.length();

  /// Columns of a panel.
  private static final int WIDTH = GemmKernel.VECTORS * VL;

  private static final ThreadLocal<double[]> EDGE =
      ThreadLocal.withInitial(() -> new double[GemmKernel.MR * WIDTH]);

  private final int k;
  private final int n;
  private final double[] packed;

  /// Copies B, whose rows are `brs` and whose columns `bcs` apart; one of them is 1.
  DoublePanels(int k, int n, double[] b, int bo, int brs, int bcs) {
    this.k = k;
    this.n = n;
    packed = new double[k * Math.ceilDiv(n, VL) * VL];
    for (int j = 0; j < n; j += WIDTH) {
      int columns = Math.min(WIDTH, n - j);
      int from = bo + j * bcs;
      if (brs == 1) {
        Transpose.matrix(b, from, bcs, columns, k, packed, j * k, width(j));
      } else {
        for (int p = 0; p < k; p++) {
          System.arraycopy(b, from + p * brs, packed, j * k + p * width(j), columns);
        }
      }
    }
  }

  /// Elements from row to row of the panel that begins with column j.
  private int width(int j) {
    return Math.min(WIDTH, Math.ceilDiv(n - j, VL) * VL);
  }

  /// As [Panels#addProduct].
  void addProduct(int m, double[] a, int ao, int as, int from, int to, double[] c, int co, int cs) {
    for (int j = from; j < to; j += WIDTH) {
      int width = width(j);
      boolean edge = n - j < width;
      int rows;
      for (int i = 0; i < m; i += rows) {
        rows = GemmKernel.height(m - i);
        int left = ao + i * as;
        int at = co + i * cs + j;
        if (edge) {
          edge(rows, a, left, as, j, c, at, cs);
        } else {
          int vectors = width / VL;
          DoubleGemmKernel.tile(rows, vectors, k, a, left, as, packed, j * k, width, c, at, cs);
        }
      }
    }
  }

  /// A tile of which C has only some columns.
  private void edge(int rows, double[] a, int ao, int as, int j, double[] c, int co, int cs) {
    double[] tile = EDGE.get();
    Arrays.fill(tile, 0);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(c, co + r * cs, tile, r * WIDTH, n - j);
    }
    int width = width(j);
    DoubleGemmKernel.tile(rows, width / VL, k, a, ao, as, packed, j * k, width, tile, 0, WIDTH);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(tile, r * WIDTH, c, co + r * cs, n - j);
    }
  }
}
