// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import org.jspecify.annotations.Nullable;

/// One decoded image: uint8, channels first, row by row; 1 or 3 channels.
final class RawImage {
  private final byte[] pixels;
  private final int channels;
  private final int height;
  private final int width;

  /// Takes over `pixels`.
  RawImage(byte[] pixels, int channels, int height, int width) {
    this.pixels = pixels;
    this.channels = channels;
    this.height = height;
    this.width = width;
  }

  /// Copies an image of `shape` `[C, H, W]` from where it begins among others.
  static RawImage of(byte[] all, int offset, int[] shape) {
    byte[] pixels = new byte[shape[0] * shape[1] * shape[2]];
    System.arraycopy(all, offset, pixels, 0, pixels.length);
    return new RawImage(pixels, shape[0], shape[1], shape[2]);
  }

  byte[] pixels() {
    return pixels;
  }

  int channels() {
    return channels;
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  /// Returns `[C, H, W]`.
  int[] shape() {
    return new int[] {channels, height, width};
  }

  /// Returns the image with these channels and this size; its own where `resize` is null.
  RawImage to(Color color, @Nullable Resize resize) {
    RawImage image =
        switch (color) {
          case STORED -> this;
          case RGB -> channels == 3 ? this : tripled();
          case GREY -> channels == 1 ? this : grey();
        };
    return resize == null ? image : Resampling.apply(image, resize);
  }

  /// Returns the shape that [#to] gives an image of `shape`.
  static int[] shapeAfter(int[] shape, Color color, @Nullable Resize resize) {
    int channels =
        switch (color) {
          case STORED -> shape[0];
          case RGB -> 3;
          case GREY -> 1;
        };
    return resize == null
        ? new int[] {channels, shape[1], shape[2]}
        : new int[] {channels, resize.height(), resize.width()};
  }

  private RawImage tripled() {
    int size = pixels.length;
    byte[] rgb = new byte[3 * size];
    for (int c = 0; c < 3; c++) {
      System.arraycopy(pixels, 0, rgb, c * size, size);
    }
    return new RawImage(rgb, 3, height, width);
  }

  /// ITU-R 601-2 luma in fixed point, with the constants of Pillow's mode "L".
  private RawImage grey() {
    int size = height * width;
    byte[] grey = new byte[size];
    for (int i = 0; i < size; i++) {
      int r = pixels[i] & 0xff;
      int g = pixels[size + i] & 0xff;
      int b = pixels[2 * size + i] & 0xff;
      grey[i] = (byte) ((19595 * r + 38470 * g + 7471 * b + 0x8000) >> 16);
    }
    return new RawImage(grey, 1, height, width);
  }
}
