// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The derivative of a convolution by its weights: for each pair of channels and each tap, the
/// product of the cotangent with what the tap read, summed over outputs and batch.
///
/// The input, with the zeros around it, is copied with its channels innermost: so what neighbouring
/// taps of a row read of all channels lies side by side. Panels with the windows of so many outputs
/// are copied from it, and multiplied by the cotangent as matrices are.
///
/// Each result is the sum, from +0 and in order of images, of one fma chain from +0 over each block
/// of [#PIXELS] outputs of an image. Threads share out the results.
final class WeightGradient<A> {
  /// Outputs of a chain; part of the result's definition.
  static final int PIXELS = 256;

  /// Elements of the images that are worked on while they are in the cache.
  private static final int IMAGES = 1 << 17;

  /// Multiplications and copies below which it is not worth handing over to another thread.
  private static final long GRAIN = 1 << 18;

  private static final int COPIES = 1 << 14;

  private final ConvArrays<A> arrays;
  private final ConvShape s;
  private final int height;
  private final int width;
  private final int image;

  /// Where the elements of a window lie in an image that are consecutive there.
  private final int[] runs;

  private final int run;

  /// Vectors that a window fills, and tiles that these and the outputs' channels fill.
  private final int vectors;

  private final int columns;
  private final int tiles;

  private WeightGradient(ConvArrays<A> arrays, ConvShape s) {
    this.arrays = arrays;
    this.s = s;
    height = s.h().span();
    width = s.w().span();
    image = s.groups() * s.d().span() * height * width * s.in();
    boolean joined = s.w().dilation() == 1;
    run = joined ? s.w().kernel() * s.in() : s.in();
    runs = new int[joined ? s.d().kernel() * s.h().kernel() : s.taps()];
    for (int i = 0; i < runs.length; i++) {
      int k = joined ? 0 : i % s.w().kernel();
      int j = joined ? i : i / s.w().kernel();
      int row =
          j / s.h().kernel() * s.d().dilation() * height + j % s.h().kernel() * s.h().dilation();
      runs[i] = (row * width + k * s.w().dilation()) * s.in();
    }
    vectors = Math.ceilDiv(runs.length * run, arrays.lanes);
    columns = Math.ceilDiv(vectors, arrays.vectors);
    tiles = Math.ceilDiv(s.out(), GemmKernel.MR);
  }

  /// Sets `dw` to the derivative, for an input that is read with any strides and a contiguous
  /// cotangent.
  static <A> void of(
      ConvArrays<A> arrays, ConvShape s, A x, int xo, int[] xs, A dy, int dyo, A dw) {
    new WeightGradient<>(arrays, s).run(x, xo, xs, dy, dyo, dw);
  }

  private void run(A x, int xo, int[] xs, A dy, int dyo, A dw) {
    int[] windows = windows();
    List<List<ConvArrays.Piece>> pieces =
        IntStream.range(0, columns).mapToObj(this::pieces).toList();
    int at = Math.clamp(IMAGES / image, 1, s.batch());
    // What lies behind the last image is read, but not used.
    A images = arrays.image(at * image + arrays.lanes);
    A sums = arrays.allocate(s.groups() * s.out() * vectors * arrays.lanes);
    int units = s.groups() * columns * tiles;
    for (int n = 0; n < s.batch(); n += at) {
      int from = n;
      int count = Math.min(at, s.batch() - n);
      pack(x, xo + from * xs[0], xs, count, images);
      long work = (long) count * GemmKernel.MR * arrays.vectors * arrays.lanes * s.pixels();
      Parallel.forRange(
          units,
          Math.clamp(GRAIN / work, 1, units),
          (first, last) -> {
            for (int i = 0; i < count; i++) {
              int cotangent = dyo + (from + i) * s.groups() * s.out() * s.pixels();
              for (int p = 0; p < s.pixels(); p += PIXELS) {
                accumulate(windows, p, pieces, first, last, images, i * image, dy, cotangent, sums);
              }
            }
          });
    }
    unpack(sums, dw);
  }

