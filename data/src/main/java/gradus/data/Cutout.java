// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Generator;

/// Sets a square of an image to 0; its middle is anywhere in the image, so that a part of it may
/// lie outside.
///
/// DeVries, Taylor: Improved Regularization of Convolutional Neural Networks with Cutout, 2017.
///
/// @param size the square's side in pixels, ≥ 1
public record Cutout(int size) implements Augmentation {

  /// Checks the side.
  ///
  /// @throws IllegalArgumentException if it is not positive
  public Cutout {
    if (size < 1) {
      throw new IllegalArgumentException("Cutout: size " + size + " is not a positive number");
    }
  }

  @Override
  public void apply(Image image, Generator random) {
    int top = random.nextInt(image.height()) - size / 2;
    int left = random.nextInt(image.width()) - size / 2;
    image.fill(top, left, size, size, 0);
  }
}
