// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Generator;

/// Turns an image about its middle by up to some degrees in each direction; what comes in is 0:
/// `torchvision.transforms.RandomRotation`, with linear interpolation.
///
/// @param degrees in [0, 180]
public record RandomRotation(double degrees) implements Augmentation {

  /// Checks the angle.
  ///
  /// @throws IllegalArgumentException if it is not in [0, 180]
  public RandomRotation {
    Ranges.check("RandomRotation", "degrees", degrees, 180);
  }

  @Override
  public void apply(Image image, Generator random) {
    double angle = StrictMath.toRadians(Ranges.between(random, -degrees, degrees));
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    int height = image.height();
    int width = image.width();
    double y0 = (height - 1) / 2.0;
    double x0 = (width - 1) / 2.0;
    float[] from = image.values();
    float[] to = new float[from.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double fromX = x0 + cos * (x - x0) - sin * (y - y0);
        double fromY = y0 + sin * (x - x0) + cos * (y - y0);
        int left = (int) Math.floor(fromX);
        int top = (int) Math.floor(fromY);
        float u = (float) (fromX - left);
        float v = (float) (fromY - top);
        for (int c = 0; c < image.channels(); c++) {
          int plane = c * height * width;
          float above =
              (1 - u) * at(from, plane, top, left, height, width)
                  + u * at(from, plane, top, left + 1, height, width);
          float below =
              (1 - u) * at(from, plane, top + 1, left, height, width)
                  + u * at(from, plane, top + 1, left + 1, height, width);
          to[plane + y * width + x] = (1 - v) * above + v * below;
        }
      }
    }
    image.values(to);
  }

  private static float at(float[] values, int plane, int y, int x, int height, int width) {
    return y < 0 || y >= height || x < 0 || x >= width ? 0 : values[plane + y * width + x];
  }
}
