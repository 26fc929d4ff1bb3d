// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The loops of [Norms] over some columns of some rows, which are `step` apart. What belongs to the
/// columns, from the means on, is read from `co` on.
///
/// Four rows are taken at a time, so that what belongs to the columns is read a quarter as often.
final class NormLoops {
  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final int VL = S.length();

  private NormLoops() {}

  /// Adds (x - mean)² of `rows` rows, one after the other, to the `n` elements of `sum` from `so`
  /// on.
  static void addSquares(
      float[] x, int xo, int step, int rows, float[] mean, int co, float[] sum, int so, int n) {
    int r = 0;
    for (; r + 4 <= rows; r += 4) {
      addSquaresOfFour(x, xo + r * step, step, mean, co, sum, so, n);
    }
    for (; r < rows; r++) {
      addSquares(x, xo + r * step, mean, co, sum, so, n);
    }
  }

  private static void addSquaresOfFour(
      float[] x, int xo, int step, float[] mean, int co, float[] sum, int so, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += VL) {
      var m = FloatVector.fromArray(S, mean, co + i);
      var a = FloatVector.fromArray(S, x, xo + i).sub(m);
      var b = FloatVector.fromArray(S, x, xo + step + i).sub(m);
      var c = FloatVector.fromArray(S, x, xo + 2 * step + i).sub(m);
      var d = FloatVector.fromArray(S, x, xo + 3 * step + i).sub(m);
      var s = FloatVector.fromArray(S, sum, so + i);
      d.fma(d, c.fma(c, b.fma(b, a.fma(a, s)))).intoArray(sum, so + i);
    }
    for (int r = 0; r < 4; r++) {
      addSquares(x, xo + r * step + end, mean, co + end, sum, so + end, n - end);
    }
  }

  private static void addSquares(
      float[] x, int xo, float[] mean, int co, float[] sum, int so, int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += VL) {
      var d = FloatVector.fromArray(S, x, xo + i).sub(FloatVector.fromArray(S, mean, co + i));
      d.fma(d, FloatVector.fromArray(S, sum, so + i)).intoArray(sum, so + i);
    }
    for (int i = end; i < n; i++) {
      float d = x[xo + i] - mean[co + i];
      sum[so + i] = Math.fma(d, d, sum[so + i]);
    }
  }

  /// Adds dy to `sum` and dy · (x - mean) to `product`, both from `so` on, as [#addSquares] does.
  static void addProducts(
      float[] dy,
      int dyo,
      float[] x,
      int xo,
      int step,
      int rows,
      float[] mean,
      int co,
      float[] sum,
      float[] product,
      int so,
      int n) {
    int r = 0;
    for (; r + 4 <= rows; r += 4) {
      int at = r * step;
      addProductsOfFour(dy, dyo + at, x, xo + at, step, mean, co, sum, product, so, n);
    }
    for (; r < rows; r++) {
      int at = r * step;
      addProducts(dy, dyo + at, x, xo + at, mean, co, sum, product, so, n);
    }
  }

  private static void addProductsOfFour(
      float[] dy,
      int dyo,
      float[] x,
      int xo,
      int step,
      float[] mean,
      int co,
      float[] sum,
      float[] product,
      int so,
      int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += VL) {
      var m = FloatVector.fromArray(S, mean, co + i);
      var d0 = FloatVector.fromArray(S, dy, dyo + i);
      var d1 = FloatVector.fromArray(S, dy, dyo + step + i);
      var d2 = FloatVector.fromArray(S, dy, dyo + 2 * step + i);
      var d3 = FloatVector.fromArray(S, dy, dyo + 3 * step + i);
      var x0 = FloatVector.fromArray(S, x, xo + i).sub(m);
      var x1 = FloatVector.fromArray(S, x, xo + step + i).sub(m);
      var x2 = FloatVector.fromArray(S, x, xo + 2 * step + i).sub(m);
      var x3 = FloatVector.fromArray(S, x, xo + 3 * step + i).sub(m);
      var p = FloatVector.fromArray(S, product, so + i);
      x3.fma(d3, x2.fma(d2, x1.fma(d1, x0.fma(d0, p)))).intoArray(product, so + i);
      FloatVector.fromArray(S, sum, so + i).add(d0).add(d1).add(d2).add(d3).intoArray(sum, so + i);
    }
    for (int r = 0; r < 4; r++) {
      int at = r * step + end;
      addProducts(dy, dyo + at, x, xo + at, mean, co + end, sum, product, so + end, n - end);
    }
  }

  private static void addProducts(
      float[] dy,
      int dyo,
      float[] x,
      int xo,
      float[] mean,
      int co,
      float[] sum,
      float[] product,
      int so,
      int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += VL) {
      var d = FloatVector.fromArray(S, dy, dyo + i);
      FloatVector.fromArray(S, x, xo + i)
          .sub(FloatVector.fromArray(S, mean, co + i))
          .fma(d, FloatVector.fromArray(S, product, so + i))
          .intoArray(product, so + i);
      FloatVector.fromArray(S, sum, so + i).add(d).intoArray(sum, so + i);
    }
    for (int i = end; i < n; i++) {
      float d = dy[dyo + i];
      product[so + i] = Math.fma(x[xo + i] - mean[co + i], d, product[so + i]);
      sum[so + i] += d;
    }
  }

  /// (x - mean) · scale + shift.
  static void normalize(
      float[] x,
      int xo,
      float[] mean,
      float[] scale,
      float[] shift,
      int co,
      float[] out,
      int oo,
      int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += VL) {
      FloatVector.fromArray(S, x, xo + i)
          .sub(FloatVector.fromArray(S, mean, co + i))
          .fma(FloatVector.fromArray(S, scale, co + i), FloatVector.fromArray(S, shift, co + i))
          .intoArray(out, oo + i);
    }
    for (int i = end; i < n; i++) {
      out[oo + i] = Math.fma(x[xo + i] - mean[co + i], scale[co + i], shift[co + i]);
    }
  }

  /// dy · scale - (x - mean) · slope - offset.
  static void gradient(
      float[] dy,
      int dyo,
      float[] x,
      int xo,
      float[] mean,
      float[] slope,
      float[] offset,
      float[] scale,
      int co,
      float[] out,
      int oo,
      int n) {
    int end = S.loopBound(n);
    for (int i = 0; i < end; i += VL) {
      var d = FloatVector.fromArray(S, mean, co + i).sub(FloatVector.fromArray(S, x, xo + i));
      var rest =
          d.fma(
              FloatVector.fromArray(S, slope, co + i),
              FloatVector.fromArray(S, offset, co + i).neg());
      FloatVector.fromArray(S, dy, dyo + i)
          .fma(FloatVector.fromArray(S, scale, co + i), rest)
          .intoArray(out, oo + i);
    }
    for (int i = end; i < n; i++) {
      float rest = Math.fma(mean[co + i] - x[xo + i], slope[co + i], -offset[co + i]);
      out[oo + i] = Math.fma(dy[dyo + i], scale[co + i], rest);
    }
  }
}