  /// Where the window of each output begins in an image.
  private int[] windows() {
    int[] off = new int[s.pixels()];
    for (int p = 0; p < off.length; p++) {
      int x = p % s.w().out() * s.w().stride();
      int y = p / s.w().out() % s.h().out() * s.h().stride();
      int z = p / s.w().out() / s.h().out() * s.d().stride();
      off[p] = ((z * height + y) * width + x) * s.in();
    }
    return off;
  }

  private int firstVector(int column) {
    return vectors * column / columns;
  }

  /// What the tiles of a column hold of a window.
  private List<ConvArrays.Piece> pieces(int column) {
    int first = firstVector(column) * arrays.lanes;
    int end = Math.min(firstVector(column + 1) * arrays.lanes, runs.length * run);
    var pieces = new ArrayList<ConvArrays.Piece>();
    for (int lane = first; lane < end; ) {
      int in = lane % run;
      int length = Math.min(run - in, end - lane);
      pieces.add(new ConvArrays.Piece(runs[lane / run] + in, lane - first, length));
      lane += length;
    }
    return pieces;
  }

  /// Adds the products of some outputs of an image to the tiles from number `first` to `last`.
  private void accumulate(
      int[] windows,
      int p,
      List<List<ConvArrays.Piece>> pieces,
      int first,
      int last,
      A images,
      int io,
      A dy,
      int dyo,
      A sums) {
    int step = vectors * arrays.lanes;
    int pixels = Math.min(PIXELS, s.pixels() - p);
    A panel = arrays.panel(arrays.panelLength(PIXELS));
    for (int unit = first; unit < last; unit++) {
      int tile = unit % tiles;
      int column = unit / tiles % columns;
      int g = unit / tiles / columns;
      int v = firstVector(column);
      int wide = firstVector(column + 1) - v;
      if (unit == first || tile == 0) {
        int at = io + g * (image / s.groups());
        arrays.pack(images, at, windows, p, pixels, pieces.get(column), panel, arrays.step(wide));
      }
      int row = s.out() * tile / tiles;
      int channel = g * s.out() + row;
      arrays.tile(
          s.out() * (tile + 1) / tiles - row,
          wide,
          pixels,
          dy,
          dyo + channel * s.pixels() + p,
          s.pixels(),
          panel,
          sums,
          channel * step + v * arrays.lanes,
          step);
    }
  }

  /// Copies images to `[image, group, d, h, w, channel]`.
  private void pack(A x, int xo, int[] xs, int count, A images) {
    int depth = s.d().span();
    int perImage = s.groups() * depth * height;
    Parallel.forRange(
        count * perImage,
        Math.max(COPIES / (width * s.in()), 1),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int y = i % height - s.h().padding();
            int z = i / height % depth - s.d().padding();
            int g = i / height / depth % s.groups();
            int at = i * width * s.in();
            int x0 = Math.clamp(s.w().padding(), 0, width);
            int x1 = Math.clamp(s.w().padding() + s.w().in(), x0, width);
            if (z < 0 || z >= s.d().in() || y < 0 || y >= s.h().in()) {
              x0 = width;
              x1 = width;
            }
            arrays.zero(images, at, at + x0 * s.in());
            if (x0 < x1) {
              int source =
                  xo
                      + i / perImage * xs[0]
                      + g * s.in() * xs[1]
                      + z * xs[2]
                      + y * xs[3]
                      + (x0 - s.w().padding()) * xs[4];
              arrays.transpose(
                  x, source, xs[1], xs[4], s.in(), x1 - x0, images, at + x0 * s.in(), s.in());
            }
            arrays.zero(images, at + x1 * s.in(), at + width * s.in());
          }
        });
  }

  /// Copies the sums, whose lanes are taps and channels, to `[group, out, in, taps]`.
  private void unpack(A sums, A dw) {
    int step = vectors * arrays.lanes;
    for (int channel = 0; channel < s.groups() * s.out(); channel++) {
      for (int tap = 0; tap < s.taps(); tap++) {
        int from = channel * step + tap * s.in();
        int to = channel * s.in() * s.taps() + tap;
        arrays.spread(sums, from, 1, dw, to, s.taps(), s.in());
      }
    }
  }
}
