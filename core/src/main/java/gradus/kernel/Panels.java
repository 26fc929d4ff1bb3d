// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.Arrays;

/// A matrix B `[k, n]` laid out once as [GemmKernel] reads it: for many products with few rows
/// each, in which laying it out would cost more than the product.
///
/// What a product adds to an element of C is, in order, one fma chain from +0 over each block of
/// [#KC] k.
final class Panels {
  /// Columns of a panel.
  static final int WIDTH = GemmKernel.VECTORS * Lanes.FLOATS.length();

  /// So much of a panel stays in the L1 cache for the next rows. Part of the result's definition.
  private static final int KC = 128;

  /// Elements below which it is not worth handing over to another thread.
  private static final int GRAIN = 1 << 15;

  private static final int VL = Lanes.FLOATS.length();
  private static final ThreadLocal<float[]> EDGE =
      ThreadLocal.withInitial(() -> new float[GemmKernel.MR * WIDTH]);

  private final int k;
  private final int n;
  private final float[] packed;

  /// Copies B, whose rows are `brs` and whose columns `bcs` apart; one of them is 1.
  Panels(int k, int n, float[] b, int bo, int brs, int bcs) {
    this.k = k;
    this.n = n;
    int panels = Math.ceilDiv(n, WIDTH);
    packed = new float[k * Math.ceilDiv(n, VL) * VL];
    Parallel.forRange(
        panels,
        Math.max(1, GRAIN / (k * WIDTH)),
        (first, last) -> {
          for (int j = first * WIDTH; j < Math.min(last * WIDTH, n); j += WIDTH) {
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
        });
  }

  /// Elements from row to row of the panel that begins with column j.
  private int width(int j) {
    return Math.min(WIDTH, Math.ceilDiv(n - j, VL) * VL);
  }

  /// Adds to the columns from `from`, a multiple of [#WIDTH], to `to` of C `[m, n]` those of A `[m,
  /// k]` times B. The rows of A are `as` apart, those of C `cs`.
  void addProduct(int m, float[] a, int ao, int as, int from, int to, float[] c, int co, int cs) {
    for (int j = from; j < to; j += WIDTH) {
      int width = width(j);
      boolean edge = n - j < width;
      for (int p = 0; p < k; p += KC) {
        int kc = Math.min(KC, k - p);
        int b = j * k + p * width;
        int rows;
        for (int i = 0; i < m; i += rows) {
          rows = GemmKernel.height(m - i);
          int left = ao + i * as + p;
          int at = co + i * cs + j;
          if (edge) {
            edge(rows, kc, a, left, as, b, width, c, at, cs, n - j);
          } else {
            GemmKernel.tile(rows, width / VL, kc, a, left, as, packed, b, width, c, at, cs);
          }
        }
      }
    }
  }

  /// A tile of which C has only some columns.
  private void edge(
      int rows,
      int kc,
      float[] a,
      int ao,
      int as,
      int b,
      int width,
      float[] c,
      int co,
      int cs,
      int columns) {
    float[] tile = EDGE.get();
    Arrays.fill(tile, 0);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(c, co + r * cs, tile, r * WIDTH, columns);
    }
    GemmKernel.tile(rows, width / VL, kc, a, ao, as, packed, b, width, tile, 0, WIDTH);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(tile, r * WIDTH, c, co + r * cs, columns);
    }
  }
}
