// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Generator;

/// Adds independent normal noise of mean 0 to each value: `torchvision.transforms.v2`'s
/// `GaussianNoise`.
///
/// @param std its standard deviation, where 1 is the whole range of a uint8 image; ≥ 0
public record GaussianNoise(double std) implements Augmentation {

  /// Checks the number.
  ///
  /// @throws IllegalArgumentException if it is negative or not finite
  public GaussianNoise {
    Ranges.check("GaussianNoise", "std", std, Double.MAX_VALUE);
  }

  @Override
  public void apply(Image image, Generator random) {
    float[] x = image.values();
    float[] u = random.uniform(0, 1, x.length).toFloatArray();
    for (int i = 0; i < x.length; i++) {
      // Multiples of 2⁻²⁴ from 0 on: half of one more keeps clear of 0 and 1.
      x[i] += (float) (std * NormalQuantile.of(u[i] + 0x1p-25));
    }
    image.values(x);
  }
}
