// SPDX-License-Identifier: Apache-2.0
package gradus;

import java.util.Arrays;

/// Sizes and layouts of tensors `[N, C, …]` or, without a batch, `[C, …]`, whose last one to three
/// dimensions are spatial.
final class Spatial {
  private static final String[] AXES = {"L", "H, W", "D, H, W"};

  private Spatial() {}

  static void positive(String option, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException(option + ": " + value + " is not positive");
    }
  }

  static void positive(String option, Shape values) {
    for (int value : values.sizes) {
      positive(option, value);
    }
  }

  /// An option's value for each of `rank` dimensions.
  static int[] each(String op, String option, Shape values, int rank) {
    if (values.dim() == 1) {
      int[] all = new int[rank];
      Arrays.fill(all, values.sizes[0]);
      return all;
    }
    if (values.dim() != rank) {
      throw new IllegalArgumentException(
          "%s: %s %s: expected one number or %d".formatted(op, option, values, rank));
    }
    return values.sizes;
  }

  /// Refuses an input that has neither `rank` spatial dimensions and channels nor also a batch.
  static void check(String op, Tensor x, int rank) {
    Launch.floating(op, x);
    if (x.dim() != rank + 1 && x.dim() != rank + 2) {
      throw new IllegalArgumentException(
          "%s: the input %s is not [N, C, %s] or [C, %s]"
              .formatted(op, x.shape(), AXES[rank - 1], AXES[rank - 1]));
    }
  }

  static int batch(Tensor x, int rank) {
    return x.dim() == rank + 1 ? 1 : x.shape().sizes[0];
  }

  static int channels(Tensor x, int rank) {
    return x.shape().sizes[x.dim() - rank - 1];
  }

  /// The size of spatial dimension `i`, 0 … rank − 1.
  static int size(Tensor x, int rank, int i) {
    return x.shape().sizes[x.dim() - rank + i];
  }

  /// The sizes of `x`, batch or not, with other channels and spatial sizes.
  static Shape shape(Tensor x, int channels, int... spatial) {
    int[] sizes = x.shape().toArray();
    int first = sizes.length - spatial.length;
    sizes[first - 1] = channels;
    System.arraycopy(spatial, 0, sizes, first, spatial.length);
    return Shape.wrap(sizes);
  }

  /// The strides of batch, channels and three spatial dimensions, 0 for those that are not there.
  static int[] strides(Tensor x, int rank) {
    int[] own = x.layout.strides;
    int[] strides = new int[5];
    for (int i = 1; i <= rank; i++) {
      strides[5 - i] = own[own.length - i];
    }
    strides[1] = own[own.length - rank - 1];
    strides[0] = own.length == rank + 1 ? 0 : own[0];
    return strides;
  }

  /// Sizes as messages show them, `3×3`.
  static String text(int... sizes) {
    return String.join("×", Arrays.stream(sizes).mapToObj(Integer::toString).toList());
  }
}
