// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_B2I;

import java.util.function.IntToDoubleFunction;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// Functions of bytes 0 … 255, with float values, row by row.
public final class Bytes {
  private static final VectorSpecies<Float> F = Lanes.FLOATS;
  private static final VectorSpecies<Integer> I = IntLanes.INTS;

  /// How many elements are computed at once.
  private static final int N = F.length();

  private static final VectorSpecies<Byte> B =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, 8 * N)));

  private static final IntVector LANE = IntVector.zero(I).addIndex(1);
  private static final VectorShuffle<Integer> REVERSE = VectorShuffle.iota(I, N - 1, -1, false);

  /// A float of 2²³, with a byte for its last bits, is 2²³ more than the byte.
  private static final float OFFSET = 0x1p23f;

  private static final int OFFSET_BITS = Float.floatToRawIntBits(OFFSET);

  private Bytes() {}

  /// v · scale + shift for v in 0 … 255, each of the two the sum of a float of few bits, with which
  /// float arithmetic is exact, and the rest. So the result is rounded once, or nearly.
  public record Affine(float scale, float scaleRest, float shift, float shiftRest) {

    /// Returns the affine function that has the values of `function` at 0 and 255, or null if its
    /// results are not everywhere those of `function`, rounded to float, or there are no vectors to
    /// compute them in: conversions of bytes to shorter ones than these are slow.
    public static @Nullable Affine of(IntToDoubleFunction function) {
      if (N < 8) {
        return null;
      }
      double shift = function.applyAsDouble(0);
      double scale = (function.applyAsDouble(255) - shift) / 255;
      double largest =
          Math.max(Math.abs(255 * scale), Math.max(Math.abs(shift), Math.abs(255 * scale + shift)));
      // What is a multiple of this and not larger than that fits into a float.
      double unit = Math.scalb(1.0, Math.getExponent(largest) - 23);
      double coarseScale = Math.rint(scale / unit) * unit;
      double coarseShift = Math.rint(shift / unit) * unit;
      var affine =
          new Affine(
              (float) coarseScale,
              (float) (scale - coarseScale),
              (float) coarseShift,
              (float) (shift - coarseShift));
      for (int v = 0; v < 256; v++) {
        float wanted = (float) function.applyAsDouble(v);
        if (Float.floatToRawIntBits(affine.at(v)) != Float.floatToRawIntBits(wanted)) {
          return null;
        }
      }
      return affine;
    }

    private float at(int v) {
      return (v * scale + shift) + (v * scaleRest + shiftRest);
    }

    private FloatVector at(IntVector v) {
      FloatVector f = v.or(OFFSET_BITS).reinterpretAsFloats().sub(OFFSET);
      return f.mul(scale).add(shift).add(f.mul(scaleRest).add(shiftRest));
    }
  }

  /// Where the bytes of a matrix are: that of (r, c) at `start + r · stride + c · step` if `from` ≤
  /// c < `to`, else it is 0. So images are mirrored and moved on the way.
  ///
  /// Bytes beside those may be read, though not used: as many as a row is wide must be in the array
  /// before and after all rows.
  ///
  /// @param step 1 or −1
  public record Window(int start, int stride, int step, int from, int to) {
    private int get(byte[] x, int r, int c) {
      return from <= c && c < to ? x[start + r * stride + c * step] & 0xff : 0;
    }
  }

  /// Looks up out[oo + i] = table[x[xo + i]] for `n` bytes.
  public static void lookUp(byte[] x, int xo, float[] table, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = table[x[xo + i] & 0xff];
    }
  }

  /// Looks up out[oo + r · width + c] = table[byte (r, c)].
  public static void lookUp(
      byte[] x, Window window, float[] table, float[] out, int oo, int rows, int width) {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < width; c++) {
        out[oo + r * width + c] = table[window.get(x, r, c)];
      }
    }
  }

  /// Computes out[oo + i] = f(x[xo + i]) for `n` bytes.
  public static void affine(byte[] x, int xo, Affine f, float[] out, int oo, int n) {
    int rows = n / N;
    forward(x, xo, N, used(0, N), f, out, oo, rows, N);
    for (int i = rows * N; i < n; i++) {
      out[oo + i] = f.at(x[xo + i] & 0xff);
    }
  }

  /// Computes out[oo + r · width + c] = f(byte (r, c)).
  public static void affine(
      byte[] x, Window window, Affine f, float[] out, int oo, int rows, int width) {
    if (width < N) {
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < width; c++) {
          out[oo + r * width + c] = f.at(window.get(x, r, c));
        }
      }
      return;
    }
    // A column of vectors at a time: loops over rows are long, those over columns are not. The last
    // column may overlap the one before.
    for (int left = 0; left < width; left += N) {
      int c = Math.min(left, width - N);
      IntVector used = used(window.from - c, window.to - c);
      int start = window.start + c * window.step;
      if (window.step > 0) {
        forward(x, start, window.stride, used, f, out, oo + c, rows, width);
      } else {
        backward(x, start - (N - 1), window.stride, used, f, out, oo + c, rows, width);
      }
    }
  }

  /// All bits at the lanes `from` … `to` − 1, else none.
  private static IntVector used(int from, int to) {
    return IntVector.zero(I).blend(-1, LANE.compare(GE, from).and(LANE.compare(LT, to)));
  }

  private static IntVector load(byte[] x, int xo) {
    return (IntVector) ByteVector.fromArray(B, x, xo).convertShape(ZERO_EXTEND_B2I, I, 0);
  }

  private static void forward(
      byte[] x,
      int xo,
      int stride,
      IntVector used,
      Affine f,
      float[] out,
      int oo,
      int rows,
      int width) {
    for (int r = 0; r < rows; r++) {
      f.at(load(x, xo).and(used)).intoArray(out, oo);
      xo += stride;
      oo += width;
    }
  }

  private static void backward(
      byte[] x,
      int xo,
      int stride,
      IntVector used,
      Affine f,
      float[] out,
      int oo,
      int rows,
      int width) {
    for (int r = 0; r < rows; r++) {
      f.at(load(x, xo).rearrange(REVERSE).and(used)).intoArray(out, oo);
      xo += stride;
      oo += width;
    }
  }
}
