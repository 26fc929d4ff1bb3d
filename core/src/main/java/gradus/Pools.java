// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.ConvAxis;
import gradus.kernel.PoolAxis;
import gradus.kernel.PoolShape;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The arguments of poolings, checked, and the windows that follow from them.
final class Pools {
  private Pools() {}

  /// The largest elements, and their places in their planes.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Largest(Tensor values, int[] at) {
    MaxResult withIndices() {
      long[] indices = Arrays.stream(at).asLongStream().toArray();
      return new MaxResult(values, Tensor.wrap(DType.INT64, indices, values.shape()));
    }
  }

  static Largest max(int rank, Tensor x, MaxPoolOptions o) {
    String op = "maxPool" + rank + "d";
    check(op, x, rank);
    int[] kernel = Spatial.each(op, "kernelSize", o.kernelSize(), rank);
    int[] stride = stride(op, o.kernelSize(), o.stride(), rank);
    int[] padding = Spatial.each(op, "padding", o.padding(), rank);
    int[] dilation = Spatial.each(op, "dilation", o.dilation(), rank);
    halfAtMost(op, kernel, padding);
    return largest(
        rank,
        x,
        i -> {
          int in = Spatial.size(x, rank, i);
          int reach = dilation[i] * (kernel[i] - 1);
          int out = windows(op, x, in, reach, stride[i], padding[i], o.ceilMode());
          int[] start = new int[out];
          int[] end = new int[out];
          for (int w = 0; w < out; w++) {
            int from = w * stride[i] - padding[i];
            end[w] = Math.min(from + reach + 1, in);
            // The first element of the window that exists.
            start[w] = from < 0 ? Math.floorMod(from, dilation[i]) : from;
          }
          return new PoolAxis(in, start, end, dilation[i], end);
        });
  }

  static Largest adaptiveMax(int rank, Tensor x, int... outputSize) {
    String op = "adaptiveMaxPool" + rank + "d";
    check(op, x, rank);
    int[] out = outputSizes(op, x, rank, outputSize);
    return largest(rank, x, i -> adaptive(Spatial.size(x, rank, i), out[i]));
  }

  private static Largest largest(int rank, Tensor x, IntFunction<PoolAxis> axes) {
    PoolShape s = shape(rank, x, axes);
    Shape shape = Spatial.shape(x, Spatial.channels(x, rank), spatial(s, rank));
    int[] at = new int[shape.numel()];
    Tensor values = Pooling.MaxPool.of(x, s, shape, at);
    return new Largest(values, at);
  }

  static Tensor average(int rank, Tensor x, AvgPoolOptions o) {
    String op = "avgPool" + rank + "d";
    check(op, x, rank);
    int[] kernel = Spatial.each(op, "kernelSize", o.kernelSize(), rank);
    int[] stride = stride(op, o.kernelSize(), o.stride(), rank);
    int[] padding = Spatial.each(op, "padding", o.padding(), rank);
    halfAtMost(op, kernel, padding);
    Integer divisor = o.divisorOverride();
    return means(
        rank,
        x,
        i -> {
          int in = Spatial.size(x, rank, i);
          int out = windows(op, x, in, kernel[i] - 1, stride[i], padding[i], o.ceilMode());
          int[] start = new int[out];
          int[] end = new int[out];
          int[] count = new int[out];
          for (int w = 0; w < out; w++) {
            int from = w * stride[i] - padding[i];
            int to = Math.min(from + kernel[i], in + padding[i]);
            start[w] = Math.max(from, 0);
            end[w] = Math.min(to, in);
            if (divisor != null) {
              count[w] = i == 0 ? divisor : 1;
            } else {
              count[w] = o.countIncludePad() ? to - from : end[w] - start[w];
            }
          }
          return new PoolAxis(in, start, end, 1, count);
        });
  }

  static Tensor adaptiveAverage(int rank, Tensor x, int... outputSize) {
    String op = "adaptiveAvgPool" + rank + "d";
    check(op, x, rank);
    int[] out = outputSizes(op, x, rank, outputSize);
    if (Arrays.stream(out).allMatch(size -> size == 1)) {
      // The mean over everything has a faster and more exact sum.
      int[] dims = new int[rank];
      Arrays.setAll(dims, i -> i - rank);
      return x.mean(Dims.keep(dims));
    }
    return means(rank, x, i -> adaptive(Spatial.size(x, rank, i), out[i]));
  }

  private static Tensor means(int rank, Tensor x, IntFunction<PoolAxis> axes) {
    PoolShape s = shape(rank, x, axes);
    Shape shape = Spatial.shape(x, Spatial.channels(x, rank), spatial(s, rank));
    return Pooling.AvgPool.of(x, s, shape);
  }

  /// Windows that cover the input evenly, and each other where they must.
  private static PoolAxis adaptive(int in, int out) {
    int[] start = new int[out];
    int[] end = new int[out];
    int[] count = new int[out];
    for (int w = 0; w < out; w++) {
      start[w] = (int) ((long) w * in / out);
      end[w] = (int) Math.ceilDiv((w + 1L) * in, out);
      count[w] = end[w] - start[w];
    }
    return new PoolAxis(in, start, end, 1, count);
  }

  private static PoolShape shape(int rank, Tensor x, IntFunction<PoolAxis> axes) {
    PoolAxis[] all = new PoolAxis[3];
    Arrays.fill(all, PoolAxis.NONE);
    for (int i = 0; i < rank; i++) {
      all[3 - rank + i] = axes.apply(i);
    }
    int planes = Spatial.batch(x, rank) * Spatial.channels(x, rank);
    return new PoolShape(planes, all[0], all[1], all[2]);
  }

  private static int[] spatial(PoolShape s, int rank) {
    int[] all = {s.d().out(), s.h().out(), s.w().out()};
    return Arrays.copyOfRange(all, 3 - rank, 3);
  }

  /// How many windows there are.
  private static int windows(
      String op, Tensor x, int in, int reach, int stride, int padding, boolean ceil) {
    int room = in + 2 * padding - reach - 1;
    int out = Math.floorDiv(room + (ceil ? stride - 1 : 0), stride) + 1;
    if (ceil && (out - 1) * stride >= in + padding) {
      out--;
    }
    if (out <= 0 || (room < 0 && !ceil)) {
      throw new IllegalArgumentException(
          "%s: windows that span %d don't fit the input %s with padding %d"
              .formatted(op, reach + 1, x.shape(), padding));
    }
    return out;
  }

  private static int[] stride(String op, Shape kernel, @Nullable Shape stride, int rank) {
    return Spatial.each(op, "stride", stride == null ? kernel : stride, rank);
  }

  private static void halfAtMost(String op, int[] kernel, int[] padding) {
    for (int i = 0; i < kernel.length; i++) {
      if (padding[i] > kernel[i] / 2) {
        throw new IllegalArgumentException(
            "%s: padding %s is more than half of the kernel %s"
                .formatted(op, Spatial.text(padding), Spatial.text(kernel)));
      }
    }
  }

  private static int[] outputSizes(String op, Tensor x, int rank, int[] given) {
    if (given.length != 1 && given.length != rank) {
      throw new IllegalArgumentException(
          "%s: outputSize %s: expected one number or %d"
              .formatted(op, Arrays.toString(given), rank));
    }
    int[] sizes = new int[rank];
    for (int i = 0; i < rank; i++) {
      int size = given[given.length == 1 ? 0 : i];
      if (size < -1) {
        throw new IllegalArgumentException(
            "%s: outputSize %s: expected sizes, or -1 for the input's"
                .formatted(op, Arrays.toString(given)));
      }
      sizes[i] = size == -1 ? Spatial.size(x, rank, i) : size;
    }
    return sizes;
  }

  /// Refuses inputs without elements to look at.
  private static void check(String op, Tensor x, int rank) {
    Spatial.check(op, x, rank);
    boolean empty = Spatial.channels(x, rank) == 0;
    for (int i = 0; i < rank; i++) {
      empty |= Spatial.size(x, rank, i) == 0;
    }
    if (empty) {
      throw new IllegalArgumentException(
          "%s: the input %s has no elements to pool".formatted(op, x.shape()));
    }
  }

  static Tensor unfold(Tensor x, UnfoldOptions o) {
    check("im2col", x, 2);
    ConvAxis[] axes = new ConvAxis[2];
    for (int i = 0; i < 2; i++) {
      axes[i] = axis("im2col", x, o, i, Spatial.size(x, 2, i));
    }
    int taps = axes[0].kernel() * axes[1].kernel();
    int rows = Spatial.channels(x, 2) * taps;
    int columns = axes[0].out() * axes[1].out();
    Shape shape = x.dim() == 3 ? Shape.of(rows, columns) : Shape.of(x.size(0), rows, columns);
    int planes = Spatial.batch(x, 2) * Spatial.channels(x, 2);
    return Pooling.Unfold.of(x, planes, axes[0], axes[1], shape);
  }

  static Tensor fold(Tensor x, Shape outputSize, UnfoldOptions o) {
    Launch.floating("col2im", x);
    if (x.dim() != 2 && x.dim() != 3) {
      throw new IllegalArgumentException(
          "col2im: the input %s is not [N, C · kernel, L] or [C · kernel, L]".formatted(x.shape()));
    }
    int[] sizes = Spatial.each("col2im", "outputSize", outputSize, 2);
    ConvAxis[] axes = new ConvAxis[2];
    for (int i = 0; i < 2; i++) {
      axes[i] = axis("col2im", x, o, i, sizes[i]);
    }
    int taps = axes[0].kernel() * axes[1].kernel();
    int columns = axes[0].out() * axes[1].out();
    if (x.size(-2) % taps != 0 || x.size(-1) != columns) {
      throw new IllegalArgumentException(
          "col2im: the input %s does not end in a multiple of %d, the elements of a window, and %d, the number of windows in %s"
              .formatted(x.shape(), taps, columns, Spatial.text(sizes)));
    }
    int channels = x.size(-2) / taps;
    Shape shape =
        x.dim() == 2
            ? Shape.of(channels, sizes[0], sizes[1])
            : Shape.of(x.size(0), channels, sizes[0], sizes[1]);
    int planes = x.dim() == 2 ? channels : x.size(0) * channels;
    return Pooling.Fold.of(x, planes, axes[0], axes[1], shape);
  }

  private static ConvAxis axis(String op, Tensor x, UnfoldOptions o, int i, int in) {
    int kernel = Spatial.each(op, "kernelSize", o.kernelSize(), 2)[i];
    int stride = Spatial.each(op, "stride", o.stride(), 2)[i];
    int padding = Spatial.each(op, "padding", o.padding(), 2)[i];
    int dilation = Spatial.each(op, "dilation", o.dilation(), 2)[i];
    int out = windows(op, x, in, dilation * (kernel - 1), stride, padding, false);
    return new ConvAxis(in, out, kernel, stride, padding, dilation);
  }
}
