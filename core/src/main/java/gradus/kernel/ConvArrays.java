// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/// What convolutions do with arrays of one type.
///
/// @param <A> `float[]` or `double[]`
abstract sealed class ConvArrays<A> {
  private static final Floats FLOATS = new Floats();
  private static final Doubles DOUBLES = new Doubles();

  /// Lanes of a vector, and most vectors in a row of a [#tile].
  final int lanes;

  final int vectors;

  private ConvArrays(int lanes, int vectors) {
    this.lanes = lanes;
    this.vectors = vectors;
  }

  /// Moves the start of this thread's images and panels of floats to one of 0 … 14.
  static void moveTo(int start) {
    FLOATS.images.get().moveTo(start);
    FLOATS.panels.get().moveTo(start);
  }

  static ConvArrays<?> of(Object array) {
    return array instanceof float[] ? FLOATS : DOUBLES;
  }

  /// This thread's array for an image, at least so long from [#imageStart] on. What it held is
  /// lost, and it may start elsewhere than before.
  abstract A image(int length);

  abstract int imageStart();

  /// The same for a panel, which starts at [#panelStart].
  abstract A panel(int length);

  abstract int panelStart();

  /// This thread's array for a tile at an edge.
  abstract A edge();

  abstract A allocate(int length);

  abstract void zero(A x, int from, int to);

  /// Sets elements to element `i` of `values`.
  abstract void fill(A x, int from, int to, A values, int i);

  /// Zeros the `count` first elements of each of so many rows, which are `step` apart.
  abstract void zero(A x, int from, int count, int rows, int step);

  /// Copies `n` elements that are `step` apart to consecutive ones.
  abstract void gather(A x, int from, int step, A out, int to, int n);

  /// Copies `n` elements that are `step` apart to ones that are `outStep` apart.
  abstract void spread(A x, int from, int step, A out, int to, int outStep, int n);

  /// Adds `n` consecutive elements to ones that are `step` apart.
  abstract void add(A x, int from, A out, int to, int step, int n);

  /// Sets `out[oo + c · os + r]` to `x[xo + r · rs + c · cs]`.
  abstract void transpose(
      A x, int xo, int rs, int cs, int rows, int columns, A out, int oo, int os);

  /// The distance of the rows of a panel of so many vectors, which are followed by one to spare.
  final int step(int vectors) {
    return (vectors + 1) * lanes;
  }

  /// The length of a panel of so many rows.
  final int panelLength(int rows) {
    return rows * step(vectors);
  }

  /// Copies pieces of an image to each row of a panel from `to` on, which are `step` apart. What
  /// goes to row i lies behind `at + off[from + i]`. Reads and writes up to a vector more.
  abstract void pack(
      A image,
      int at,
      int[] off,
      int from,
      int rows,
      List<Piece> pieces,
      A panel,
      int to,
      int step);

  /// Consecutive elements of an image: `length` from `at`, which go to `to`.
  record Piece(int at, int to, int length) {}

  /// Adds to a tile of C at `co`, some rows that are `cs` apart, of some vectors each, the products
  /// of `kc` columns of A, whose rows are `as` apart, and the panel B at `bo`. Each element gains
  /// one fma chain from +0.
  abstract void tile(
      int rows, int vectors, int kc, A a, int ao, int as, A b, int bo, A c, int co, int cs);

  /// As [#tile], but the rows of B, as long as the tile's, lie in an image, the k-th at `bo +
  /// off[ko
  /// + k]`, and of A the tile's elements of a column lie side by side.
  abstract void correlate(
      int rows,
      int vectors,
      int[] off,
      int ko,
      int kc,
      A a,
      int ao,
      A b,
      int bo,
      A c,
      int co,
      int cs);

  private static final class Floats extends ConvArrays<float[]> {
    private final ThreadLocal<Scratch> images = ThreadLocal.withInitial(Scratch::new);
    private final ThreadLocal<Scratch> panels = ThreadLocal.withInitial(Scratch::new);
    private final ThreadLocal<float[]> edges =
        ThreadLocal.withInitial(() -> allocate(GemmKernel.MR * vectors * lanes));

    Floats() {
      super(Lanes.FLOATS.length(), GemmKernel.VECTORS);
    }

    @Override
    float[] image(int length) {
      return settled(images, length);
    }

