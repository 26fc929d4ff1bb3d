// SPDX-License-Identifier: Apache-2.0
package gradus.data;

/// Linear interpolation with a triangle filter that is as wide as a pixel of the result, or of the
/// image where that is larger: Pillow's `BILINEAR`.
final class Resampling {

  /// The pixels that one pixel of the result is made of, along one side.
  private static final class Taps {
    final int first;
    final double[] weights;

    Taps(int first, double[] weights) {
      this.first = first;
      this.weights = weights;
    }
  }

  private Resampling() {}

  static RawImage apply(RawImage image, Resize to) {
    int boxWidth = image.width();
    int boxHeight = image.height();
    if (to.fit() == Resize.Fit.CROP) {
      if ((long) boxWidth * to.height() > (long) boxHeight * to.width()) {
        boxWidth = side(boxHeight, to.width(), to.height());
      } else {
        boxHeight = side(boxWidth, to.height(), to.width());
      }
    }
    int left = (image.width() - boxWidth) / 2;
    int top = (image.height() - boxHeight) / 2;
    if (boxWidth == to.width() && boxHeight == to.height()) {
      return cut(image, top, left, boxHeight, boxWidth);
    }
    Taps[] columns = taps(left, boxWidth, to.width());
    Taps[] rows = taps(top, boxHeight, to.height());
    byte[] pixels = new byte[image.channels() * to.height() * to.width()];
    float[] narrow = new float[image.height() * to.width()];
    for (int c = 0; c < image.channels(); c++) {
      int in = c * image.height() * image.width();
      for (int y = top; y < top + boxHeight; y++) {
        for (int x = 0; x < to.width(); x++) {
          double sum = 0;
          for (int k = 0; k < columns[x].weights.length; k++) {
            int at = in + y * image.width() + columns[x].first + k;
            sum += columns[x].weights[k] * (image.pixels()[at] & 0xff);
          }
          narrow[y * to.width() + x] = (float) sum;
        }
      }
      int out = c * to.height() * to.width();
      for (int y = 0; y < to.height(); y++) {
        for (int x = 0; x < to.width(); x++) {
          double sum = 0;
          for (int k = 0; k < rows[y].weights.length; k++) {
            sum += rows[y].weights[k] * narrow[(rows[y].first + k) * to.width() + x];
          }
          pixels[out + y * to.width() + x] = (byte) Math.clamp(Math.round(sum), 0, 255);
        }
      }
    }
    return new RawImage(pixels, image.channels(), to.height(), to.width());
  }

  /// Returns other · numerator / denominator, rounded, at least 1.
  private static int side(int other, int numerator, int denominator) {
    return (int) Math.max(1, Math.round((double) other * numerator / denominator));
  }

  private static RawImage cut(RawImage image, int top, int left, int height, int width) {
    if (height == image.height() && width == image.width()) {
      return image;
    }
    byte[] pixels = new byte[image.channels() * height * width];
    for (int row = 0; row < image.channels() * height; row++) {
      int y = row / height * image.height() + top + row % height;
      System.arraycopy(image.pixels(), y * image.width() + left, pixels, row * width, width);
    }
    return new RawImage(pixels, image.channels(), height, width);
  }

  /// Returns what each of `to` pixels is made of, where they cover those from `start` to `start +
  /// from − 1`.
  private static Taps[] taps(int start, int from, int to) {
    double scale = (double) from / to;
    double support = Math.max(scale, 1);
    Taps[] taps = new Taps[to];
    for (int i = 0; i < to; i++) {
      double center = (i + 0.5) * scale;
      int first = Math.max(0, (int) Math.floor(center - support + 0.5));
      int end = Math.min(from, (int) Math.floor(center + support + 0.5));
      double[] weights = new double[end - first];
      double sum = 0;
      for (int k = 0; k < weights.length; k++) {
        weights[k] = Math.max(0, 1 - Math.abs(first + k + 0.5 - center) / support);
        sum += weights[k];
      }
      for (int k = 0; k < weights.length; k++) {
        weights[k] /= sum;
      }
      taps[i] = new Taps(start + first, weights);
    }
    return taps;
  }
}
