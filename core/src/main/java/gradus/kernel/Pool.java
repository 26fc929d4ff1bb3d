// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.Arrays;

/// The largest element or the mean of each window, and the derivatives of both.
///
/// Arrays are all `float[]` or all `double[]`, and contiguous from their offsets. Sums run in
/// row-major order. Threads share out planes.
public final class Pool {
  private static final int GRAIN = 1 << 14;

  private Pool() {}

  /// Something done with a row of windows and one of the rows of the input that they see.
  private interface Fold {
    void row(int input, int output, int place);
  }

  private static void eachPlane(int planes, int elements, Parallel.Range body) {
    Parallel.forRange(planes, Math.max(GRAIN / Math.max(elements, 1), 1), body);
  }

  /// All pairs of rows of a plane: where they begin, and where the input's begins in its plane.
  private static void eachRow(PoolShape s, int plane, int z, int y, Fold fold) {
    int to = (plane * s.d().out() + z) * s.h().out() * s.w().out() + y * s.w().out();
    for (int i = s.d().start()[z]; i < s.d().end()[z]; i += s.d().step()) {
      for (int j = s.h().start()[y]; j < s.h().end()[y]; j += s.h().step()) {
        int place = (i * s.h().in() + j) * s.w().in();
        fold.row(plane * s.inputs() + place, to, place);
      }
    }
  }

  /// Sets `y` to the largest element of each window, the first of equal ones but the last NaN, and
  /// `at` to where it lies in its plane.
  public static void max(PoolShape s, Object x, int xo, Object y, int[] at) {
    MaxRows vectors = x instanceof float[] ? MaxRows.of(s) : null;
    MaxRows quarters = vectors != null && vectors.isQuarter() ? vectors : null;
    eachPlane(
        s.planes(),
        s.inputs(),
        (from, to) -> {
          if (quarters != null) {
            for (int plane = from; plane < to; plane++) {
              int out = plane * s.outputs();
              quarters.quarter((float[]) x, xo + plane * s.inputs(), (float[]) y, at, out);
            }
            return;
          }
          for (int plane = from; plane < to; plane++) {
            for (int z = 0; z < s.d().out(); z++) {
              for (int r = 0; r < s.h().out(); r++) {
                if (x instanceof float[] f) {
                  int start = xo + plane * s.inputs();
                  int row = plane * s.outputs() + r * s.w().out();
                  float[] out = (float[]) y;
                  if (vectors == null
                      || !vectors.row(f, start, r, out, at, row, to * s.outputs())) {
                    maxRow(s, plane, z, r, f, xo, out, at);
                  }
                } else {
                  maxRow(s, plane, z, r, (double[]) x, xo, (double[]) y, at);
                }
              }
            }
          }
        });
  }

  private static int first(PoolShape s, int z, int y) {
    return (s.d().start()[z] * s.h().in() + s.h().start()[y]) * s.w().in();
  }

  private static void maxRow(
      PoolShape s, int plane, int z, int y, float[] x, int xo, float[] out, int[] at) {
    PoolAxis w = s.w();
    int row = ((plane * s.d().out() + z) * s.h().out() + y) * w.out();
    int first = first(s, z, y);
    for (int o = 0; o < w.out(); o++) {
      out[row + o] = Float.NEGATIVE_INFINITY;
      at[row + o] = first + w.start()[o];
    }
    eachRow(
        s,
        plane,
        z,
        y,
        (input, output, place) -> {
          for (int o = 0; o < w.out(); o++) {
            float best = out[output + o];
            int where = at[output + o];
            for (int i = w.start()[o]; i < w.end()[o]; i += w.step()) {
              float v = x[xo + input + i];
              if (v > best || Float.isNaN(v)) {
                best = v;
                where = place + i;
              }
            }
            out[output + o] = best;
            at[output + o] = where;
          }
        });
  }

  private static void maxRow(
      PoolShape s, int plane, int z, int y, double[] x, int xo, double[] out, int[] at) {
    PoolAxis w = s.w();
    int row = ((plane * s.d().out() + z) * s.h().out() + y) * w.out();
    int first = first(s, z, y);
    for (int o = 0; o < w.out(); o++) {
      out[row + o] = Double.NEGATIVE_INFINITY;
      at[row + o] = first + w.start()[o];
    }
    eachRow(
        s,
        plane,
        z,
        y,
        (input, output, place) -> {
          for (int o = 0; o < w.out(); o++) {
            for (int i = w.start()[o]; i < w.end()[o]; i += w.step()) {
              double v = x[xo + input + i];
              if (v > out[output + o] || Double.isNaN(v)) {
                out[output + o] = v;
                at[output + o] = place + i;
              }
            }
          }
        });
  }

  /// Sets `y`, `outputs` elements of each plane, to those elements of `x`, `inputs` of each plane,
  /// that `at` names.
  public static void pick(
      int planes, int inputs, int outputs, Object x, int xo, int[] at, Object y) {
    eachPlane(
        planes,
        outputs,
        (from, to) -> {
          for (int o = from * outputs; o < to * outputs; o++) {
            int i = xo + o / outputs * inputs + at[o];
            if (x instanceof float[] f) {
              ((float[]) y)[o] = f[i];
            } else {
              ((double[]) y)[o] = ((double[]) x)[i];
            }
          }
        });
  }

