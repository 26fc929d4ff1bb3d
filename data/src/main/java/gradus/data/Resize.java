// SPDX-License-Identifier: Apache-2.0
package gradus.data;

/// The size that images are to have: `torchvision.transforms.Resize`, with or without a
/// `CenterCrop`.
///
/// Interpolates linearly; where an image shrinks, each pixel is a weighted mean of all those that
/// it covers, so that fine patterns don't turn into coarse ones.
///
/// @param height in pixels
/// @param width in pixels
/// @param fit what becomes of images of another aspect ratio
public record Resize(int height, int width, Fit fit) {
  private static final int MAX_SIDE = 1 << 13;

  /// What becomes of images of another aspect ratio.
  public enum Fit {
    /// They are cut to the middle.
    CROP,

    /// They are stretched.
    STRETCH
  }

  /// Checks the size.
  ///
  /// @throws IllegalArgumentException if a side is not in 1 … 8192
  public Resize {
    if (height < 1 || width < 1 || height > MAX_SIDE || width > MAX_SIDE) {
      throw new IllegalArgumentException(
          "Resize: " + width + " × " + height + " is not a size from 1 × 1 to 8192 × 8192");
    }
  }

  /// Returns a size; of images of another aspect ratio the middle is taken.
  public static Resize crop(int height, int width) {
    return new Resize(height, width, Fit.CROP);
  }

  /// Returns a size; images of another aspect ratio are stretched.
  public static Resize stretch(int height, int width) {
    return new Resize(height, width, Fit.STRETCH);
  }
}
