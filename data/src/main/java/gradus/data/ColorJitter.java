// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Generator;

/// Changes brightness, contrast and saturation, in this order, each by a factor uniform in [max(0,
/// 1 − b), 1 + b]: `torchvision.transforms.ColorJitter`.
///
/// With x in [0, 1], limited to that after each: x · f; f · x + (1 − f) · (mean of the grey image);
/// f · x + (1 − f) · (grey image), where grey is 0.299 R + 0.587 G + 0.114 B. An image of another
/// number of channels than three has no saturation, and its grey is the mean of its channels.
///
/// @param brightness b of the brightness, ≥ 0
/// @param contrast b of the contrast, ≥ 0
/// @param saturation b of the saturation, ≥ 0
public record ColorJitter(double brightness, double contrast, double saturation)
    implements Augmentation {

  /// Checks the numbers.
  ///
  /// @throws IllegalArgumentException if one is negative or not finite
  public ColorJitter {
    Ranges.check("ColorJitter", "brightness", brightness, Double.MAX_VALUE);
    Ranges.check("ColorJitter", "contrast", contrast, Double.MAX_VALUE);
    Ranges.check("ColorJitter", "saturation", saturation, Double.MAX_VALUE);
  }

  /// Returns a jitter that changes nothing, to be added to.
  public static ColorJitter none() {
    return new ColorJitter(0, 0, 0);
  }

  /// Returns the same with another change of brightness.
  public ColorJitter brightness(double brightness) {
    return new ColorJitter(brightness, contrast, saturation);
  }

  /// Returns the same with another change of contrast.
  public ColorJitter contrast(double contrast) {
    return new ColorJitter(brightness, contrast, saturation);
  }

  /// Returns the same with another change of saturation.
  public ColorJitter saturation(double saturation) {
    return new ColorJitter(brightness, contrast, saturation);
  }

  @Override
  public void apply(Image image, Generator random) {
    float bright = factor(random, brightness);
    float contrasting = factor(random, contrast);
    float saturated = factor(random, saturation);
    float[] x = image.values();
    int plane = image.height() * image.width();
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.clamp(bright * x[i], 0f, 1f);
    }
    float mean = mean(grey(x, plane));
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.clamp(contrasting * x[i] + (1 - contrasting) * mean, 0f, 1f);
    }
    if (image.channels() == 3) {
      float[] grey = grey(x, plane);
      for (int i = 0; i < x.length; i++) {
        x[i] = Math.clamp(saturated * x[i] + (1 - saturated) * grey[i % plane], 0f, 1f);
      }
    }
    image.values(x);
  }

  private static float factor(Generator random, double b) {
    return (float) Ranges.between(random, Math.max(0, 1 - b), 1 + b);
  }

  private static float[] grey(float[] x, int plane) {
    float[] grey = new float[plane];
    int channels = x.length / plane;
    for (int i = 0; i < plane; i++) {
      if (channels == 3) {
        grey[i] = 0.299f * x[i] + 0.587f * x[plane + i] + 0.114f * x[2 * plane + i];
      } else {
        for (int c = 0; c < channels; c++) {
          grey[i] += x[c * plane + i] / channels;
        }
      }
    }
    return grey;
  }

  private static float mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return (float) (sum / values.length);
  }
}
