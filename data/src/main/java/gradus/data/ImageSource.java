// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Generator;
import org.jspecify.annotations.Nullable;

/// The uint8 images of a dataset one at a time, for batches that are made in one pass: an image is
/// read, augmented and made floats while it is in the fastest cache.
sealed interface ImageSource {

  /// Returns channels, height and width of all images.
  int[] shape();

  /// Returns the label of example `index`.
  ///
  /// @throws IndexOutOfBoundsException if there is no such example
  long label(int index);

  /// Reads the image of example `index`, which exists, into `image`, a [scratch][Image#scratch], as
  /// it is stored.
  void read(int index, Image image);

  /// Augments `image`, which was read as that of example `index`.
  void augment(int index, Image image);

  /// Returns the images of `dataset`, or null if it has others than those of [ImageDataset]s.
  static @Nullable ImageSource of(Dataset dataset) {
    return switch (dataset) {
      case ImageDataset images -> new Stored(images);
      case AugmentedDataset augmented -> {
        ImageSource source = of(augmented.dataset());
        yield source == null
            ? null
            : new Augmented(source, augmented.augmentation(), augmented.generator());
      }
      case Subset subset -> {
        ImageSource source = of(subset.dataset());
        yield source == null ? null : new Some(source, subset);
      }
      default -> null;
    };
  }

  /// Images as they are.
  record Stored(ImageDataset images) implements ImageSource {
    @Override
    public int[] shape() {
      return images.imageShape();
    }

    @Override
    public long label(int index) {
      return images.label(index);
    }

    @Override
    public void read(int index, Image image) {
      images.read(index, image);
    }

    @Override
    public void augment(int index, Image image) {}
  }

  /// Images of which each is augmented.
  record Augmented(ImageSource source, Augmentation augmentation, Generator generator)
      implements ImageSource {
    @Override
    public int[] shape() {
      return source.shape();
    }

    @Override
    public long label(int index) {
      return source.label(index);
    }

    @Override
    public void read(int index, Image image) {
      source.read(index, image);
    }

    @Override
    public void augment(int index, Image image) {
      source.augment(index, image);
      augmentation.apply(image, generator.derive(index, 0));
    }
  }

  /// Some of the images.
  record Some(ImageSource source, Subset subset) implements ImageSource {
    @Override
    public int[] shape() {
      return source.shape();
    }

    @Override
    public long label(int index) {
      return source.label(subset.index(index));
    }

    @Override
    public void read(int index, Image image) {
      source.read(subset.index(index), image);
    }

    @Override
    public void augment(int index, Image image) {
      source.augment(subset.index(index), image);
    }
  }
}
