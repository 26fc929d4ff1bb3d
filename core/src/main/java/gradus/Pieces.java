// SPDX-License-Identifier: Apache-2.0
package gradus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A dimension in parts.
final class Pieces {
  private Pieces() {}

  static List<Tensor> split(Tensor x, int size, int dim) {
    if (size <= 0) {
      throw new IllegalArgumentException("split: size %d is not positive".formatted(size));
    }
    return pieces(x, "split", size, dim);
  }

  static List<Tensor> split(Tensor x, int[] sizes, int dim) {
    int axis = axis("split", x, dim);
    if (Arrays.stream(sizes).asLongStream().sum() != x.size(axis)
        || Arrays.stream(sizes).anyMatch(s -> s < 0)) {
      throw new IllegalArgumentException(
          "split: %s: sizes %s don't add up to %d, the size of dimension %d"
              .formatted(x.shape(), Arrays.toString(sizes), x.size(axis), dim));
    }
    List<Tensor> pieces = new ArrayList<>();
    int start = 0;
    for (int size : sizes) {
      pieces.add(x.narrow(axis, start, size));
      start += size;
    }
    return pieces;
  }

  static List<Tensor> chunk(Tensor x, int chunks, int dim) {
    if (chunks <= 0) {
      throw new IllegalArgumentException("chunk: chunks %d is not positive".formatted(chunks));
    }
    int size = x.size(axis("chunk", x, dim));
    if (size == 0) {
      // Nothing to share out: as many pieces as were asked for, all empty.
      return split(x, new int[chunks], dim);
    }
    return pieces(x, "chunk", Math.ceilDiv(size, chunks), dim);
  }

  private static List<Tensor> pieces(Tensor x, String op, int length, int dim) {
    int axis = axis(op, x, dim);
    int size = x.size(axis);
    List<Tensor> pieces = new ArrayList<>();
    int start = 0;
    do {
      int n = Math.min(length, size - start);
      pieces.add(x.narrow(axis, start, n));
      start += n;
    } while (start < size);
    return pieces;
  }

  static List<Tensor> unbind(Tensor x, int dim) {
    int axis = axis("unbind", x, dim);
    List<Tensor> slices = new ArrayList<>();
    for (int i = 0; i < x.size(axis); i++) {
      slices.add(x.select(axis, i));
    }
    return slices;
  }

  /// The sizes that dimension `axis` falls into, of which one may be −1.
  static int[] sizes(Tensor x, int axis, int... sizes) {
    int size = x.dim() == 0 ? 1 : x.size(axis);
    int[] known = sizes.clone();
    int unknown = -1;
    long product = 1;
    boolean valid = sizes.length > 0 && x.dim() > 0;
    for (int d = 0; d < sizes.length; d++) {
      if (sizes[d] == -1 && unknown < 0) {
        unknown = d;
      } else {
        valid &= sizes[d] >= 0;
        product *= sizes[d];
      }
    }
    if (unknown >= 0 && product > 0) {
      known[unknown] = (int) (size / product);
      product *= known[unknown];
    }
    if (!valid || product != size) {
      throw new IllegalArgumentException(
          "unflatten: %s: dimension %d of size %d cannot become %s"
              .formatted(x.shape(), axis, size, Arrays.toString(sizes)));
    }
    return known;
  }

  private static int axis(String op, Tensor x, int dim) {
    if (x.dim() == 0) {
      throw new IllegalArgumentException(op + ": a scalar has no dimension to cut");
    }
    return x.shape().axis(op, dim);
  }
}
