// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Convolutions and their derivatives by the input: both correlate images with kernels.
///
/// A piece of the source, with the zeros around it, is copied to an image in which what a tap reads
/// for neighbouring results lies side by side, from one row of results to the next (see
/// [ConvAxisPlan]). Then the tiles of [ConvArrays#correlate] run over it; beside the weights stands
/// where each channel's each tap reads. So stride, padding and dilation make places, and there is
/// one loop.
///
/// Each result is the sum, in order, of its bias and one fma chain from +0 over each block of [#KC]
/// products, ordered by channel and tap. Where work is cut has no influence.
final class Correlation<A> {
  /// Products of a chain; part of the result's definition.
  static final int KC = 384;

  /// Elements of an image that is worked on while it is in the cache.
  private static final int IMAGE = 1 << 16;

  /// Pieces that suffice for any number of threads.
  private static final int PIECES = 16;

  /// Multiplications below which it is not worth handing over to another thread.
  private static final long GRAIN = 1 << 18;

  private final ConvArrays<A> arrays;
  private final int batch;
  private final int groups;
  private final int channels;
  private final int rows;
  private final ConvAxis[] sizes;
  private final boolean backward;
  private final ConvAxisPlan[] axes = new ConvAxisPlan[3];

  /// What the tiles begin with that are added to their results.
  private final A zeros;

  /// Weights of a product, of all rows, and the places in front of each tile's.
  private final int productSize;

  private final int plane;
  private final int pitch;
  private final int split;
  private final long work;

  private Correlation(ConvArrays<A> arrays, ConvShape s, boolean backward) {
    this.arrays = arrays;
    this.batch = s.batch();
    this.groups = s.groups();
    this.channels = backward ? s.out() : s.in();
    this.rows = backward ? s.in() : s.out();
    this.zeros = arrays.allocate(GemmKernel.MR);
    this.productSize = rows + Math.ceilDiv(rows, GemmKernel.MR);
    this.sizes = new ConvAxis[] {s.d(), s.h(), s.w()};
    this.backward = backward;
    this.work = (long) batch * groups * s.in() * s.out() * s.taps() * s.pixels();
    int[] whole = new int[3];
    for (int a = 0; a < 3; a++) {
      axes[a] = plan(a, Integer.MAX_VALUE >> 8);
      whole[a] = axes[a].parts().getFirst().count();
    }
    split = whole[0] > 1 ? 0 : whole[1] > 1 ? 1 : 2;
    long image = (long) channels * axes[0].extent() * axes[1].extent() * axes[2].extent();
    long pieces = Math.min(Math.ceilDiv(PIECES, batch * groups), work / GRAIN);
    int blocks = Math.clamp(Math.max(image / IMAGE, pieces), 1, whole[split]);
    for (int a = 0; a < 3; a++) {
      axes[a] = plan(a, a == split ? Math.ceilDiv(whole[a], blocks) : whole[a]);
    }
    pitch = axes[2].length();
    plane = axes[0].extent() * axes[1].extent() * axes[2].extent();
  }

  private ConvAxisPlan plan(int a, int block) {
    boolean columns = a == 2 && target(0) * target(1) > 1;
    return backward
        ? ConvAxisPlan.backward(sizes[a], block, columns)
        : ConvAxisPlan.forward(sizes[a], block, columns);
  }

  /// Sets `y` to the `bias` of each channel, or 0, plus the convolution of `x`, read with any
  /// strides, and `w`.
  static <A> void forward(
      ConvArrays<A> arrays,
      ConvShape s,
      A x,
      int xo,
      int[] xs,
      A w,
      int wo,
      @Nullable A bias,
      int bo,
      A y) {
    set(arrays, s, false, x, xo, xs, w, wo, bias, bo, y);
  }

  /// Sets `dx` to the `bias` of each channel, or 0, plus the derivative by the input, for a
  /// cotangent that is read with any strides.
  static <A> void backward(
      ConvArrays<A> arrays,
      ConvShape s,
      A dy,
      int dyo,
      int[] dys,
      A w,
      int wo,
      @Nullable A bias,
      int bo,
      A dx) {
    set(arrays, s, true, dy, dyo, dys, w, wo, bias, bo, dx);
  }

