// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.ConvAxis;
import gradus.kernel.ConvShape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The arguments of convolutions, checked, and the sizes that follow from them.
final class Convolutions {
  private Convolutions() {}

  static Tensor conv(int rank, Tensor x, Tensor w, @Nullable Tensor bias, ConvOptions options) {
    String op = "conv" + rank + "d";
    check(op, rank, x, w, bias);
    if (options.paddingMode() != PadMode.CONSTANT) {
      Tensor padded = x.pad(around(op, rank, w, options), options.paddingMode());
      ConvOptions rest = options.padding(0).paddingMode(PadMode.CONSTANT);
      return conv(rank, padded, w, bias, rest);
    }
    int groups = options.groups();
    int in = w.size(1);
    int out = w.size(0);
    if (Spatial.channels(x, rank) != in * groups) {
      throw new IllegalArgumentException(
          "%s: the input %s has %d channels, but the weight %s with %s takes %d"
              .formatted(
                  op, x.shape(), Spatial.channels(x, rank), w.shape(), text(groups), in * groups));
    }
    if (out % groups != 0) {
      throw new IllegalArgumentException(
          "%s: %d output channels of the weight %s cannot be divided into %d groups"
              .formatted(op, out, w.shape(), groups));
    }
    bias(op, bias, out);
    int[] stride = Spatial.each(op, "stride", options.stride(), rank);
    int[] dilation = Spatial.each(op, "dilation", options.dilation(), rank);
    int[] padding = new int[rank];
    int[] spatial = new int[rank];
    for (int i = 0; i < rank; i++) {
      int reach = (w.size(i + 2) - 1) * dilation[i];
      switch (options.padding().kind()) {
        case ZEROS -> {
          padding[i] = Spatial.each(op, "padding", options.padding().sizes(), rank)[i];
          spatial[i] = (Spatial.size(x, rank, i) + 2 * padding[i] - reach - 1) / stride[i] + 1;
          if (Spatial.size(x, rank, i) + 2 * padding[i] <= reach) {
            throw tooLarge(op, x, w, padding, dilation, i);
          }
        }
        case SAME -> {
          checkSame(op, stride[i], options);
          padding[i] = reach / 2;
          spatial[i] = Spatial.size(x, rank, i);
        }
      }
    }
    ConvAxis[] axes = axes();
    for (int i = 0; i < rank; i++) {
      axes[3 - rank + i] =
          new ConvAxis(
              Spatial.size(x, rank, i),
              spatial[i],
              w.size(i + 2),
              stride[i],
              padding[i],
              dilation[i]);
    }
    var s =
        new ConvShape(Spatial.batch(x, rank), groups, in, out / groups, axes[0], axes[1], axes[2]);
    return Convolution.Convolve.of(x, w, bias, s, Spatial.shape(x, out, spatial));
  }

  /// Returns what a padding puts before and behind each spatial dimension, the last one first.
  private static int[] around(String op, int rank, Tensor w, ConvOptions options) {
    int[] stride = Spatial.each(op, "stride", options.stride(), rank);
    int[] dilation = Spatial.each(op, "dilation", options.dilation(), rank);
    int[] pad = new int[2 * rank];
    for (int i = 0; i < rank; i++) {
      int at = 2 * (rank - 1 - i);
      switch (options.padding().kind()) {
        case ZEROS -> {
          pad[at] = Spatial.each(op, "padding", options.padding().sizes(), rank)[i];
          pad[at + 1] = pad[at];
        }
        case SAME -> {
          checkSame(op, stride[i], options);
          int reach = (w.size(i + 2) - 1) * dilation[i];
          pad[at] = reach / 2;
          pad[at + 1] = reach - reach / 2;
        }
      }
    }
    return pad;
  }

  private static void checkSame(String op, int stride, ConvOptions options) {
    if (stride != 1) {
      throw new IllegalArgumentException(
          "%s: Padding.SAME keeps the size where the stride is 1, here it is %s; pad by numbers"
              .formatted(op, options.stride()));
    }
  }

