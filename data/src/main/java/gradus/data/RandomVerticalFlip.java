// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Generator;

/// Mirrors an image top to bottom with probability `p`: `torchvision.transforms`'s
/// `RandomVerticalFlip`.
///
/// @param p in [0, 1]; ½ by default
public record RandomVerticalFlip(double p) implements Augmentation {

  /// Checks the probability.
  ///
  /// @throws IllegalArgumentException if it is not in [0, 1]
  public RandomVerticalFlip {
    Ranges.check("RandomVerticalFlip", "p", p, 1);
  }

  /// Mirrors every other image.
  public RandomVerticalFlip() {
    this(0.5);
  }

  @Override
  public void apply(Image image, Generator random) {
    if (random.nextDouble() < p) {
      image.flipVertical();
    }
  }
}
