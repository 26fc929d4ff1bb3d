// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.MaxPoolOptions;
import gradus.Parameter;
import gradus.Shape;
import gradus.Tensor;
import gradus.UnfoldOptions;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What layers with kernels have in common: how they start and how they are printed.
final class Kernels {
  private Kernels() {}

  /// Returns the size `size` in each of `rank` dimensions.
  static Shape cube(int size, int rank) {
    int[] sizes = new int[rank];
    Arrays.fill(sizes, size);
    return Shape.of(sizes);
  }

  /// Refuses sizes that are not positive, kernels of another rank, and channels that groups do not
  /// divide.
  static void check(
      String layer, int rank, int inChannels, int outChannels, Shape kernelSize, int groups) {
    Check.positive(layer + ": inChannels", inChannels);
    Check.positive(layer + ": outChannels", outChannels);
    if (kernelSize.dim() != rank || kernelSize.numel() == 0) {
      throw new IllegalArgumentException(
          "%s: kernelSize %s is not %d positive numbers".formatted(layer, kernelSize, rank));
    }
    if (inChannels % groups != 0 || outChannels % groups != 0) {
      throw new IllegalArgumentException(
          "%s: %d input and %d output channels cannot both be divided into %d groups"
              .formatted(layer, inChannels, outChannels, groups));
    }
  }

  /// Draws a weight.
  static Parameter weight(int channels, int perGroup, Shape kernelSize) {
    int[] sizes = new int[kernelSize.dim() + 2];
    sizes[0] = channels;
    sizes[1] = perGroup;
    System.arraycopy(kernelSize.toArray(), 0, sizes, 2, kernelSize.dim());
    var weight = new Parameter(Tensor.zeros(sizes));
    Init.kaimingUniform().a(Math.sqrt(5)).fill(weight);
    return weight;
  }

  /// Draws a bias beside a weight.
  static Parameter bias(int channels, Parameter weight) {
    var bias = new Parameter(Tensor.zeros(channels));
    double bound = 1 / Math.sqrt(Init.fans(weight).in());
    Init.uniform(-bound, bound).fill(bias);
    return bias;
  }

  /// Returns Python's tuple of an option's value for each dimension: `(3, 3)`, `(3,)`.
  static String tuple(Shape values, int rank) {
    int[] all = values.dim() == 1 ? cube(values.size(0), rank).toArray() : values.toArray();
    String joined = Arrays.stream(all).mapToObj(String::valueOf).collect(Collectors.joining(", "));
    return all.length == 1 ? "(" + joined + ",)" : "(" + joined + ")";
  }

  /// Returns a number as it is, several as Python's tuple.
  static String number(Shape values) {
    return values.dim() == 1 ? String.valueOf(values.size(0)) : tuple(values, values.dim());
  }

  /// Returns sizes, of which −1 is Python's `None`.
  static String sizes(int... sizes) {
    var texts = Arrays.stream(sizes).mapToObj(size -> size == -1 ? "None" : size + "");
    String joined = texts.collect(Collectors.joining(", "));
    return sizes.length == 1 ? joined : "(" + joined + ")";
  }

  /// Returns what a maximum pooling prints.
  static String repr(MaxPoolOptions options) {
    Shape stride = options.stride();
    return "kernel_size=%s, stride=%s, padding=%s, dilation=%s, ceil_mode=%s"
        .formatted(
            number(options.kernelSize()),
            number(stride == null ? options.kernelSize() : stride),
            number(options.padding()),
            number(options.dilation()),
            Repr.of(options.ceilMode()));
  }

  /// Returns what the making and the adding up of windows print.
  static String repr(UnfoldOptions options) {
    return "kernel_size=%s, dilation=%s, padding=%s, stride=%s"
        .formatted(
            number(options.kernelSize()),
            number(options.dilation()),
            number(options.padding()),
            number(options.stride()));
  }

  /// Appends an option where it is not the default.
  static void append(StringBuilder text, String option, Shape values, int normal, int rank) {
    if (Arrays.stream(values.toArray()).anyMatch(value -> value != normal)) {
      text.append(", ").append(option).append('=').append(tuple(values, rank));
    }
  }

  /// Appends groups and bias where they are not the default.
  static void append(StringBuilder text, int groups, @Nullable Parameter bias) {
    if (groups != 1) {
      text.append(", groups=").append(groups);
    }
    if (bias == null) {
      text.append(", bias=False");
    }
  }
}
