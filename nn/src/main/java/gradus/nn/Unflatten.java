// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Splits dimension `dim` into several: `[N, 12]` becomes `[N, 3, 4]` by `new Unflatten(1, 3, 4)`.
/// The inverse of [Flatten].
///
/// PyTorch: `torch.nn.Unflatten`.
public final class Unflatten extends Layer {
  private final int dim;
  private final int[] sizes;

  /// Makes the layer that splits `dim`, which counts from the end if negative, into `sizes`, of
  /// which one may be −1: what is left.
  ///
  /// @throws IllegalArgumentException if there are no sizes, one is below −1, or several are −1
  public Unflatten(int dim, int... sizes) {
    if (sizes.length == 0
        || Arrays.stream(sizes).anyMatch(size -> size < -1)
        || Arrays.stream(sizes).filter(size -> size == -1).count() > 1) {
      throw new IllegalArgumentException(
          "Unflatten: the sizes %s must be at least one, not negative, with at most one −1"
              .formatted(Arrays.toString(sizes)));
    }
    this.dim = dim;
    this.sizes = sizes.clone();
  }

  @Override
  protected Tensor forward(Tensor x) {
    int axis = dim < 0 ? dim + x.dim() : dim;
    if (axis < 0 || axis >= x.dim()) {
      throw new IllegalArgumentException(
          "Unflatten: the input %s has no dimension %s".formatted(x.shape(), dim));
    }
    int size = x.size(axis);
    long known = Arrays.stream(sizes).filter(s -> s >= 0).asLongStream().reduce(1, (a, b) -> a * b);
    boolean fits =
        Arrays.stream(sizes).allMatch(s -> s >= 0) ? known == size : known > 0 && size % known == 0;
    if (!fits) {
      throw new IllegalArgumentException(
          "Unflatten: dimension %s of the input %s cannot be split into %s"
              .formatted(dim, x.shape(), Arrays.toString(sizes)));
    }
    int[] old = x.shape().toArray();
    int[] shape = new int[old.length - 1 + sizes.length];
    System.arraycopy(old, 0, shape, 0, axis);
    System.arraycopy(old, axis + 1, shape, axis + sizes.length, old.length - axis - 1);
    for (int i = 0; i < sizes.length; i++) {
      shape[axis + i] = sizes[i] < 0 ? (int) (size / known) : sizes[i];
    }
    return x.reshape(shape);
  }

  @Override
  protected String extraRepr() {
    return Arrays.stream(sizes)
        .mapToObj(String::valueOf)
        .collect(
            Collectors.joining(
                ", ", "dim=" + dim + ", unflattened_size=(", sizes.length == 1 ? ",)" : ")"));
  }
}
