// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static gradus.kernel.GemmKernel.MR;
import static gradus.kernel.GemmKernel.ROW;
import static gradus.kernel.GemmKernel.TALL;
import static gradus.kernel.GemmKernel.VECTORS;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// Matrix products: C `[m, n]`, contiguous from `co`, is overwritten with A `[m, k]` times B `[k,
/// n]`, which are read with any row and column strides.
///
/// Blocked as in Van Zee and van de Geijn, "BLIS: a framework for rapidly instantiating BLAS
/// functionality", ACM TOMS 41 (2015): panels of B are packed so that the kernel reads them in the
/// order in which they lie, and so is A unless it lies like that. Unlike there, what stays in the
/// L2 cache is some panels of B, and the rows of A pass by: a tile of them stays in the L1 cache
/// for as many tiles of C. What would be read too seldom to be worth a copy is read where it lies.
/// A product with a vector is [Gemv]'s.
public final class Gemm {
  /// Every element of C is the sum, from +0 and in order, of one fma chain from +0 over each block
  /// of so many k, unless C is a vector. This constant is part of the result's definition; the
  /// others are not.
  static final int KC = 512;

  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final int VL = Lanes.FLOATS.length();

  /// Columns of a panel of B.
  private static final int NR = VECTORS * VL;

  /// Columns of B that are packed at once: a block of k of them stays in the L2 cache.
  private static final int GROUP = 4 * NR;

  /// Elements of A packed at once, about: what rows of them are left need B packed anew.
  private static final int PACKED = 3 << 19;

  /// Rows of B copied to one panel before the next gets its own.
  private static final int COPIED = 16;

  /// Columns of C from which it is worth packing A even where its rows are consecutive, for the
  /// kernel that needs their distance to be a constant.
  private static final int MANY_COLUMNS = 1024;

  /// Rows of C from which it is.
  private static final int MANY_ROWS = 48;

  /// Rows of C up to which B is not packed if its rows are consecutive: a copy is read too seldom
  /// to be worth it.
  private static final int FEW_ROWS = 32;

  /// Elements of B up to which it is not packed if its rows are consecutive: the L1 cache holds
  /// them.
  private static final int SMALL = 1 << 13;

  /// Rows and columns of what is computed transposed at once: with a block of k of the packed
  /// factor they stay in the L2 cache.
  private static final int TURNED_ROWS = 384;

  private static final int TURNED_COLUMNS = GROUP;

  /// Rows for each thread from which what is computed transposed is cut between its rows: each
  /// thread packs its own. Between columns, all would pack the same, but read less of B.
  private static final int TURNED_EACH = 2 * NR;

  /// Elements of the packed factor of what is computed transposed, at most.
  private static final int TURNED_PACKED = 1 << 21;

  /// Multiplications below which it is not worth handing over to another thread.
  private static final long GRAIN = 1 << 19;

  /// Multiplications of a product that is long enough to look first where its panels lie best.
  private static final int LONG = 1 << 22;

  /// Multiplications to begin with in [PlainGemm]: those of some of a small net's steps.
  static final Plain PLAIN = new Plain(1 << 28);

  private static final ThreadLocal<Gemm> SPACE = ThreadLocal.withInitial(Gemm::new);

  private final float[] edge = new float[TALL * NR];
  private float[] packedA = new float[0];
  private final Scratch packedB = new Scratch();

  private Gemm() {}

  /// What this thread packs B into.
  static Scratch scratch() {
    return SPACE.get().packedB;
  }

