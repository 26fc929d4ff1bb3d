// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Generator;

/// Moves an image by whole pixels, up to a fraction of its size in each direction; what comes in is
/// 0: `torchvision.transforms.RandomAffine(0, translate=(fraction, fraction))`.
///
/// @param fraction of height and width, in [0, 1]
public record RandomTranslation(double fraction) implements Augmentation {

  /// Checks the fraction.
  ///
  /// @throws IllegalArgumentException if it is not in [0, 1]
  public RandomTranslation {
    Ranges.check("RandomTranslation", "fraction", fraction, 1);
  }

  @Override
  public void apply(Image image, Generator random) {
    double down = Ranges.between(random, -fraction, fraction) * image.height();
    double right = Ranges.between(random, -fraction, fraction) * image.width();
    image.shift((int) Math.rint(down), (int) Math.rint(right));
  }
}
