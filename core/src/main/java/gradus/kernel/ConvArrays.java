// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// What convolutions do with arrays of one type.
///
/// @param <A> `float[]` or `double[]`
abstract sealed class ConvArrays<A> {
  private static final Floats FLOATS = new Floats();
  private static final Doubles DOUBLES = new Doubles();

  /// Lanes of a vector, and rows of a [#tile].
  final int lanes;

  final int rows;

  private ConvArrays(int lanes, int rows) {
    this.lanes = lanes;
    this.rows = rows;
  }

  static ConvArrays<?> of(Object array) {
    return array instanceof float[] ? FLOATS : DOUBLES;
  }

  /// This thread's array for an image, of at least this length, and that for a tile at an edge.
  abstract A image(int length);

  abstract A edge();

  abstract A allocate(int length);

  abstract void zero(A x, int from, int to);

  /// Copies `n` elements that are `step` apart to consecutive ones.
  abstract void gather(A x, int from, int step, A out, int to, int n);

  /// Copies `n` elements that are `step` apart to ones that are `outStep` apart.
  abstract void spread(A x, int from, int step, A out, int to, int outStep, int n);

  /// Adds `n` consecutive elements to ones that are `step` apart.
  abstract void add(A x, int from, A out, int to, int step, int n);

  /// Sets `out[oo + c · os + r]` to `x[xo + r · rs + c · cs]`.
  abstract void transpose(
      A x, int xo, int rs, int cs, int rows, int columns, A out, int oo, int os);

  /// Adds to a tile of C, rows `cs` apart, one vector of each at `c0` and one at `c1`, the products
  /// of `kc` columns of A, whose rows are `as` apart, and vectors of B: the k-th at `b0 + off[ko +
  /// k]` and at `b1 + off[ko + k]`. Each element gains one fma chain from +0. Rows after row `last`
  /// repeat that one.
  abstract void tile(
      int[] off,
      int ko,
      int kc,
      A a,
      int ao,
      int as,
      int last,
      A b,
      int b0,
      int b1,
      A c,
      int c0,
      int c1,
      int cs);

  private static final class Floats extends ConvArrays<float[]> {
    private final ThreadLocal<float[]> images = ThreadLocal.withInitial(() -> new float[0]);
    private final ThreadLocal<float[]> edges =
        ThreadLocal.withInitial(() -> allocate(2 * lanes * rows));

    Floats() {
      super(Lanes.FLOATS.length(), ConvKernel.MR);
    }

    @Override
    float[] image(int length) {
      float[] image = images.get();
      if (image.length < length) {
        image = new float[length];
        images.set(image);
      }
      return image;
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

    @Override
    void spread(float[] x, int from, int step, float[] out, int to, int outStep, int n) {
      for (int i = 0; i < n; i++) {
        out[to + i * outStep] = x[from + i * step];
      }
    }

    @Override
    void add(float[] x, int from, float[] out, int to, int step, int n) {
      for (int i = 0; i < n; i++) {
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
        int[] off,
        int ko,
        int kc,
        float[] a,
        int ao,
        int as,
        int last,
        float[] b,
        int b0,
        int b1,
        float[] c,
        int c0,
        int c1,
        int cs) {
      ConvKernel.tile(off, ko, kc, a, ao, as, last, b, b0, b1, c, c0, c1, cs);
    }
  }

  private static final class Doubles extends ConvArrays<double[]> {
    private final ThreadLocal<double[]> images = ThreadLocal.withInitial(() -> new double[0]);
    private final ThreadLocal<double[]> edges =
        ThreadLocal.withInitial(() -> allocate(2 * lanes * rows));

    Doubles() {
      super(8, 4);
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
    void gather(double[] x, int from, int step, double[] out, int to, int n) {
      for (int i = 0; i < n; i++) {
        out[to + i] = x[from + i * step];
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
        int[] off,
        int ko,
        int kc,
        double[] a,
        int ao,
        int as,
        int last,
        double[] b,
        int b0,
        int b1,
        double[] c,
        int c0,
        int c1,
        int cs) {
      for (int r = 0; r < rows; r++) {
        int row = ao + Math.min(r, last) * as;
        vector(off, ko, kc, a, row, b, b0, c, c0 + r * cs);
        vector(off, ko, kc, a, row, b, b1, c, c1 + r * cs);
      }
    }

    private void vector(
        int[] off, int ko, int kc, double[] a, int ao, double[] b, int bo, double[] c, int co) {
      for (int lane = 0; lane < lanes; lane++) {
        double sum = 0;
        for (int k = 0; k < kc; k++) {
          sum = Math.fma(a[ao + k], b[bo + off[ko + k] + lane], sum);
        }
        c[co + lane] += sum;
      }
    }
  }
}
