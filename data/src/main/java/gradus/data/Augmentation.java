// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Generator;

/// Varies an image at random, so that a model does not learn what doesn't matter.
///
/// ```java
/// Dataset train =
///     images
///         .augment(Augmentation.of(new RandomCrop(4), new RandomHorizontalFlip()), seed)
///         .map(normalize);
/// ```
///
/// What comes out depends on the image and the generator alone. A loader gives each example of each
/// epoch a generator of its own, so that neither order nor threads matter.
@FunctionalInterface
public interface Augmentation {

  /// Changes `image` in place.
  ///
  /// @param random where random numbers come from; nothing else may be drawn from
  void apply(Image image, Generator random);

  /// Returns these augmentations, one after another.
  static Augmentation of(Augmentation... augmentations) {
    Augmentation[] all = augmentations.clone();
    return (image, random) -> {
      for (Augmentation augmentation : all) {
        augmentation.apply(image, random);
      }
    };
  }
}
