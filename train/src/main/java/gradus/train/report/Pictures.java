// SPDX-License-Identifier: Apache-2.0
package gradus.train.report;

import gradus.DType;
import gradus.Tensor;
import gradus.nn.Module;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Pictures of tensors.
public final class Pictures {
  private static final int MOST_FILTERS = 100;
  private static final int GAP = 2;
  private static final int TILE = 64;

  private Pictures() {}

  /// Returns an image `[C, H, W]` or `[H, W]` with 1 or 3 channels as a picture.
  ///
  /// Bytes are what they are; of other numbers the smallest becomes black and the largest white.
  ///
  /// @throws IllegalArgumentException if the shape is another
  public static BufferedImage of(Tensor image) {
    Tensor chw = image.dim() == 2 ? image.unsqueeze(0) : image;
    if (chw.dim() != 3 || (chw.size(0) != 1 && chw.size(0) != 3)) {
      throw new IllegalArgumentException(
          "Pictures: %s is no image; [C, H, W] with 1 or 3 channels is wanted"
              .formatted(image.shape()));
    }
    double[] values = chw.to(DType.FLOAT64).toDoubleArray();
    if (chw.dtype() == DType.UINT8) {
      return paint(values, chw.size(0), chw.size(1), chw.size(2), 0, 255);
    }
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return paint(values, chw.size(0), chw.size(1), chw.size(2), low, high);
  }

  /// Returns weights as tiles, one for each output: the first 100 of them at most. 0 is grey; each
  /// tile is scaled by its own largest weight.
  ///
  /// @param weight `[N, C, H, W]` or `[N, C · H · W]`
  /// @param imageShape C, H and W, with C 1 or 3
  /// @throws IllegalArgumentException if the shapes do not go together
  public static BufferedImage weights(Tensor weight, int... imageShape) {
    if (imageShape.length != 3
        || (imageShape[0] != 1 && imageShape[0] != 3)
        || weight.dim() < 2
        || weight.numel() != weight.size(0) * imageShape[0] * imageShape[1] * imageShape[2]) {
      throw new IllegalArgumentException(
          "Pictures: weights %s are not of images %s"
              .formatted(weight.shape(), java.util.Arrays.toString(imageShape)));
    }
    List<BufferedImage> tiles = new ArrayList<>();
    for (int n = 0; n < Math.min(weight.size(0), MOST_FILTERS); n++) {
      double[] values = weight.detach().select(0, n).to(DType.FLOAT64).toDoubleArray();
      double largest = 0;
      for (double value : values) {
        largest = Math.max(largest, Math.abs(value));
      }
      tiles.add(paint(values, imageShape[0], imageShape[1], imageShape[2], -largest, largest));
    }
    return grid(tiles);
  }

  /// Returns the weights of a model's first layer as tiles, if they are those of images with 1 or 3
  /// channels: the first parameter of 2 dimensions or more, where square images are assumed for
  /// linear layers.
  public static Optional<BufferedImage> firstLayer(Module model) {
    return model.parameters().stream()
        .filter(parameter -> parameter.dim() == 2 || parameter.dim() == 4)
        .findFirst()
        .flatMap(
            weight ->
                imageShape(weight)
                    .map(shape -> weights(weight, shape.get(0), shape.get(1), shape.get(2))));
  }

  private static Optional<List<Integer>> imageShape(Tensor weight) {
    if (weight.dim() == 4) {
      int channels = weight.size(1);
      return channels == 1 || channels == 3
          ? Optional.of(List.of(channels, weight.size(2), weight.size(3)))
          : Optional.empty();
    }
    for (int channels : new int[] {3, 1}) {
      int side = (int) Math.sqrt(weight.size(1) / (double) channels);
      if (side > 4 && channels * side * side == weight.size(1)) {
        return Optional.of(List.of(channels, side, side));
      }
    }
    return Optional.empty();
  }

  /// Returns pictures of one size beside and below one another, about as wide as high, enlarged to
  /// be seen.
  private static BufferedImage grid(List<BufferedImage> tiles) {
    int columns = (int) Math.ceil(Math.sqrt(tiles.size() * 2.0));
    int rows = Math.ceilDiv(tiles.size(), columns);
    BufferedImage first = tiles.getFirst();
    int scale = Math.max(1, TILE / Math.max(first.getWidth(), first.getHeight()));
    int width = first.getWidth() * scale;
    int height = first.getHeight() * scale;
    var out =
        new BufferedImage(
            columns * (width + GAP) + GAP, rows * (height + GAP) + GAP, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = out.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, out.getWidth(), out.getHeight());
    for (int i = 0; i < tiles.size(); i++) {
      int x = GAP + i % columns * (width + GAP);
      int y = GAP + i / columns * (height + GAP);
      graphics.drawImage(tiles.get(i), x, y, width, height, null);
    }
    graphics.dispose();
    return out;
  }

  private static BufferedImage paint(
      double[] values, int channels, int height, int width, double low, double high) {
    var out = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    double scale = high > low ? 255 / (high - low) : 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = 0;
        for (int c = 0; c < 3; c++) {
          double value = values[(c % channels * height + y) * width + x];
          rgb = (rgb << 8) | Math.clamp(Math.round((value - low) * scale), 0, 255);
        }
        out.setRGB(x, y, rgb);
      }
    }
    return out;
  }
}