    @Override
    int imageStart() {
      return images.get().start();
    }

    @Override
    float[] panel(int length) {
      return settled(panels, length);
    }

    @Override
    int panelStart() {
      return panels.get().start();
    }

    private static float[] settled(ThreadLocal<Scratch> of, int length) {
      Scratch scratch = of.get();
      scratch.settle();
      return scratch.array(length);
    }

    @Override
    float[] edge() {
      return edges.get();
    }

    @Override
    float[] allocate(int length) {
      return new float[length];
    }

    @Override
    void zero(float[] x, int from, int to) {
      Arrays.fill(x, from, to, 0);
    }

    @Override
    void fill(float[] x, int from, int to, float[] values, int i) {
      Arrays.fill(x, from, to, values[i]);
    }

    @Override
    void zero(float[] x, int from, int count, int rows, int step) {
      for (int r = 0; r < rows; r++) {
        for (int i = 0; i < count; i++) {
          x[from + r * step + i] = 0;
        }
      }
    }

    @Override
    void gather(float[] x, int from, int step, float[] out, int to, int n) {
      if (step == 1) {
        copy(x, from, out, to, n);
      } else {
        for (int i = 0; i < n; i++) {
          out[to + i] = x[from + i * step];
        }
      }
    }

    /// Rows of images are short: the call of a stub would take longer than the copy.
    private static void copy(float[] x, int from, float[] out, int to, int n) {
      int end = Lanes.FLOATS.loopBound(n);
      for (int i = 0; i < end; i += Lanes.FLOATS.length()) {
        FloatVector.fromArray(Lanes.FLOATS, x, from + i).intoArray(out, to + i);
      }
      for (int i = end; i < n; i++) {
        out[to + i] = x[from + i];
      }
    }

    /// Copies whole vectors. What is too much is overwritten by the next piece or fills up the row.
    @Override
    void pack(
        float[] image,
        int at,
        int[] off,
        int from,
        int rows,
        List<Piece> pieces,
        float[] panel,
        int to,
        int step) {
      for (Piece piece : pieces) {
        int v = 0;
        for (; v + lanes < piece.length; v += 2 * lanes) {
          pairs(image, at + piece.at + v, off, from, rows, panel, to + piece.to + v, step);
        }
        if (v < piece.length) {
          vectors(image, at + piece.at + v, off, from, rows, panel, to + piece.to + v, step);
        }
      }
    }

    private static void pairs(
        float[] x, int at, int[] off, int from, int rows, float[] out, int to, int step) {
      for (int i = 0; i < rows; i++) {
        int begin = at + off[from + i];
        int end = to + i * step;
        FloatVector left = FloatVector.fromArray(Lanes.FLOATS, x, begin);
        FloatVector right = FloatVector.fromArray(Lanes.FLOATS, x, begin + Lanes.FLOATS.length());
        left.intoArray(out, end);
        right.intoArray(out, end + Lanes.FLOATS.length());
      }
    }

    private static void vectors(
        float[] x, int at, int[] off, int from, int rows, float[] out, int to, int step) {
      for (int i = 0; i < rows; i++) {
        FloatVector.fromArray(Lanes.FLOATS, x, at + off[from + i]).intoArray(out, to + i * step);
      }
    }

    @Override
    void spread(float[] x, int from, int step, float[] out, int to, int outStep, int n) {
      for (int i = 0; i < n; i++) {
        out[to + i * outStep] = x[from + i * step];
      }
    }

    @Override
    void add(float[] x, int from, float[] out, int to, int step, int n) {
      int done = step == 1 ? Lanes.FLOATS.loopBound(n) : 0;
      for (int i = 0; i < done; i += Lanes.FLOATS.length()) {
        FloatVector.fromArray(Lanes.FLOATS, out, to + i)
            .add(FloatVector.fromArray(Lanes.FLOATS, x, from + i))
            .intoArray(out, to + i);
      }
      for (int i = done; i < n; i++) {
        out[to + i * step] += x[from + i];
      }
    }

    @Override
    void transpose(
        float[] x, int xo, int rs, int cs, int rows, int columns, float[] out, int oo, int os) {
      if (cs == 1) {
        Transpose.matrix(x, xo, rs, rows, columns, out, oo, os);
      } else {
        for (int c = 0; c < columns; c++) {
          gather(x, xo + c * cs, rs, out, oo + c * os, rows);
        }
      }
    }