  private static <A> void set(
      ConvArrays<A> arrays,
      ConvShape s,
      boolean backward,
      A x,
      int xo,
      int[] xs,
      A w,
      int wo,
      @Nullable A bias,
      int bo,
      A y) {
    int channels = s.groups() * (backward ? s.in() : s.out());
    A start = bias == null ? arrays.allocate(channels) : bias;
    int from = bias == null ? 0 : bo;
    if (!s.isEmpty()) {
      new Correlation<>(arrays, s, backward).run(x, xo, xs, w, wo, start, from, y);
    } else {
      int size = backward ? s.inputs() : s.pixels();
      fill(arrays, start, from, channels, y, 0, s.batch() * channels, size);
    }
  }

  /// Sets planes of the results, of so many elements, to their channels' `bias`.
  private static <A> void fill(
      ConvArrays<A> arrays, A bias, int bo, int channels, A y, int from, int to, int size) {
    for (int i = from; i < to; i++) {
      arrays.fill(y, i * size, (i + 1) * size, bias, bo + i % channels);
    }
  }

  /// The results that share their taps.
  ///
  /// @param products that each result is the sum of
  /// @param weights the first factors, tile by tile of rows, and in these column by column, behind
  ///   the places of the second factors in the image
  private record Part<A>(
      ConvAxisPlan.Part d, ConvAxisPlan.Part h, ConvAxisPlan.Part w, int products, A weights) {}

  private void run(A x, int xo, int[] xs, A w, int wo, A bias, int bo, A y) {
    List<Part<A>> parts = new ArrayList<>();
    for (ConvAxisPlan.Part d : axes[0].parts()) {
      for (ConvAxisPlan.Part h : axes[1].parts()) {
        for (ConvAxisPlan.Part v : axes[2].parts()) {
          int[] off = offsets(d, h, v);
          if (off.length > 0) {
            parts.add(new Part<>(d, h, v, off.length, weights(d, h, v, w, wo, off)));
          }
        }
      }
    }
    int blocks = axes[split].blocks();
    boolean whole = blocks == 1;
    boolean sets = setsAll(parts);
    int size = target(0) * target(1) * target(2);
    if (!whole && !sets) {
      Parallel.forRange(
          batch * groups * rows,
          1,
          (from, to) -> fill(arrays, bias, bo, groups * rows, y, from, to, size));
    }
    int units = batch * groups * blocks;
    int grain = Math.clamp(GRAIN * units / Math.max(work, 1), 1, units);
    Parallel.forRange(
        units,
        grain,
        (from, to) -> {
          A image = arrays.image(channels * plane + arrays.lanes);
          int origin = arrays.imageStart();
          // Images that are not cut all lie alike, and so do the zeros around them.
          if (whole) {
            arrays.zero(image, origin, origin + channels * plane);
          }
          for (int unit = from; unit < to; unit++) {
            int block = unit % blocks;
            int g = unit / blocks % groups;
            int n = unit / blocks / groups;
            int channel = (n * groups + g) * rows;
            // Only now, so that the results are in the cache when they are added to.
            if (whole && !sets) {
              fill(arrays, bias, bo, groups * rows, y, channel, channel + rows, size);
            }
            pack(x, xo + n * xs[0] + g * channels * xs[1], xs, block, image, origin, whole);
            for (Part<A> part : parts) {
              int at = g * productSize * part.products;
              multiply(part, at, block, image, origin, bias, bo + g * rows, y, channel);
            }
          }
        });
  }

  /// Whether the tiles of these parts set every result, so that nothing needs to be there before.
  /// If the first block is consecutive all are, as none has more rows.
  private boolean setsAll(List<Part<A>> parts) {
    int all = axes[0].parts().size() * axes[1].parts().size() * axes[2].parts().size();
    return parts.size() == all && parts.stream().allMatch(part -> new Stretch(part, 0).consecutive);
  }

