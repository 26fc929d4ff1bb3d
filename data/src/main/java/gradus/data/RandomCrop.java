// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Generator;

/// Adds a border of zeros around an image and cuts out a part of the image's size at random:
/// `torchvision.transforms.RandomCrop(size, padding)`, which CIFAR is usually trained with at
/// padding 4.
///
/// @param padding the width of the border in pixels, ≥ 0
public record RandomCrop(int padding) implements Augmentation {

  /// Checks the border.
  ///
  /// @throws IllegalArgumentException if it is not in 0 … 8192
  public RandomCrop {
    if (padding < 0 || padding > 8192) {
      throw new IllegalArgumentException("RandomCrop: padding " + padding + " is not in 0 … 8192");
    }
  }

  @Override
  public void apply(Image image, Generator random) {
    int down = random.nextInt(2 * padding + 1) - padding;
    int right = random.nextInt(2 * padding + 1) - padding;
    image.shift(down, right);
  }
}