  /// Sets `x` to the sums of the elements of `y` for which `at` names the same place, elsewhere to
  /// zero: the derivative of [#pick].
  public static void place(
      int planes, int inputs, int outputs, Object y, int yo, int[] at, Object x) {
    eachPlane(
        planes,
        outputs,
        (from, to) -> {
          for (int plane = from; plane < to; plane++) {
            int o = plane * outputs;
            if (y instanceof float[] f) {
              Arrays.fill((float[]) x, plane * inputs, (plane + 1) * inputs, 0);
              place(f, yo + o, at, o, outputs, (float[]) x, plane * inputs);
            } else {
              Arrays.fill((double[]) x, plane * inputs, (plane + 1) * inputs, 0);
              place((double[]) y, yo + o, at, o, outputs, (double[]) x, plane * inputs);
            }
          }
        });
  }

  private static void place(float[] y, int yo, int[] at, int ao, int n, float[] x, int xo) {
    for (int o = 0; o < n; o++) {
      x[xo + at[ao + o]] += y[yo + o];
    }
  }

  private static void place(double[] y, int yo, int[] at, int ao, int n, double[] x, int xo) {
    for (int o = 0; o < n; o++) {
      x[xo + at[ao + o]] += y[yo + o];
    }
  }

  /// Sets `y`, zeros so far, to the mean of each window.
  public static void average(PoolShape s, Object x, int xo, Object y) {
    PoolAxis w = s.w();
    eachPlane(
        s.planes(),
        s.inputs(),
        (from, to) -> {
          for (int i = from * s.d().out() * s.h().out(); i < to * s.d().out() * s.h().out(); i++) {
            int r = i % s.h().out();
            int z = i / s.h().out() % s.d().out();
            int plane = i / s.h().out() / s.d().out();
            int count = s.d().count()[z] * s.h().count()[r];
            if (x instanceof float[] f) {
              float[] out = (float[]) y;
              eachRow(s, plane, z, r, (input, output, _) -> sum(w, f, xo + input, out, output));
              divide(w, out, i * w.out(), count, out, i * w.out());
            } else {
              double[] in = (double[]) x;
              double[] out = (double[]) y;
              eachRow(s, plane, z, r, (input, output, _) -> sum(w, in, xo + input, out, output));
              divide(w, out, i * w.out(), count, out, i * w.out());
            }
          }
        });
  }

  /// Adds the elements of `y`, divided as a mean is, to all that their windows see: the derivative
  /// of [#average].
  public static void spread(PoolShape s, Object y, int yo, Object x) {
    PoolAxis w = s.w();
    eachPlane(
        s.planes(),
        s.inputs(),
        (from, to) -> {
          float[] floats = new float[y instanceof float[] ? w.out() : 0];
          double[] doubles = new double[y instanceof double[] ? w.out() : 0];
          for (int i = from * s.d().out() * s.h().out(); i < to * s.d().out() * s.h().out(); i++) {
            int r = i % s.h().out();
            int z = i / s.h().out() % s.d().out();
            int plane = i / s.h().out() / s.d().out();
            int count = s.d().count()[z] * s.h().count()[r];
            if (y instanceof float[] f) {
              divide(w, f, yo + i * w.out(), count, floats, 0);
              float[] out = (float[]) x;
              eachRow(s, plane, z, r, (input, _, _) -> spread(w, floats, out, input));
            } else {
              divide(w, (double[]) y, yo + i * w.out(), count, doubles, 0);
              double[] out = (double[]) x;
              eachRow(s, plane, z, r, (input, _, _) -> spread(w, doubles, out, input));
            }
          }
        });
  }

  private static void sum(PoolAxis w, float[] x, int xo, float[] y, int yo) {
    for (int o = 0; o < w.out(); o++) {
      float sum = y[yo + o];
      for (int i = w.start()[o]; i < w.end()[o]; i += w.step()) {
        sum += x[xo + i];
      }
      y[yo + o] = sum;
    }
  }

  private static void sum(PoolAxis w, double[] x, int xo, double[] y, int yo) {
    for (int o = 0; o < w.out(); o++) {
      double sum = y[yo + o];
      for (int i = w.start()[o]; i < w.end()[o]; i += w.step()) {
        sum += x[xo + i];
      }
      y[yo + o] = sum;
    }
  }

  private static void divide(PoolAxis w, float[] x, int xo, int count, float[] y, int yo) {
    for (int o = 0; o < w.out(); o++) {
      y[yo + o] = x[xo + o] / (count * w.count()[o]);
    }
  }

  private static void divide(PoolAxis w, double[] x, int xo, int count, double[] y, int yo) {
    for (int o = 0; o < w.out(); o++) {
      y[yo + o] = x[xo + o] / (count * w.count()[o]);
    }
  }

  private static void spread(PoolAxis w, float[] y, float[] x, int xo) {
    for (int o = 0; o < w.out(); o++) {
      for (int i = w.start()[o]; i < w.end()[o]; i += w.step()) {
        x[xo + i] += y[o];
      }
    }
  }

  private static void spread(PoolAxis w, double[] y, double[] x, int xo) {
    for (int o = 0; o < w.out(); o++) {
      for (int i = w.start()[o]; i < w.end()[o]; i += w.step()) {
        x[xo + i] += y[o];
      }
    }
  }
}