  /// Where the second factor of each product lies in the image, behind the result's own place.
  private int[] offsets(ConvAxisPlan.Part d, ConvAxisPlan.Part h, ConvAxisPlan.Part w) {
    int slot = axes[0].extent() * axes[1].extent() * pitch;
    int[] off = new int[channels * d.taps().length * h.taps().length * w.taps().length];
    int n = 0;
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < d.taps().length; i++) {
        int z = d.slots()[i] * axes[0].length() + d.shifts()[i];
        for (int j = 0; j < h.taps().length; j++) {
          int row = z * axes[1].extent() + h.slots()[j] * axes[1].length() + h.shifts()[j];
          for (int k = 0; k < w.taps().length; k++) {
            off[n++] = c * plane + w.slots()[k] * slot + row * pitch + w.shifts()[k];
          }
        }
      }
    }
    return off;
  }

  /// The weights of a part: of each group, tile by tile of rows, in these by channel and tap, and
  /// of each product its place `off` and side by side the weights of the rows.
  private A weights(
      ConvAxisPlan.Part d, ConvAxisPlan.Part h, ConvAxisPlan.Part w, A from, int wo, int[] off) {
    int all = sizes[0].kernel() * sizes[1].kernel() * sizes[2].kernel();
    int out = backward ? channels : rows;
    int in = backward ? rows : channels;
    int taps = d.taps().length * h.taps().length * w.taps().length;
    A weights = arrays.allocate(groups * productSize * channels * taps);
    int n = 0;
    for (int i : d.taps()) {
      for (int j : h.taps()) {
        for (int k : w.taps()) {
          int tap = (i * sizes[1].kernel() + j) * sizes[2].kernel() + k;
          for (int g = 0; g < groups; g++) {
            int source = wo + g * out * in * all + tap;
            int begin = g * productSize;
            int high;
            for (int row = 0; row < rows; row += high, begin += high + 1) {
              high = GemmKernel.height(rows - row);
              int step = taps * (high + 1);
              int to = begin * channels * taps + n * (high + 1);
              for (int c = 0; c < channels; c++) {
                arrays.place(weights, to + c * step, off[c * taps + n]);
              }
              for (int r = 0; r < high; r++) {
                int o = backward ? 0 : row + r;
                int c = backward ? row + r : 0;
                int at = source + (o * in + c) * all;
                int apart = (backward ? in : 1) * all;
                arrays.spread(from, at, apart, weights, to + 1 + r, step, channels);
              }
            }
          }
          n++;
        }
      }
    }
    return weights;
  }

  /// Copies what a block of results reads of each channel to an image, from `origin` on, zeros
  /// where there is no source, unless the image is `zeroed` there.
  private void pack(A x, int xo, int[] xs, int block, A image, int origin, boolean zeroed) {
    int[] number = new int[3];
    number[split] = block;
    int step = axes[2].step();
    int height = axes[1].extent();
    // Rows that follow each other in the source as in the image are copied as one.
    boolean joined =
        step * xs[4] == 1
            && xs[3] == pitch
            && axes[1].step() == 1
            && axes[1].remainders().length == 1;
    int together = joined ? height : 1;
    for (int slot = 0; slot < axes[2].remainders().length; slot++) {
      int first = axes[2].source(slot * pitch, number[2]);
      int x0 = Math.clamp(Math.ceilDiv(-first, step), 0, pitch);
      int x1 = Math.clamp(Math.ceilDiv(source(2) - first, step), x0, pitch);
      for (int row = 0; row < axes[0].extent() * height; row += together) {
        int z = axes[0].source(row / height, number[0]);
        int y = axes[1].source(row % height, number[1]);
        int y0 = Math.clamp(-y, 0, together);
        int y1 = Math.clamp(source(1) - y, y0, together);
        boolean there = z >= 0 && z < source(0) && y0 < y1 && x0 < x1;
        int from = xo + z * xs[2] + (y + y0) * xs[3] + (first + x0 * step) * xs[4];
        int to = origin + (slot * axes[0].extent() * height + row) * pitch;
        int end = to + together * pitch;
        int n = there ? (y1 - y0 - 1) * pitch + x1 - x0 : 0;
        int skip = there ? y0 * pitch + x0 : 0;
        for (int c = 0; c < channels; c++, from += xs[1], to += plane, end += plane) {
          if (there) {
            arrays.gather(x, from, step * xs[4], image, to + skip, n);
            arrays.zero(image, to + y0 * pitch + x1, pitch - x1 + x0, y1 - y0 - 1, pitch);
          }
          if (!zeroed) {
            arrays.zero(image, to, to + skip);
            arrays.zero(image, to + skip + n, end);
          }
        }
      }
    }
  }

  private int source(int a) {
    return backward ? sizes[a].out() : sizes[a].in();
  }

  private int target(int a) {
    return backward ? sizes[a].in() : sizes[a].out();
  }

  /// Computes a block of a part's results for the channels of `y` from `channel` on, whose biases
  /// are those from `bo` on. If they are not consecutive they are added to what is there.
  private void multiply(
      Part<A> part, int at, int block, A image, int origin, A bias, int bo, A y, int channel) {
    var stretch = new Stretch(part, block);
    int size = target(0) * target(1) * target(2);
    int products = part.products;
    int vectors = Math.ceilDiv(stretch.length, arrays.lanes);
    int columns = Math.ceilDiv(vectors, arrays.vectors);
    A edge = arrays.edge();
    for (int z = 0; z < stretch.depth; z++) {
      int start = origin + z * axes[1].extent() * pitch;
      for (int column = 0; column < columns; column++) {
        int v = vectors * column / columns;
        int wide = vectors * (column + 1) / columns - v;
        int from = v * arrays.lanes;
        int width = wide * arrays.lanes;
        for (int k = 0; k < products; k += KC) {
          int kc = Math.min(KC, products - k);
          boolean first = k == 0 && stretch.consecutive;
          boolean direct = first && from + width <= stretch.length;
          int begin = at;
          int high;
          for (int row = 0; row < rows; row += high, begin += products * (high + 1)) {
            high = GemmKernel.height(rows - row);
            int to = (channel + row) * size + stretch.begin(z);
            arrays.correlate(
                high,
                wide,
                kc,
                part.weights,
                begin + k * (high + 1),
                image,
                start + from,
                first ? bias : zeros,
                first ? bo + row : 0,
                direct ? y : edge,
                direct ? to + from : 0,
                direct ? size : width);
            for (int r = 0; r < high && !direct; r++) {
              if (first) {
                int n = stretch.length - from;
                arrays.gather(edge, r * width, 1, y, to + r * size + from, n);
              } else {
                stretch.add(edge, r * width, from, width, y, to + r * size);
              }
            }
          }
        }
      }
    }
  }

  /// A block of a part's results: so many planes, in each of which they are `length` elements of
  /// the image on end, rows of them with gaps between if the part has fewer than another.
  private final class Stretch {
    final int depth;
    final int length;

    /// Whether the results lie as they are computed, on end.
    final boolean consecutive;

    private final int width;
    private final int origin;
    private final int stepZ;
    private final int stepY;
    private final int stepX;

    Stretch(Part<A> part, int block) {
      ConvAxisPlan.Part[] dims = {part.d, part.h, part.w};
      int[] counts = new int[3];
      int[] first = new int[3];
      for (int a = 0; a < 3; a++) {
        counts[a] = axes[a].count(dims[a], a == split ? block : 0);
        first[a] = axes[a].start(dims[a], a == split ? block : 0);
      }
      boolean none = counts[0] == 0 || counts[1] == 0 || counts[2] == 0;
      depth = counts[0];
      width = counts[2];
      length = none ? 0 : (counts[1] - 1) * pitch + width;
      stepX = part.w.step();
      stepY = target(2) * part.h.step();
      stepZ = target(2) * target(1) * part.d.step();
      origin = (first[0] * target(1) + first[1]) * target(2) + first[2];
      consecutive = stepX == 1 && (counts[1] == 1 || (stepY == pitch && width == pitch));
    }

    /// Where the results of a plane begin.
    int begin(int z) {
      return origin + z * stepZ;
    }

    /// Adds `n` elements of the image, the plane's from number `first` on, to the results among
    /// them.
    void add(A tile, int at, int first, int n, A y, int to) {
      int end = Math.min(first + n, length);
      if (consecutive) {
        arrays.add(tile, at, y, to + first, 1, end - first);
        return;
      }
      for (int i = first; i < end; ) {
        int x = i % pitch;
        int run = Math.min(Math.max(width - x, 0), end - i);
        arrays.add(tile, at + i - first, y, to + i / pitch * stepY + x * stepX, stepX, run);
        i += pitch - x;
      }
    }
  }
}