  static Tensor transposed(
      int rank, Tensor x, Tensor w, @Nullable Tensor bias, ConvTransposeOptions options) {
    String op = "convTranspose" + rank + "d";
    check(op, rank, x, w, bias);
    int groups = options.groups();
    int in = w.size(0);
    int out = w.size(1);
    if (Spatial.channels(x, rank) != in) {
      throw new IllegalArgumentException(
          "%s: the input %s has %d channels, but the weight %s takes %d"
              .formatted(op, x.shape(), Spatial.channels(x, rank), w.shape(), in));
    }
    if (in % groups != 0) {
      throw new IllegalArgumentException(
          "%s: %d input channels of the weight %s cannot be divided into %d groups"
              .formatted(op, in, w.shape(), groups));
    }
    bias(op, bias, out * groups);
    int[] stride = Spatial.each(op, "stride", options.stride(), rank);
    int[] padding = Spatial.each(op, "padding", options.padding(), rank);
    int[] outputPadding = Spatial.each(op, "outputPadding", options.outputPadding(), rank);
    int[] dilation = Spatial.each(op, "dilation", options.dilation(), rank);
    int[] spatial = new int[rank];
    ConvAxis[] axes = axes();
    for (int i = 0; i < rank; i++) {
      if (outputPadding[i] >= Math.max(stride[i], dilation[i])) {
        throw new IllegalArgumentException(
            "%s: outputPadding %s must be less than stride %s or dilation %s"
                .formatted(op, options.outputPadding(), options.stride(), options.dilation()));
      }
      int from = Spatial.size(x, rank, i);
      spatial[i] =
          (from - 1) * stride[i]
              - 2 * padding[i]
              + dilation[i] * (w.size(i + 2) - 1)
              + outputPadding[i]
              + 1;
      if (spatial[i] <= 0 || from == 0) {
        throw new IllegalArgumentException(
            "%s: the input %s and padding %s leave an output of size %d in dimension %d"
                .formatted(op, x.shape(), options.padding(), spatial[i], x.dim() - rank + i));
      }
      axes[3 - rank + i] =
          new ConvAxis(spatial[i], from, w.size(i + 2), stride[i], padding[i], dilation[i]);
    }
    var s =
        new ConvShape(Spatial.batch(x, rank), groups, out, in / groups, axes[0], axes[1], axes[2]);
    return Convolution.ConvolveTransposed.of(
        x, w, bias, s, Spatial.shape(x, out * groups, spatial));
  }

  private static ConvAxis[] axes() {
    ConvAxis[] axes = new ConvAxis[3];
    Arrays.fill(axes, ConvAxis.NONE);
    return axes;
  }

  private static void check(String op, int rank, Tensor x, Tensor w, @Nullable Tensor bias) {
    Spatial.check(op, x, rank);
    Launch.sameType(op, x, w);
    if (bias != null) {
      Launch.sameType(op, x, bias);
    }
    if (w.dim() != rank + 2 || w.numel() == 0) {
      throw new IllegalArgumentException(
          "%s: the weight %s does not have %d dimensions with at least one element"
              .formatted(op, w.shape(), rank + 2));
    }
  }

  private static void bias(String op, @Nullable Tensor bias, int channels) {
    if (bias != null && (bias.dim() != 1 || bias.numel() != channels)) {
      throw new IllegalArgumentException(
          "%s: the bias %s is not [%d], one number for each output channel"
              .formatted(op, bias.shape(), channels));
    }
  }

  private static String text(int groups) {
    return groups == 1 ? "1 group" : groups + " groups";
  }

  private static IllegalArgumentException tooLarge(
      String op, Tensor x, Tensor w, int[] padding, int[] dilation, int i) {
    int rank = padding.length;
    return new IllegalArgumentException(
        "%s: the kernel of the weight %s spans %d in dimension %d, more than the %d of the input %s with padding %d"
            .formatted(
                op,
                w.shape(),
                (w.size(i + 2) - 1) * dilation[i] + 1,
                x.dim() - rank + i,
                Spatial.size(x, rank, i) + 2 * padding[i],
                x.shape(),
                padding[i]));
  }
}
