// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.ArrayList;
import java.util.List;

/// Convolutions and their derivatives by the input: both correlate images with kernels.
///
/// A piece of the source, with the zeros around it, is copied to an image in which what a tap reads
/// for neighbouring results lies side by side (see [ConvAxisPlan]). Then the tiles of
/// [ConvArrays#tile] run over it with a table of where each channel's each tap reads. So stride,
/// padding and dilation make tables, and there is one loop.
///
/// Each result is the sum, in order, of what stood there and one fma chain from +0 over each block
/// of [#KC] products, ordered by channel and tap. Where work is cut has no influence.
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
    return backward
        ? ConvAxisPlan.backward(sizes[a], block)
        : ConvAxisPlan.forward(sizes[a], block);
  }

  /// Adds to `y` the convolution of `x`, read with any strides, and `w`.
  static <A> void forward(
      ConvArrays<A> arrays, ConvShape s, A x, int xo, int[] xs, A w, int wo, A y) {
    new Correlation<>(arrays, s, false).run(x, xo, xs, w, wo, y);
  }

  /// Adds to `dx` the derivative by the input, for a cotangent that is read with any strides.
  static <A> void backward(
      ConvArrays<A> arrays, ConvShape s, A dy, int dyo, int[] dys, A w, int wo, A dx) {
    new Correlation<>(arrays, s, true).run(dy, dyo, dys, w, wo, dx);
  }

  /// The results that share their taps.
  ///
  /// @param off where each product's second factor lies in the image
  /// @param weights the first factors, row by row
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Part<A>(
      ConvAxisPlan.Part d,
      ConvAxisPlan.Part h,
      ConvAxisPlan.Part w,
      int[] off,
      A weights,
      int at) {}

  private void run(A x, int xo, int[] xs, A w, int wo, A y) {
    List<Part<A>> parts = new ArrayList<>();
    for (ConvAxisPlan.Part d : axes[0].parts()) {
      for (ConvAxisPlan.Part h : axes[1].parts()) {
        for (ConvAxisPlan.Part v : axes[2].parts()) {
          int[] off = offsets(d, h, v);
          if (off.length > 0) {
            A weights = backward ? packed(d, h, v, w, wo) : w;
            parts.add(new Part<>(d, h, v, off, weights, backward ? 0 : wo));
          }
        }
      }
    }
    int blocks = axes[split].blocks();
    int units = batch * groups * blocks;
    int grain = Math.clamp(GRAIN * units / Math.max(work, 1), 1, units);
    Parallel.forRange(
        units,
        grain,
        (from, to) -> {
          int size = channels * plane;
          A image = arrays.image(size + 2 * arrays.lanes);
          // Where all blocks lie alike, so do the zeros around them.
          boolean zeroed = blocks == 1;
          if (zeroed) {
            arrays.zero(image, 0, size);
          }
          for (int unit = from; unit < to; unit++) {
            int block = unit % blocks;
            int g = unit / blocks % groups;
            int n = unit / blocks / groups;
            pack(x, xo + n * xs[0] + g * channels * xs[1], xs, block, image, zeroed);
            for (Part<A> part : parts) {
              int at = part.at + g * rows * part.off.length;
              multiply(part, at, block, image, y, (n * groups + g) * rows);
            }
          }
        });
  }

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

  /// The weights `[group, in, out, taps of the part]` of `[group, out, in, taps]`.
  private A packed(ConvAxisPlan.Part d, ConvAxisPlan.Part h, ConvAxisPlan.Part w, A from, int wo) {
    int[] taps = new int[d.taps().length * h.taps().length * w.taps().length];
    int n = 0;
    for (int i : d.taps()) {
      for (int j : h.taps()) {
        for (int k : w.taps()) {
          taps[n++] = (i * sizes[1].kernel() + j) * sizes[2].kernel() + k;
        }
      }
    }
    int all = sizes[0].kernel() * sizes[1].kernel() * sizes[2].kernel();
    A packed = arrays.allocate(groups * rows * channels * n);
    for (int g = 0; g < groups; g++) {
      for (int t = 0; t < n; t++) {
        for (int c = 0; c < channels; c++) {
          int source = wo + (g * channels + c) * rows * all + taps[t];
          int to = (g * rows * channels + c) * n + t;
          arrays.spread(from, source, all, packed, to, channels * n, rows);
        }
      }
    }
    return packed;
  }

  /// Copies what a block of results reads of each channel, zeros where there is no source, unless
  /// the image is `zeroed` there.
  private void pack(A x, int xo, int[] xs, int block, A image, boolean zeroed) {
    int[] number = new int[3];
    number[split] = block;
    int rowsOfPlane = axes[0].extent() * axes[1].extent();
    int step = axes[2].step();
    for (int slot = 0; slot < axes[2].remainders().length; slot++) {
      int first = axes[2].source(slot * pitch, number[2]);
      int x0 = Math.clamp(Math.ceilDiv(-first, step), 0, pitch);
      int x1 = Math.clamp(Math.ceilDiv(source(2) - first, step), x0, pitch);
      for (int row = 0; row < rowsOfPlane; row++) {
        int z = axes[0].source(row / axes[1].extent(), number[0]);
        int y = axes[1].source(row % axes[1].extent(), number[1]);
        boolean there = z >= 0 && z < source(0) && y >= 0 && y < source(1) && x0 < x1;
        int from = xo + z * xs[2] + y * xs[3] + (first + x0 * step) * xs[4];
        int to = (slot * rowsOfPlane + row) * pitch;
        for (int c = 0; c < channels; c++, from += xs[1], to += plane) {
          if (there) {
            arrays.gather(x, from, step * xs[4], image, to + x0, x1 - x0);
          }
          if (!zeroed) {
            arrays.zero(image, to, there ? to + x0 : to + pitch);
            arrays.zero(image, there ? to + x1 : to + pitch, to + pitch);
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

  /// Adds a block of a part's results to the channels of `y` from `channel` on.
  private void multiply(Part<A> part, int at, int block, A image, A y, int channel) {
    var tiling = new Tiling(part, block);
    int lanes = arrays.lanes;
    int size = target(0) * target(1) * target(2);
    int products = part.off.length;
    A edge = arrays.edge();
    for (int k = 0; k < products; k += KC) {
      int kc = Math.min(KC, products - k);
      for (int row = 0; row < rows; row += arrays.rows) {
        int last = Math.min(arrays.rows, rows - row) - 1;
        int a = at + row * products + k;
        int to = (channel + row) * size;
        for (int v = 0; v < tiling.vectors; v += 2) {
          int u = Math.min(v + 1, tiling.vectors - 1);
          int b0 = tiling.starts[v];
          int b1 = tiling.starts[u];
          int c0 = tiling.targets[v];
          int c1 = tiling.targets[u];
          if (c0 >= 0 && c1 >= 0 && u > v && last == arrays.rows - 1) {
            arrays.tile(
                part.off,
                k,
                kc,
                part.weights,
                a,
                products,
                last,
                image,
                b0,
                b1,
                y,
                to + c0,
                to + c1,
                size);
          } else {
            arrays.zero(edge, 0, 2 * lanes * arrays.rows);
            arrays.tile(
                part.off,
                k,
                kc,
                part.weights,
                a,
                products,
                last,
                image,
                b0,
                b1,
                edge,
                0,
                lanes,
                2 * lanes);
            for (int r = 0; r <= last; r++) {
              tiling.add(b0, edge, 2 * lanes * r, y, to + r * size);
              if (u > v) {
                tiling.add(b1, edge, 2 * lanes * r + lanes, y, to + r * size);
              }
            }
          }
        }
      }
    }
  }

  /// How vectors cover a block of a part's results: row by row, or, where that takes fewer, over
  /// all rows of the image as one, with what lies between the results left out.
  private final class Tiling {
    final int vectors;

    private final boolean byRow;

    /// Where each vector begins in the image, relative to the first.
    final int[] starts;

    /// Where all of a vector may be added to a channel of the results as it is, or −1.
    final int[] targets;

    private final int depth;
    private final int height;
    private final int width;
    private final int origin;
    private final int stepZ;
    private final int stepY;
    private final int stepX;

    Tiling(Part<A> part, int block) {
      ConvAxisPlan.Part[] dims = {part.d, part.h, part.w};
      int[] counts = new int[3];
      int[] first = new int[3];
      for (int a = 0; a < 3; a++) {
        counts[a] = axes[a].count(dims[a], a == split ? block : 0);
        first[a] = axes[a].start(dims[a], a == split ? block : 0);
      }
      depth = counts[0];
      height = counts[1];
      width = counts[2];
      stepX = part.w.step();
      stepY = target(2) * part.h.step();
      stepZ = target(2) * target(1) * part.d.step();
      origin = (first[0] * target(1) + first[1]) * target(2) + first[2];
      int lanes = arrays.lanes;
      int perRow = Math.ceilDiv(width, lanes);
      int span = ((depth - 1) * axes[1].extent() + height - 1) * pitch + width;
      if (depth == 0 || height == 0 || width == 0) {
        vectors = 0;
      } else {
        vectors = Math.min(depth * height * perRow, Math.ceilDiv(span, lanes));
      }
      byRow = vectors == depth * height * perRow;
      starts = new int[vectors];
      targets = new int[vectors];
      for (int v = 0; v < vectors; v++) {
        if (byRow) {
          int z = v / perRow / height;
          int y = v / perRow % height;
          int x = v % perRow * lanes;
          starts[v] = (z * axes[1].extent() + y) * pitch + x;
          boolean whole = stepX == 1 && x + lanes <= width;
          targets[v] = whole ? origin + z * stepZ + y * stepY + x : -1;
        } else {
          starts[v] = v * lanes;
          targets[v] = -1;
        }
      }
    }

    /// Adds the lanes that are results of the vector that begins at `start`.
    void add(int start, A vector, int from, A y, int channel) {
      int lane = 0;
      while (lane < arrays.lanes) {
        int row = (start + lane) / pitch;
        int x = (start + lane) % pitch;
        int z = row / axes[1].extent();
        int h = row % axes[1].extent();
        if (z >= depth) {
          return;
        }
        int run = Math.min(width - x, arrays.lanes - lane);
        if (run > 0 && h < height) {
          int to = channel + origin + z * stepZ + h * stepY + x * stepX;
          arrays.add(vector, from + lane, y, to, stepX, run);
        }
        lane = byRow ? arrays.lanes : lane + pitch - x;
      }
    }
  }
}
