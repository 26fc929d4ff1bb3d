// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Generator;

/// Mirrors an image left to right with probability `p`: `torchvision.transforms`'s
/// `RandomHorizontalFlip`.
///
/// @param p in [0, 1]; ½ by default
public record RandomHorizontalFlip(double p) implements Augmentation {

  /// Checks the probability.
  ///
  /// @throws IllegalArgumentException if it is not in [0, 1]
  public RandomHorizontalFlip {
    Ranges.check("RandomHorizontalFlip", "p", p, 1);
  }

  /// Mirrors every other image.
  public RandomHorizontalFlip() {
    this(0.5);
  }

  @Override
  public void apply(Image image, Generator random) {
    if (random.nextDouble() < p) {
      image.flipHorizontal();
    }
  }
}
