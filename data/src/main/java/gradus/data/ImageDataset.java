// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.DType;
import gradus.Tensor;
import gradus.internal.Raw;
import java.util.List;
import java.util.Objects;

/// Labelled images of one size, kept as uint8 in one tensor.
///
/// Batches have inputs uint8 `[N, C, H, W]` and targets int64 `[N]`; a [Normalization] makes floats
/// of them.
public final class ImageDataset implements ClassificationDataset {

  /// Bytes per thread below which a second thread costs more than it saves.
  private static final int GRAIN = 1 << 16;

  private final Tensor images;
  private final Tensor labels;
  private final List<String> classes;

  /// The images' own array, and how much of it is one image.
  private final byte[] pixels;

  private final int size;
  private final long[] numbers;

  /// Makes a dataset of images with labels.
  ///
  /// @param images uint8 `[N, C, H, W]`
  /// @param labels int64 `[N]`, each in 0 … C − 1
  /// @param classes the names of the C classes
  /// @throws IllegalArgumentException if shapes or dtypes are others, or a label has no class
  public ImageDataset(Tensor images, Tensor labels, List<String> classes) {
    if (images.dtype() != DType.UINT8 || images.dim() != 4) {
      throw new IllegalArgumentException(
          String.format(
              "ImageDataset: images are %s %s; uint8 [N, C, H, W] is wanted",
              images.dtype(), images.shape()));
    }
    if (labels.dtype() != DType.INT64 || labels.dim() != 1) {
      throw new IllegalArgumentException(
          String.format(
              "ImageDataset: labels are %s %s; int64 [N] is wanted",
              labels.dtype(), labels.shape()));
    }
    if (images.size(0) != labels.size(0)) {
      throw new IllegalArgumentException(
          String.format(
              "ImageDataset: images %s and labels %s do not have the same first size",
              images.shape(), labels.shape()));
    }
    this.images = images;
    this.labels = labels;
    this.classes = List.copyOf(classes);
    this.pixels = Raw.isWhole(images) ? Raw.bytes(images) : images.toByteArray();
    this.size = images.size(1) * images.size(2) * images.size(3);
    long[] values = labels.toLongArray();
    this.numbers = values;
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 0 || values[i] >= classes.size()) {
        throw new IllegalArgumentException(
            String.format(
                "ImageDataset: label %d of image %d is not in 0 … %d",
                values[i], i, classes.size() - 1));
      }
    }
  }

  /// Takes over pixels, channels first, and labels.
  static ImageDataset of(byte[] pixels, long[] labels, List<String> classes, int... imageShape) {
    return new ImageDataset(
        Raw.wrapBytes(pixels, labels.length, imageShape[0], imageShape[1], imageShape[2]),
        Raw.wrap(labels, labels.length),
        classes);
  }

  /// Returns all images, uint8 `[N, C, H, W]`.
  public Tensor images() {
    return images;
  }

  /// Returns all labels, int64 `[N]`.
  public Tensor labels() {
    return labels;
  }

  /// Returns the same images with other names of the classes.
  ///
  /// @throws IllegalArgumentException if a label has no name
  public ImageDataset withClasses(List<String> classes) {
    return new ImageDataset(images, labels, classes);
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public int label(int index) {
    return (int) numbers[Objects.checkIndex(index, size())];
  }

  @Override
  public int size() {
    return numbers.length;
  }

  @Override
  public Sample get(int index) {
    Objects.checkIndex(index, size());
    return new Sample(images.select(0, index), labels.select(0, index));
  }

  /// Returns channels, height and width.
  int[] imageShape() {
    return new int[] {images.size(1), images.size(2), images.size(3)};
  }

  /// Reads image `index` into `image`.
  void read(int index, Image image) {
    image.read(pixels, index * size);
  }

  @Override
  public Batch batch(int... indices) {
    long[] someLabels = new long[indices.length];
    for (int i = 0; i < indices.length; i++) {
      someLabels[i] = label(indices[i]);
    }
    byte[] some = new byte[Math.multiplyExact(indices.length, size)];
    Loops.parallel(
        indices.length,
        1 + GRAIN / Math.max(size, 1),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            System.arraycopy(pixels, indices[i] * size, some, i * size, size);
          }
        });
    int[] shape = images.shape().toArray();
    shape[0] = indices.length;
    return new Batch(Raw.wrapBytes(some, shape), Raw.wrap(someLabels, indices.length));
  }
}