  /// C = A · B.
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
    run(m, n, k, a, ao, ars, acs, b, bo, brs, bcs, null, 0, c, co);
  }

  /// C = A · B, and to each row of C is added the one that begins at `row[ro]`, if there is one:
  /// part by part, while the part is in a cache.
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
      float @Nullable [] row,
      int ro,
      float[] c,
      int co) {
    if (m == 1) {
      Gemv.run(n, k, b, bo, bcs, brs, a, ao, acs, c, co);
      addRow(row, ro, 1, n, c, co, n);
    } else if (n == 1) {
      Gemv.run(m, k, a, ao, ars, acs, b, bo, brs, c, co);
      addElement(row, ro, m, c, co);
    } else {
      product(m, n, k, a, ao, ars, acs, b, bo, brs, bcs, row, ro, c, co);
    }
  }

  private static void product(
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
      float @Nullable [] row,
      int ro,
      float[] c,
      int co) {
    if (k == 0) {
      Arrays.fill(c, co, co + m * n, 0);
      addRow(row, ro, m, n, c, co, n);
      return;
    }
    if (PLAIN.takes((long) m * n * k)) {
      PlainGemm.run(m, n, k, a, ao, ars, acs, b, bo, brs, bcs, c, co);
      addRow(row, ro, m, n, c, co, n);
      return;
    }
    if (!large(m, n, k)) {
      SPACE.get().block(m, n, k, a, ao, ars, acs, b, bo, brs, bcs, row, ro, c, co, n);
      return;
    }
    Part part =
        (i, rows, j, columns) -> {
          int left = ao + i * ars;
          int right = bo + j * bcs;
          int to = co + i * n + j;
          SPACE
              .get()
              .block(
                  rows, columns, k, a, left, ars, acs, b, right, brs, bcs, row, ro + j, c, to, n);
        };
    if (isTurned(m, n, k, brs) && m >= TURNED_EACH * Parallel.threads()) {
      share(m, NR, parts(m, n, k), (i, end) -> part.run(i, end - i, 0, n));
    } else {
      split(m, n, k, NR, part);
    }
  }

  /// Some rows of a product, from `i` on, and some of its columns, from `j` on.
  @FunctionalInterface
  interface Part {
    void run(int i, int rows, int j, int columns);
  }

  /// Whether a product is worth being cut.
  static boolean large(int m, int n, int k) {
    return (long) m * n * k >= 2 * GRAIN;
  }

  /// Cuts a [#large] product along panels of `nr` columns or tiles of rows, whichever there are
  /// more of, and has threads share them out.
  static void split(int m, int n, int k, int nr, Part part) {
    int parts = parts(m, n, k);
    if (n >= m) {
      share(n, nr, parts, (j, end) -> part.run(0, m, j, end - j));
    } else {
      share(m, MR, parts, (i, end) -> part.run(i, end - i, 0, n));
    }
  }

  /// One part for each thread, or fewer where one would have too little to do.
  private static int parts(int m, int n, int k) {
    return (int) Math.min(Parallel.threads(), (long) m * n * k / GRAIN);
  }

  /// Cuts `length` rows or columns between whole units into at most so many parts, and has threads
  /// share them out.
  private static void share(int length, int unit, int most, Parallel.Range range) {
    Parallel.forParts(
        Math.ceilDiv(length, unit),
        most,
        (first, last) -> range.run(first * unit, Math.min(last * unit, length)));
  }

  /// C = A · B, where C's rows are `cs` apart and k is not 0, plus `row` in each row.
  private void block(
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
      float @Nullable [] row,
      int ro,
      float[] c,
      int co,
      int cs) {
    if ((long) m * n * k >= LONG) {
      packedB.settle();
    }
    if (isTurned(m, n, k, brs)) {
      turned(m, n, k, a, ao, ars, acs, b, bo, bcs, row, ro, c, co, cs);
      return;
    }
    boolean directB = bcs == 1 && (m <= FEW_ROWS || k * n <= SMALL);
    int group = directB ? NR : GROUP;
    for (int p = 0; p < k; p += KC) {
      int kc = Math.min(KC, k - p);
      boolean deep = 4 * kc >= KC;
      boolean pack = acs != 1 || (deep && !directB && n >= MANY_COLUMNS && m >= MANY_ROWS);
      int step = !pack ? ars : deep ? ROW : kc + 16;
      int most = pack ? Math.min(m, PACKED / step) : m;
      for (int i = 0; i < m; i += most) {
        int rows = Math.min(most, m - i);
        int left = ao + i * ars + p * acs;
        if (pack) {
          packA(a, left, ars, acs, rows, kc, step);
        }
        float[] x = pack ? packedA : a;
        int xo = pack ? 0 : left;
        for (int j = 0; j < n; j += group) {
          int columns = Math.min(group, n - j);
          int right = bo + p * brs + j * bcs;
          int to = co + i * cs + j;
          if (directB && columns % VL == 0) {
            tiles(p == 0, rows, columns, kc, x, xo, step, b, right, brs, c, to, cs);
          } else {
            packB(b, right, brs, bcs, kc, columns, 0);
            panels(p == 0, rows, columns, kc, x, xo, step, 0, c, to, cs);
          }
          if (p + kc == k) {
            addRow(row, ro + j, rows, columns, c, to, cs);
          }
        }
      }
    }
  }

  /// Whether [#turned] computes a product.
  private static boolean isTurned(int m, int n, int k, int brs) {
    boolean many = n >= 2 * m;
    boolean fuller = m % NR == 0 && n % NR != 0 && 3 * m <= 4 * n;
    return brs == 1 && m >= VL && (many || fuller) && k <= TURNED_PACKED / NR;
  }

  /// C = A · B where the columns of B lie in the order of k and there are many, or they would not
  /// fill panels and the rows of A do: as the transpose of Bᵀ · Aᵀ, for which only A is packed, and
  /// B is read once, where it lies.
  private void turned(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      int ars,
      int acs,
      float[] b,
      int bo,
      int bcs,
      float @Nullable [] row,
      int ro,
      float[] c,
      int co,
      int cs) {
    int most = Math.min(TURNED_COLUMNS, TURNED_PACKED / k / NR * NR);
    for (int i0 = 0; i0 < m; i0 += most) {
      int columns = Math.min(most, m - i0);
      int width = Math.ceilDiv(columns, VL) * VL;
      // The results come behind the packed factor, where they are not across cache lines either.
      float[] turned = packedB.array((k + Math.min(TURNED_ROWS, n)) * width);
      int to = packedB.start() + k * width;
      for (int p = 0; p < k; p += KC) {
        int kc = Math.min(KC, k - p);
        packB(a, ao + i0 * ars + p * acs, acs, ars, kc, columns, p * width);
      }
      for (int j0 = 0; j0 < n; j0 += TURNED_ROWS) {
        int rows = Math.min(TURNED_ROWS, n - j0);
        for (int p = 0; p < k; p += KC) {
          int kc = Math.min(KC, k - p);
          int left = bo + j0 * bcs + p;
          panels(p == 0, rows, width, kc, b, left, bcs, p * width, turned, to, width);
        }
        for (int r = 0; r < rows; r++) {
          addElement(row, ro + j0 + r, columns, turned, to + r * width);
        }
        Transpose.matrix(turned, to, width, rows, columns, c, co + i0 * cs + j0, cs);
      }
    }
  }

  private static void addRow(
      float @Nullable [] row, int ro, int rows, int columns, float[] c, int co, int cs) {
    if (row != null) {
      for (int i = 0; i < rows; i++) {
        int to = co + i * cs;
        Binary.ADD.run(c, to, 1, row, ro, 1, c, to, columns);
      }
    }
  }

  /// Adds `row[ro]` to `n` elements of C.
  private static void addElement(float @Nullable [] row, int ro, int n, float[] c, int co) {
    if (row != null) {
      Binary.ADD.run(c, co, 1, row, ro, 0, c, co, n);
    }
  }

  /// Adds `rows` rows of A times as many packed columns of B, which lie `at` floats into what is
  /// packed, to C, or to 0 if these are the `first` rows of B. A tile of A takes its turn with all
  /// panels, so that it is read from afar only once.
  private void panels(
      boolean first,
      int rows,
      int columns,
      int kc,
      float[] a,
      int ao,
      int as,
      int at,
      float[] c,
      int co,
      int cs) {
    float[] b = packedB.array();
    int bo = packedB.start() + at;
    int height;
    for (int i = 0; i < rows; i += height) {
      height = columns > NR ? GemmKernel.height(rows - i) : rows;
      for (int j = 0; j < columns; j += NR) {
        int panel = Math.min(NR, columns - j);
        int width = Math.ceilDiv(panel, VL) * VL;
        int left = ao + i * as;
        int to = co + i * cs + j;
        tiles(first, height, panel, kc, a, left, as, b, bo + j * kc, width, c, to, cs);
      }
    }
  }

  /// Adds `rows` rows of A times a panel of B to C, or to 0 if these are the `first` rows of B.
  private void tiles(
      boolean first,
      int rows,
      int columns,
      int kc,
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      int bs,
      float[] c,
      int co,
      int cs) {
    int vectors = Math.ceilDiv(columns, VL);
    boolean whole = columns == vectors * VL;
    int height;
    for (int i = 0; i < rows; i += height) {
      height = GemmKernel.height(rows - i, vectors);
      int left = ao + i * as;
      int to = co + i * cs;
      if (!whole) {
        Arrays.fill(edge, 0);
        GemmKernel.tile(height, vectors, kc, a, left, as, b, bo, bs, edge, 0, NR);
        for (int r = 0; r < height; r++) {
          if (first) {
            System.arraycopy(edge, r * NR, c, to + r * cs, columns);
          } else {
            add(edge, r * NR, c, to + r * cs, columns);
          }
        }
      } else if (first && GemmKernel.isPacked(height, vectors, as, bs)) {
        GemmKernel.set(kc, a, left, as, b, bo, bs, c, to, cs);
      } else {
        if (first) {
          zero(c, to, cs, height, columns);
        }
        GemmKernel.tile(height, vectors, kc, a, left, as, b, bo, bs, c, to, cs);
      }
    }
  }

  private static void zero(float[] c, int co, int cs, int rows, int columns) {
    for (int r = 0; r < rows; r++) {
      for (int q = 0; q < columns; q += VL) {
        FloatVector.zero(S).intoArray(c, co + r * cs + q);
      }
    }
  }

  private static void add(float[] x, int xo, float[] c, int co, int n) {
    int end = S.loopBound(n);
    for (int q = 0; q < end; q += VL) {
      FloatVector.fromArray(S, c, co + q)
          .add(FloatVector.fromArray(S, x, xo + q))
          .intoArray(c, co + q);
    }
    for (int q = end; q < n; q++) {
      c[co + q] += x[xo + q];
    }
  }

  /// Lays out rows of A one after the other, `step` apart.
  private void packA(float[] a, int ao, int ars, int acs, int rows, int kc, int step) {
    if (packedA.length < rows * step) {
      packedA = new float[rows * step];
    }
    if (ars == 1) {
      Transpose.matrix(a, ao, acs, kc, rows, packedA, 0, step);
      return;
    }
    for (int i = 0; i < rows; i++) {
      if (acs == 1) {
        System.arraycopy(a, ao + i * ars, packedA, i * step, kc);
        continue;
      }
      for (int p = 0; p < kc; p++) {
        packedA[i * step + p] = a[ao + i * ars + p * acs];
      }
    }
  }

  /// Lays out columns of B panel by panel and each panel row by row, `at` floats into what is
  /// packed, the last one filled up with zeros to whole vectors.
  private void packB(float[] b, int bo, int brs, int bcs, int kc, int columns, int at) {
    float[] packed = packedB.array(at + kc * Math.ceilDiv(columns, VL) * VL);
    int to = packedB.start() + at;
    int full = bcs == 1 && brs != 1 ? columns / NR * NR : 0;
    copyRows(b, bo, brs, kc, full, packed, to);
    for (int j = full; j < columns; j += NR) {
      packPanel(b, bo + j * bcs, brs, bcs, kc, Math.min(NR, columns - j), packed, to + j * kc);
    }
  }

  private static void packPanel(
      float[] b, int bo, int brs, int bcs, int kc, int columns, float[] packed, int to) {
    int width = Math.ceilDiv(columns, VL) * VL;
    if (columns < width) {
      for (int p = 0; p < kc; p++) {
        FloatVector.zero(S).intoArray(packed, to + (p + 1) * width - VL);
      }
    }
    if (brs == 1) {
      Transpose.matrix(b, bo, bcs, columns, kc, packed, to, width);
      return;
    }
    for (int p = 0; p < kc; p++) {
      int from = bo + p * brs;
      if (bcs == 1) {
        System.arraycopy(b, from, packed, to + p * width, columns);
      } else {
        for (int q = 0; q < columns; q++) {
          packed[to + p * width + q] = b[from + q * bcs];
        }
      }
    }
  }

  /// Copies rows of whole panels, some rows to each panel in turn: faster than each row through to
  /// its end, perhaps because places of panels that are written together share cache sets.
  private static void copyRows(
      float[] b, int bo, int brs, int rows, int columns, float[] out, int to) {
    for (int first = 0; first < rows; first += COPIED) {
      int last = Math.min(first + COPIED, rows);
      for (int j = 0; j < columns; j += NR) {
        for (int p = first; p < last; p++) {
          for (int v = 0; v < NR; v += VL) {
            FloatVector.fromArray(S, b, bo + p * brs + j + v)
                .intoArray(out, to + j * rows + p * NR + v);
          }
        }
      }
    }
  }
}
