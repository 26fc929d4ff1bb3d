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
  private final Tensor images;
  private final Tensor labels;
  private final List<String> classes;
  private final TensorDataset examples;

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
    this.examples = new TensorDataset(images, labels);
    this.images = images;
    this.labels = labels;
    this.classes = List.copyOf(classes);
    long[] values = labels.toLongArray();
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
    return (int) labels.get(Objects.checkIndex(index, size())).item();
  }

  @Override
  public int size() {
    return examples.size();
  }

  @Override
  public Sample get(int index) {
    return examples.get(index);
  }

  @Override
  public Batch batch(int... indices) {
    return examples.batch(indices);
  }
}
