// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Shape;
import gradus.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Other sizes of images and sequences, dimension by dimension.
final class Interpolation {
  private Interpolation() {}

  static Tensor of(Tensor x, Upsample.Options options) {
    int rank = x.dim() - 2;
    Upsample.Mode mode = options.mode();
    if (rank < 1 || rank > 3 || (mode.rank() != 0 && mode.rank() != rank)) {
      throw new IllegalArgumentException(
          "interpolate: the input %s has %d dimensions, not the %s of mode %s"
              .formatted(x.shape(), x.dim(), mode.rank() == 0 ? "3 to 5" : mode.rank() + 2, mode));
    }
    Check.floating("interpolate", "input", x);
    List<Double> factors = options.scaleFactor();
    Shape size = options.size();
    checkCount("size", size == null ? 1 : size.dim(), size, rank);
    checkCount("scaleFactor", factors == null ? 1 : factors.size(), factors, rank);
    int[] sizes = new int[rank];
    for (int i = 0; i < rank; i++) {
      int in = x.size(i + 2);
      sizes[i] =
          factors == null
              ? of(Objects.requireNonNull(size), i)
              : (int) Math.floor(in * of(factors, i));
      if (sizes[i] <= 0 || in == 0) {
        throw new IllegalArgumentException(
            "interpolate: the input %s would become of size %d in dimension %d"
                .formatted(x.shape(), sizes[i], i + 2));
      }
    }
    if (mode == Upsample.Mode.AREA) {
      return area(x, sizes);
    }
    Tensor y = x;
    for (int i = 0; i < rank; i++) {
      boolean given = factors != null && !options.recomputeScaleFactor();
      double factor = given ? of(Objects.requireNonNull(factors), i) : 0;
      boolean corners = options.alignCorners();
      y =
          switch (mode) {
            case NEAREST -> nearest(y, i + 2, sizes[i], factor, 0);
            case NEAREST_EXACT -> nearest(y, i + 2, sizes[i], factor, 0.5f);
            case BICUBIC -> cubic(y, i + 2, sizes[i], factor, corners);
            default -> linear(y, i + 2, sizes[i], factor, corners);
          };
    }
    return y;
  }

  private static void checkCount(String option, int count, @Nullable Object given, int rank) {
    if (count != 1 && count != rank) {
      throw new IllegalArgumentException(
          "interpolate: %s %s: expected one number or %d".formatted(option, given, rank));
    }
  }

  private static int of(Shape size, int i) {
    return size.size(size.dim() == 1 ? 0 : i);
  }

  private static double of(List<Double> factors, int i) {
    return factors.get(factors.size() == 1 ? 0 : i);
  }

  private static Tensor area(Tensor x, int[] sizes) {
    return switch (sizes.length) {
      case 1 -> x.adaptiveAvgPool1d(sizes[0]);
      case 2 -> x.adaptiveAvgPool2d(sizes);
      default -> x.adaptiveAvgPool3d(sizes);
    };
  }

  /// In single precision, as PyTorch does for all types.
  ///
  /// @param middle what is added to an output's number to look where it lies
  private static Tensor nearest(Tensor x, int dim, int out, double factor, float middle) {
    int in = x.size(dim);
    float scale = factor > 0 ? (float) (1 / factor) : (float) in / out;
    long[] index = new long[out];
    Arrays.setAll(index, i -> Math.min((long) Math.floor((i + middle) * scale), in - 1));
    return x.indexSelect(dim, Tensor.of(index));
  }

  /// Returns where output `i` lies in the input, which may be before it.
  private static double place(int i, int in, int out, double factor, boolean alignCorners) {
    if (alignCorners) {
      return out > 1 ? (double) (in - 1) / (out - 1) * i : 0;
    }
    double scale = factor > 0 ? 1 / factor : (double) in / out;
    return scale * (i + 0.5) - 0.5;
  }

  private static Tensor linear(Tensor x, int dim, int out, double factor, boolean alignCorners) {
    int in = x.size(dim);
    long[] lower = new long[out];
    long[] upper = new long[out];
    double[] weight = new double[out];
    for (int i = 0; i < out; i++) {
      double at = Math.max(place(i, in, out, factor, alignCorners), 0);
      lower[i] = Math.min((long) at, in - 1);
      upper[i] = Math.min(lower[i] + 1, in - 1);
      weight[i] = Math.min(at - lower[i], 1);
    }
    Tensor part = along(x, dim, weight);
    Tensor low = x.indexSelect(dim, Tensor.of(lower));
    Tensor high = x.indexSelect(dim, Tensor.of(upper));
    return low.mul(part.neg().add(1)).add(high.mul(part));
  }

  private static Tensor cubic(Tensor x, int dim, int out, double factor, boolean alignCorners) {
    int in = x.size(dim);
    long[][] at = new long[4][out];
    double[][] weight = new double[4][out];
    for (int i = 0; i < out; i++) {
      double place = place(i, in, out, factor, alignCorners);
      double before = Math.floor(place);
      for (int tap = 0; tap < 4; tap++) {
        at[tap][i] = Math.clamp((long) before + tap - 1, 0, in - 1);
        weight[tap][i] = keys(Math.abs(place - before - (tap - 1)));
      }
    }
    Tensor y = x.indexSelect(dim, Tensor.of(at[0])).mul(along(x, dim, weight[0]));
    for (int tap = 1; tap < 4; tap++) {
      y = y.add(x.indexSelect(dim, Tensor.of(at[tap])).mul(along(x, dim, weight[tap])));
    }
    return y;
  }

  /// The weight of an element at distance `d`. (Keys: Cubic convolution interpolation for digital
  /// image processing, IEEE Transactions on Acoustics, Speech and Signal Processing 29 (1981).)
  private static double keys(double d) {
    double a = -0.75;
    return d <= 1 ? ((a + 2) * d - (a + 3)) * d * d + 1 : ((a * d - 5 * a) * d + 8 * a) * d - 4 * a;
  }

  /// Returns numbers as a tensor that broadcasts along `dim` of `x`.
  private static Tensor along(Tensor x, int dim, double[] values) {
    int[] shape = new int[x.dim() - dim];
    Arrays.fill(shape, 1);
    shape[0] = values.length;
    return Tensor.float64(values, shape).to(x.dtype());
  }
}
