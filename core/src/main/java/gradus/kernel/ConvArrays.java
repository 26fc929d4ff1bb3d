// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
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

  /// Writes a number for [#correlate] to element `i`: its bits.
  abstract void place(A x, int i, int place);

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

  /// The length of the largest panel of so many rows, with what [#pack] writes behind the last.
  final int panelLength(int rows) {
    return (rows * vectors + 1) * lanes;
  }

  /// Copies vectors of an image to each row of a panel from `to` on, which are `step` apart: to
  /// where `target` says those from where `source` says, in row i behind `at + off[from + i]`. Each
  /// may overwrite what the ones before it wrote, also of the row before.
  abstract void pack(
      A image,
      int at,
      int[] off,
      int from,
      int rows,
      int[] source,
      int[] target,
      A panel,
      int to,
      int step);

  /// Adds to a tile of C at `co`, some rows that are `cs` apart, of some vectors each, the products
  /// of `kc` columns of A, whose rows are `as` apart, and the panel B at `bo`. Each element gains
  /// one fma chain from +0.
  abstract void tile(
      int rows, int vectors, int kc, A a, int ao, int as, A b, int bo, A c, int co, int cs);

  /// Sets a tile of C as that of [#tile], in row r to element `so + r` of `start` plus the products
  /// of `kc` columns of A and as many rows of B, as long as the tile's, which lie in an image. Of
  /// A, the tile's elements of a column lie side by side, and in front of them stands how far
  /// behind `bo` the row of B begins, as a [#place].
  abstract void correlate(
      int rows,
      int vectors,
      int kc,
      A a,
      int ao,
      A b,
      int bo,
      A start,
      int so,
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
    void place(float[] x, int i, int place) {
      x[i] = Float.intBitsToFloat(place);
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
      for (int i = from; i < from + count; i++) {
        for (int r = 0; r < rows; r++) {
          x[i + r * step] = 0;
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

    /// Rows of images are short: the call of a stub would take longer than the copy. The last
    /// vector begins where it ends with the row.
    private static void copy(float[] x, int from, float[] out, int to, int n) {
      int last = n - Lanes.FLOATS.length();
      if (last < 0) {
        for (int i = 0; i < n; i++) {
          out[to + i] = x[from + i];
        }
        return;
      }
      for (int i = 0; i < last; i += Lanes.FLOATS.length()) {
        FloatVector.fromArray(Lanes.FLOATS, x, from + i).intoArray(out, to + i);
      }
      FloatVector.fromArray(Lanes.FLOATS, x, from + last).intoArray(out, to + last);
    }

    @Override
    void pack(
        float[] image,
        int at,
        int[] off,
        int from,
        int rows,
        int[] source,
        int[] target,
        float[] panel,
        int to,
        int step) {
      for (int i = 0; i < rows; i++) {
        int begin = at + off[from + i];
        int row = to + i * step;
        for (int v = 0; v < source.length; v++) {
          FloatVector.fromArray(Lanes.FLOATS, image, begin + source[v])
              .intoArray(panel, row + target[v]);
        }
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
      GemmKernel.tile(rows, vectors, kc, a, ao, as, b, bo, vectors * lanes, c, co, cs);
    }

    @Override
    void correlate(
        int rows,
        int vectors,
        int kc,
        float[] a,
        int ao,
        float[] b,
        int bo,
        float[] start,
        int so,
        float[] c,
        int co,
        int cs) {
      ConvKernel.tile(rows, vectors, kc, a, ao, b, bo, start, so, c, co, cs);
    }
  }

  private static final class Doubles extends ConvArrays<double[]> {
    private final ThreadLocal<double[]> images = ThreadLocal.withInitial(() -> new double[0]);
    private final ThreadLocal<double[]> panels = ThreadLocal.withInitial(() -> new double[0]);
    private final ThreadLocal<double[]> edges =
        ThreadLocal.withInitial(() -> allocate(GemmKernel.MR * vectors * lanes));

    Doubles() {
      super(DoubleLanes.DOUBLES.length(), GemmKernel.VECTORS);
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
    void place(double[] x, int i, int place) {
      x[i] = Double.longBitsToDouble(place);
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
      for (int i = from; i < from + count; i++) {
        for (int r = 0; r < rows; r++) {
          x[i + r * step] = 0;
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
        int[] source,
        int[] target,
        double[] panel,
        int to,
        int step) {
      for (int i = 0; i < rows; i++) {
        int begin = at + off[from + i];
        int row = to + i * step;
        for (int v = 0; v < source.length; v++) {
          DoubleVector.fromArray(DoubleLanes.DOUBLES, image, begin + source[v])
              .intoArray(panel, row + target[v]);
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
      DoubleGemmKernel.tile(rows, vectors, kc, a, ao, as, b, bo, vectors * lanes, c, co, cs);
    }

    @Override
    void correlate(
        int rows,
        int vectors,
        int kc,
        double[] a,
        int ao,
        double[] b,
        int bo,
        double[] start,
        int so,
        double[] c,
        int co,
        int cs) {
      DoubleConvKernel.tile(rows, vectors, kc, a, ao, b, bo, start, so, c, co, cs);
    }
  }
}
