// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// The windows of images as columns of a matrix, and back.
///
/// Images are planes `[h.in, w.in]`, matrices `[plane, tap, output]`. Arrays are all `float[]` or
/// all `double[]`, and contiguous from their offsets. Threads share out planes.
public final class Patches {
  private static final int GRAIN = 1 << 14;

  private Patches() {}

  /// Sets `y`, zeros so far, to what each tap reads for each output.
  public static void unfold(int planes, ConvAxis h, ConvAxis w, Object x, int xo, Object y) {
    unfold(ConvArrays.of(x), planes, h, w, x, xo, y);
  }

  @SuppressWarnings("unchecked") // all arrays have the type of the first
  private static <A> void unfold(
      ConvArrays<A> arrays, int planes, ConvAxis h, ConvAxis w, Object x, int xo, Object y) {
    each(
        planes,
        h,
        w,
        (image, column, n) -> arrays.gather((A) x, xo + image, w.stride(), (A) y, column, n));
  }

  /// Adds to `x` for each tap and output what stands in `y`.
  public static void fold(int planes, ConvAxis h, ConvAxis w, Object y, int yo, Object x) {
    fold(ConvArrays.of(y), planes, h, w, y, yo, x);
  }

  @SuppressWarnings("unchecked") // all arrays have the type of the first
  private static <A> void fold(
      ConvArrays<A> arrays, int planes, ConvAxis h, ConvAxis w, Object y, int yo, Object x) {
    each(
        planes,
        h,
        w,
        (image, column, n) -> arrays.add((A) y, yo + column, (A) x, image, w.stride(), n));
  }

  /// Something done with `n` elements of an image, a stride apart, and those of a matrix.
  private interface Run {
    void at(int image, int column, int n);
  }

  private static void each(int planes, ConvAxis h, ConvAxis w, Run run) {
    int taps = h.kernel() * w.kernel();
    int outputs = h.out() * w.out();
    Parallel.forRange(
        planes,
        Math.max(GRAIN / Math.max(taps * outputs, 1), 1),
        (from, to) -> {
          for (int row = from * taps * h.out(); row < to * taps * h.out(); row++) {
            int tap = row / h.out() % taps;
            int y = row % h.out() * h.stride() - h.padding() + tap / w.kernel() * h.dilation();
            int first = tap % w.kernel() * w.dilation() - w.padding();
            int x0 = Math.clamp(Math.ceilDiv(-first, w.stride()), 0, w.out());
            int x1 = Math.clamp(Math.ceilDiv(w.in() - first, w.stride()), x0, w.out());
            if (y >= 0 && y < h.in() && x0 < x1) {
              int plane = row / h.out() / taps;
              int image = (plane * h.in() + y) * w.in() + first + x0 * w.stride();
              run.at(image, row * w.out() + x0, x1 - x0);
            }
          }
        });
  }
}
