// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Those functions of [F] that are several ops.
final class Functions {
  private Functions() {}

  static Tensor bilinear(Tensor x1, Tensor x2, Tensor weight, @Nullable Tensor bias) {
    Check.sameType("bilinear", "weight", weight, "first input", x1);
    Check.sameType("bilinear", "weight", weight, "second input", x2);
    if (weight.dim() != 3
        || x1.dim() == 0
        || x2.dim() == 0
        || x1.size(-1) != weight.size(1)
        || x2.size(-1) != weight.size(2)
        || !Arrays.equals(leading(x1), leading(x2))) {
      throw new IllegalArgumentException(
          "bilinear: the inputs %s and %s do not fit the weight %s, which is [out, in1, in2]"
              .formatted(x1.shape(), x2.shape(), weight.shape()));
    }
    int out = weight.size(0);
    int in1 = weight.size(1);
    int in2 = weight.size(2);
    int rows = x1.numel() / in1;
    Tensor left = x1.reshape(rows, in1).matmul(weight.permute(1, 0, 2).reshape(in1, out * in2));
    Tensor y = left.reshape(rows, out, in2).matmul(x2.reshape(rows, in2, 1));
    Tensor shaped = y.reshape(append(leading(x1), out));
    return bias == null ? shaped : shaped.add(bias);
  }

  static Tensor glu(Tensor x, int dim) {
    int size = x.size(dim);
    if (size % 2 != 0) {
      throw new IllegalArgumentException(
          "glu: dimension %s of the input %s cannot be halved: its size is odd"
              .formatted(dim, x.shape()));
    }
    return x.narrow(dim, 0, size / 2).mul(x.narrow(dim, size / 2, size / 2).sigmoid());
  }

  static Tensor maxout(Tensor x, int pieces) {
    if (pieces <= 0 || x.dim() == 0 || x.size(-1) % pieces != 0) {
      throw new IllegalArgumentException(
          "maxout: the last dimension of the input %s cannot be cut into groups of %s"
              .formatted(x.shape(), pieces));
    }
    return x.reshape(append(leading(x), x.size(-1) / pieces, pieces)).max(-1).values();
  }

  /// Returns the sizes of all dimensions of `x` but the last.
  private static int[] leading(Tensor x) {
    return Arrays.copyOf(x.shape().toArray(), x.dim() - 1);
  }

  private static int[] append(int[] sizes, int... more) {
    int[] all = Arrays.copyOf(sizes, sizes.length + more.length);
    System.arraycopy(more, 0, all, sizes.length, more.length);
    return all;
  }
}
