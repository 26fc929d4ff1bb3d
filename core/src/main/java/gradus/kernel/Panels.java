// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A matrix B `[k, n]` laid out as [GemmKernel] reads it: once for many products with few rows
/// each, in which laying it out would cost more than the product, or for one product panel by
/// panel, each of which then is in the cache.
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
  private static final ThreadLocal<float[]> PANEL = ThreadLocal.withInitial(() -> new float[0]);

  private final int k;
  private final int n;
  private final float[] b;
  private final int bo;
  private final int brs;
  private final int bcs;

  /// All panels one after the other, if they were laid out before.
  private final float @Nullable [] all;

  /// Lays out B, whose rows are `brs` and whose columns `bcs` apart, one of which is 1, for so many
  /// products.
  Panels(int products, int k, int n, float[] b, int bo, int brs, int bcs) {
    this.k = k;
    this.n = n;
    this.b = b;
    this.bo = bo;
    this.brs = brs;
    this.bcs = bcs;
    all = products > 1 ? new float[k * Math.ceilDiv(n, VL) * VL] : null;
    if (all != null) {
      Parallel.forRange(
          Math.ceilDiv(n, WIDTH),
          Math.max(1, GRAIN / (k * WIDTH)),
          (first, last) -> {
            for (int j = first * WIDTH; j < Math.min(last * WIDTH, n); j += WIDTH) {
              layOut(j, all, j * k);
            }
          });
    }
  }

  /// Copies the panel that begins with column j.
  private void layOut(int j, float[] panel, int at) {
    int columns = Math.min(WIDTH, n - j);
    int from = bo + j * bcs;
    if (brs == 1) {
      Transpose.matrix(b, from, bcs, columns, k, panel, at, width(j));
    } else {
      for (int p = 0; p < k; p++) {
        System.arraycopy(b, from + p * brs, panel, at + p * width(j), columns);
      }
    }
  }

  /// The panel that begins with column j, at the start of an array of this thread.
  private float[] panel(int j) {
    float[] panel = PANEL.get();
    if (panel.length < k * width(j)) {
      panel = new float[k * WIDTH];
      PANEL.set(panel);
    }
    layOut(j, panel, 0);
    return panel;
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
      float[] panel = all == null ? panel(j) : all;
      for (int p = 0; p < k; p += KC) {
        int kc = Math.min(KC, k - p);
        int right = (all == null ? 0 : j * k) + p * width;
        int rows;
        for (int i = 0; i < m; i += rows) {
          rows = GemmKernel.height(m - i);
          int left = ao + i * as + p;
          int at = co + i * cs + j;
          if (edge) {
            edge(rows, kc, a, left, as, panel, right, width, c, at, cs, n - j);
          } else {
            GemmKernel.tile(rows, width / VL, kc, a, left, as, panel, right, width, c, at, cs);
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
      float[] panel,
      int right,
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
    GemmKernel.tile(rows, width / VL, kc, a, ao, as, panel, right, width, tile, 0, WIDTH);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(tile, r * WIDTH, c, co + r * cs, columns);
    }
  }
}
