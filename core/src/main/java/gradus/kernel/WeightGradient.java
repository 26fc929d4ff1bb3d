// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.Arrays;
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

  /// Multiplications below which it is not worth handing over to another thread.
  private static final long GRAIN = 1 << 18;

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
    List<Pieces> pieces = IntStream.range(0, columns).mapToObj(this::pieces).toList();
    A sums = arrays.allocate(s.groups() * s.out() * vectors * arrays.lanes);
    int units = s.groups() * columns * tiles;
    long work = (long) s.batch() * GemmKernel.MR * arrays.vectors * arrays.lanes * s.pixels();
    int parts = Math.clamp(units * work / GRAIN, 1, Parallel.threads());
    Parallel.forParts(
        units,
        parts,
        (first, last) -> multiply(x, xo, xs, dy, dyo, windows, pieces, first, last, sums));
    unpack(sums, dw);
  }

  /// Sums up the tiles from number `first` to `last` over the batch. A thread copies its images
  /// itself: to get them from another one's cache would take longer.
  private void multiply(
      A x,
      int xo,
      int[] xs,
      A dy,
      int dyo,
      int[] windows,
      List<Pieces> pieces,
      int first,
      int last,
      A sums) {
    int firstGroup = first / tiles / columns;
    int endGroup = (last - 1) / tiles / columns + 1;
    int most = Math.clamp(IMAGES / image, 1, s.batch());
    // What lies behind the last image is read, but not used.
    A images = arrays.image(most * image + arrays.lanes);
    int start = arrays.imageStart();
    for (int n = 0; n < s.batch(); n += most) {
      int count = Math.min(most, s.batch() - n);
      for (int i = 0; i < count; i++) {
        for (int g = firstGroup; g < endGroup; g++) {
          int from = xo + (n + i) * xs[0] + g * s.in() * xs[1];
          pack(x, from, xs, images, start + i * image + g * (image / s.groups()));
        }
      }
      for (int i = 0; i < count; i++) {
        int cotangent = dyo + (n + i) * s.groups() * s.out() * s.pixels();
        for (int p = 0; p < s.pixels(); p += PIXELS) {
          int at = start + i * image;
          accumulate(windows, p, pieces, first, last, images, at, dy, cotangent, sums);
        }
      }
    }
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

  /// The vectors that a panel's rows are copied from and to.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Pieces(int[] source, int[] target) {}

  /// What the tiles of a column hold of a window. Where a run is no whole vectors, the last one has
  /// too much, which the next overwrites, or fills up the row, or goes to the next row.
  private Pieces pieces(int column) {
    int first = firstVector(column) * arrays.lanes;
    int end = Math.min(firstVector(column + 1) * arrays.lanes, runs.length * run);
    int[] starts =
        IntStream.iterate(
                first, lane -> lane < end, lane -> lane + Math.min(run - lane % run, arrays.lanes))
            .toArray();
    int[] source = Arrays.stream(starts).map(lane -> runs[lane / run] + lane % run).toArray();
    int[] target = Arrays.stream(starts).map(lane -> lane - first).toArray();
    return new Pieces(source, target);
  }

  /// Adds the products of some outputs of an image to the tiles from number `first` to `last`.
  private void accumulate(
      int[] windows,
      int p,
      List<Pieces> pieces,
      int first,
      int last,
      A images,
      int io,
      A dy,
      int dyo,
      A sums) {
    int pixels = Math.min(PIXELS, s.pixels() - p);
    A panel = arrays.panel(arrays.panelLength(PIXELS));
    int start = arrays.panelStart();
    for (int unit = first; unit < last; unit++) {
      int tile = unit % tiles;
      int column = unit / tiles % columns;
      int g = unit / tiles / columns;
      int v = firstVector(column);
      int wide = firstVector(column + 1) - v;
      if (unit == first || tile == 0) {
        int at = io + g * (image / s.groups());
        int[] source = pieces.get(column).source;
        int[] target = pieces.get(column).target;
        int step = wide * arrays.lanes;
        arrays.pack(images, at, windows, p, pixels, source, target, panel, start, step);
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
          start,
          sums,
          sumsOf(column, channel),
          wide * arrays.lanes);
    }
  }

  /// Copies the channels of a group of an image to `[d, h, w, channel]`, with the zeros around
  /// them.
  private void pack(A x, int xo, int[] xs, A images, int to) {
    int x0 = Math.clamp(s.w().padding(), 0, width);
    int x1 = Math.clamp(s.w().padding() + s.w().in(), x0, width);
    for (int i = 0; i < s.d().span() * height; i++) {
      int y = i % height - s.h().padding();
      int z = i / height - s.d().padding();
      int at = to + i * width * s.in();
      if (x0 == x1 || z < 0 || z >= s.d().in() || y < 0 || y >= s.h().in()) {
        arrays.zero(images, at, at + width * s.in());
        continue;
      }
      int row = xo + z * xs[2] + y * xs[3] + (x0 - s.w().padding()) * xs[4];
      arrays.zero(images, at, at + x0 * s.in());
      arrays.transpose(x, row, xs[1], xs[4], s.in(), x1 - x0, images, at + x0 * s.in(), s.in());
      arrays.zero(images, at + x1 * s.in(), at + width * s.in());
    }
  }

  /// Where the sums of a channel begin that a column holds. Those of a column lie together, so that
  /// threads seldom write to the same line of the cache.
  private int sumsOf(int column, int channel) {
    int v = firstVector(column);
    return (s.groups() * s.out() * v + channel * (firstVector(column + 1) - v)) * arrays.lanes;
  }

  /// Copies the sums, whose lanes are taps and channels, to `[group, out, in, taps]`.
  private void unpack(A sums, A dw) {
    for (int column = 0; column < columns; column++) {
      int first = firstVector(column) * arrays.lanes;
      int end = Math.min(firstVector(column + 1) * arrays.lanes, s.taps() * s.in());
      int length;
      for (int lane = first; lane < end; lane += length) {
        int in = lane % s.in();
        length = Math.min(s.in() - in, end - lane);
        for (int channel = 0; channel < s.groups() * s.out(); channel++) {
          int from = sumsOf(column, channel) + lane - first;
          int to = (channel * s.in() + in) * s.taps() + lane / s.in();
          arrays.spread(sums, from, 1, dw, to, s.taps(), length);
        }
      }
    }
  }
}
