// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// The largest elements of windows that all have the same width and lie one or two elements apart,
/// a vector of windows at a time.
final class MaxRows {
  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final int VL = S.length();
  private static final IntVector LANE = IntVector.zero(IntLanes.INTS).addIndex(1);
  private static final FloatVector EVEN = (FloatVector) LANE.mul(2).convertShape(I2F, S, 0);
  private static final FloatVector ODD = EVEN.add(1);
  private static final FloatVector LOWEST = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);

  private final PoolAxis rows;
  private final PoolAxis columns;
  private final int width;
  private final int stride;

  private MaxRows(PoolAxis rows, PoolAxis columns, int width, int stride) {
    this.rows = rows;
    this.columns = columns;
    this.width = width;
    this.stride = stride;
  }

  /// Returns null if windows are not like that, or there are too few in a row for a vector.
  static @Nullable MaxRows of(PoolShape s) {
    PoolAxis w = s.w();
    if (s.d().in() != 1 || w.step() != 1 || s.h().step() != 1 || 4 * w.out() < VL) {
      return null;
    }
    int width = w.end()[0] - w.start()[0];
    int stride = w.out() > 1 ? w.start()[1] - w.start()[0] : 1;
    for (int o = 0; o < w.out(); o++) {
      if (w.start()[o] != w.start()[0] + o * stride || w.end()[o] != w.start()[o] + width) {
        return null;
      }
    }
    return stride == 1 || stride == 2 ? new MaxRows(s.h(), w, width, stride) : null;
  }

  /// Whether windows are two by two, do not overlap, and fill vectors: with one row of them, or
  /// two.
  boolean isQuarter() {
    boolean quarter =
        width == 2 && stride == 2 && columns.start()[0] == 0 && columns.out() * 2 <= columns.in();
    for (int y = 0; y < rows.out(); y++) {
      quarter &= rows.start()[y] == 2 * y && rows.end()[y] == 2 * y + 2;
    }
    boolean half = columns.out() * 2 == VL && rows.out() % 2 == 0;
    return quarter && (half || columns.out() % VL == 0);
  }

  /// Does a plane of such windows.
  void quarter(float[] x, int plane, float[] out, int[] at, int to) {
    int line = columns.in();
    boolean two = columns.out() < VL;
    // Where the second half of a vector's windows begins behind the first.
    int half = two ? 2 * line : VL;
    IntVector places = LANE.mul(2);
    if (two) {
      places = places.add(2 * line - VL, LANE.compare(GE, VL / 2));
    }
    for (int y = 0; y < rows.out(); y += two ? 2 : 1) {
      for (int o = 0; o < columns.out(); o += VL) {
        int place = 2 * y * line + 2 * o;
        int from = plane + place;
        FloatVector low = FloatVector.fromArray(S, x, from);
        FloatVector high = FloatVector.fromArray(S, x, from + half);
        IntVector where = places.add(place);
        FloatVector best = EVEN.selectFrom(low, high);
        FloatVector v = ODD.selectFrom(low, high);
        var better = larger(v, best);
        best = best.blend(v, better);
        where = where.blend(places.add(place + 1), better.cast(IntLanes.INTS));
        low = FloatVector.fromArray(S, x, from + line);
        high = FloatVector.fromArray(S, x, from + line + half);
        v = EVEN.selectFrom(low, high);
        better = larger(v, best);
        best = best.blend(v, better);
        where = where.blend(places.add(place + line), better.cast(IntLanes.INTS));
        v = ODD.selectFrom(low, high);
        better = larger(v, best);
        best.blend(v, better).intoArray(out, to + y * columns.out() + o);
        where
            .blend(places.add(place + line + 1), better.cast(IntLanes.INTS))
            .intoArray(at, to + y * columns.out() + o);
      }
    }
  }

  private static VectorMask<Float> larger(FloatVector v, FloatVector best) {
    return v.compare(GT, best).or(v.compare(NE, v));
  }

  /// Sets a row of `out` and `at`, from `to` on, to the largest elements of the plane of `x` at
  /// `plane` and where they lie in it; elements after the row may be written, too. Does nothing and
  /// returns false if the vectors would read or write beyond `x` or `limit`.
  boolean row(float[] x, int plane, int y, float[] out, int[] at, int to, int limit) {
    int last = (columns.out() - 1) / VL * VL;
    int first = rows.start()[y] * columns.in() + columns.start()[0];
    int lastRow = plane + (rows.end()[y] - 1) * columns.in() + columns.start()[0];
    if (lastRow + last * stride + width - 1 + 2 * VL > x.length || to + last + VL > limit) {
      return false;
    }
    for (int o = 0; o <= last; o += VL) {
      FloatVector best = LOWEST;
      IntVector place = LANE.mul(stride).add(first + o * stride);
      IntVector where = place;
      for (int i = rows.start()[y]; i < rows.end()[y]; i++) {
        for (int j = 0; j < width; j++) {
          int from = (i - rows.start()[y]) * columns.in() + j;
          FloatVector v = load(x, plane + first + o * stride + from);
          var better = larger(v, best);
          best = best.blend(v, better);
          where = where.blend(place.add(from), better.cast(IntLanes.INTS));
        }
      }
      best.intoArray(out, to + o);
      where.intoArray(at, to + o);
    }
    return true;
  }

  private FloatVector load(float[] x, int from) {
    FloatVector low = FloatVector.fromArray(S, x, from);
    return stride == 1 ? low : EVEN.selectFrom(low, FloatVector.fromArray(S, x, from + VL));
  }
}
