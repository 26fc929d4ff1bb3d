// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Shape;
import gradus.Tensor;
import java.util.Arrays;

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
    Double scaleFactor = options.scaleFactor();
    double factor = scaleFactor == null ? 0 : scaleFactor;
    Shape size = options.size();
    if (size != null && size.dim() != 1 && size.dim() != rank) {
      throw new IllegalArgumentException(
          "interpolate: size %s: expected one number or %d".formatted(size, rank));
    }
    Tensor y = x;
    for (int i = 0; i < rank; i++) {
      int in = x.size(i + 2);
      int out = size == null ? (int) Math.floor(in * factor) : size.size(size.dim() == 1 ? 0 : i);
      if (out <= 0 || in == 0) {
        throw new IllegalArgumentException(
            "interpolate: the input %s would become of size %d in dimension %d"
                .formatted(x.shape(), out, i + 2));
      }
      y =
          mode == Upsample.Mode.NEAREST
              ? nearest(y, i + 2, out, factor)
              : linear(y, i + 2, out, factor, options.alignCorners());
    }
    return y;
  }

  /// In single precision, as PyTorch does for all types.
  private static Tensor nearest(Tensor x, int dim, int out, double factor) {
    int in = x.size(dim);
    float scale = factor > 0 ? (float) (1 / factor) : (float) in / out;
    long[] index = new long[out];
    Arrays.setAll(index, i -> Math.min((long) Math.floor(i * scale), in - 1));
    return x.indexSelect(dim, Tensor.of(index));
  }

  private static Tensor linear(Tensor x, int dim, int out, double factor, boolean alignCorners) {
    int in = x.size(dim);
    long[] lower = new long[out];
    long[] upper = new long[out];
    double[] weight = new double[out];
    for (int i = 0; i < out; i++) {
      double at;
      if (alignCorners) {
        at = out > 1 ? (double) (in - 1) / (out - 1) * i : 0;
      } else {
        double scale = factor > 0 ? 1 / factor : (double) in / out;
        at = Math.max(scale * (i + 0.5) - 0.5, 0);
      }
      lower[i] = Math.min((long) at, in - 1);
      upper[i] = Math.min(lower[i] + 1, in - 1);
      weight[i] = Math.min(at - lower[i], 1);
    }
    int[] shape = new int[x.dim() - dim];
    Arrays.fill(shape, 1);
    shape[0] = out;
    Tensor part = Tensor.float64(weight, shape).to(x.dtype());
    Tensor low = x.indexSelect(dim, Tensor.of(lower));
    Tensor high = x.indexSelect(dim, Tensor.of(upper));
    return low.mul(part.neg().add(1)).add(high.mul(part));
  }
}