    @Override
    void tile(
        int rows,
        int vectors,
        int kc,
        float[] a,
        int ao,
        int as,
        float[] b,
        int bo,
        float[] c,
        int co,
        int cs) {
      GemmKernel.tile(rows, vectors, kc, a, ao, as, b, bo, step(vectors), c, co, cs);
    }

    @Override
    void correlate(
        int rows,
        int vectors,
        int[] off,
        int ko,
        int kc,
        float[] a,
        int ao,
        float[] b,
        int bo,
        float[] c,
        int co,
        int cs) {
      ConvKernel.tile(rows, vectors, off, ko, kc, a, ao, b, bo, c, co, cs);
    }
  }

  private static final class Doubles extends ConvArrays<double[]> {
    private final ThreadLocal<double[]> images = ThreadLocal.withInitial(() -> new double[0]);
    private final ThreadLocal<double[]> panels = ThreadLocal.withInitial(() -> new double[0]);
    private final ThreadLocal<double[]> edges =
        ThreadLocal.withInitial(() -> allocate(GemmKernel.MR * vectors * lanes));

    Doubles() {
      super(Lanes.DOUBLES.length(), GemmKernel.VECTORS);
    }

    @Override
    double[] image(int length) {
      double[] image = images.get();
      if (image.length < length) {
        image = new double[length];
        images.set(image);
      }
      return image;
    }

    @Override
    int imageStart() {
      return 0;
    }

    @Override
    double[] panel(int length) {
      double[] panel = panels.get();
      if (panel.length < length) {
        panel = new double[length];
        panels.set(panel);
      }
      return panel;
    }

    @Override
    int panelStart() {
      return 0;
    }

    @Override
    double[] edge() {
      return edges.get();
    }

    @Override
    double[] allocate(int length) {
      return new double[length];
    }

    @Override
    void zero(double[] x, int from, int to) {
      Arrays.fill(x, from, to, 0);
    }

    @Override
    void fill(double[] x, int from, int to, double[] values, int i) {
      Arrays.fill(x, from, to, values[i]);
    }

    @Override
    void zero(double[] x, int from, int count, int rows, int step) {
      for (int r = 0; r < rows; r++) {
        for (int i = 0; i < count; i++) {
          x[from + r * step + i] = 0;
        }
      }
    }

    @Override
    void gather(double[] x, int from, int step, double[] out, int to, int n) {
      for (int i = 0; i < n; i++) {
        out[to + i] = x[from + i * step];
      }
    }

    @Override
    void pack(
        double[] image,
        int at,
        int[] off,
        int from,
        int rows,
        List<Piece> pieces,
        double[] panel,
        int to,
        int step) {
      for (Piece piece : pieces) {
        for (int i = 0; i < rows; i++) {
          int begin = at + off[from + i] + piece.at;
          System.arraycopy(image, begin, panel, to + i * step + piece.to, piece.length);
        }
      }
    }

    @Override
    void spread(double[] x, int from, int step, double[] out, int to, int outStep, int n) {
      for (int i = 0; i < n; i++) {
        out[to + i * outStep] = x[from + i * step];
      }
    }

    @Override
    void add(double[] x, int from, double[] out, int to, int step, int n) {
      for (int i = 0; i < n; i++) {
        out[to + i * step] += x[from + i];
      }
    }

    @Override
    void transpose(
        double[] x, int xo, int rs, int cs, int rows, int columns, double[] out, int oo, int os) {
      for (int c = 0; c < columns; c++) {
        gather(x, xo + c * cs, rs, out, oo + c * os, rows);
      }
    }

    @Override
    void tile(
        int rows,
        int vectors,
        int kc,
        double[] a,
        int ao,
        int as,
        double[] b,
        int bo,
        double[] c,
        int co,
        int cs) {
      DoubleGemmKernel.tile(rows, vectors, kc, a, ao, as, b, bo, step(vectors), c, co, cs);
    }

    @Override
    void correlate(
        int rows,
        int vectors,
        int[] off,
        int ko,
        int kc,
        double[] a,
        int ao,
        double[] b,
        int bo,
        double[] c,
        int co,
        int cs) {
      DoubleConvKernel.tile(rows, vectors, off, ko, kc, a, ao, b, bo, c, co, cs);
    }
  }
}
