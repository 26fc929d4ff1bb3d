// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.data.ImageDataset;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/// Some images of each class in a row behind its name.
record ContactSheet(BufferedImage picture) {
  private static final int SIDE = 48;
  private static final int GAP = 4;
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

  /// Draws the first `perClass` images of each class.
  static ContactSheet draw(ImageDataset images, int perClass) {
    int rows = images.classes().size();
    int names = 4 * GAP + width(images.classes());
    int width = names + perClass * (SIDE + GAP) + GAP;
    int height = rows * (SIDE + GAP) + GAP;
    var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = picture.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, width, height);
    g.setColor(Color.BLACK);
    g.setFont(FONT);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    int[] drawn = new int[rows];
    long[] labels = images.labels().toLongArray();
    for (int row = 0; row < rows; row++) {
      String name = images.classes().get(row);
      int x = names - 2 * GAP - g.getFontMetrics().stringWidth(name);
      g.drawString(name, x, row * (SIDE + GAP) + GAP + SIDE / 2 + 5);
    }
    for (int i = 0; i < labels.length; i++) {
      int row = (int) labels[i];
      if (drawn[row] < perClass) {
        int x = names + drawn[row]++ * (SIDE + GAP);
        g.drawImage(image(images, i), x, row * (SIDE + GAP) + GAP, SIDE, SIDE, null);
      }
    }
    g.dispose();
    return new ContactSheet(picture);
  }

  /// Returns the width of the longest name.
  private static int width(List<String> names) {
    Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    FontMetrics metrics = g.getFontMetrics(FONT);
    g.dispose();
    return names.stream().mapToInt(metrics::stringWidth).max().orElse(0);
  }

  private static BufferedImage image(ImageDataset images, int index) {
    int channels = images.images().size(1);
    int height = images.images().size(2);
    int width = images.images().size(3);
    byte[] pixels = images.images().select(0, index).toByteArray();
    int plane = height * width;
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < plane; i++) {
      int red = pixels[i] & 0xFF;
      int green = channels == 1 ? red : pixels[plane + i] & 0xFF;
      int blue = channels == 1 ? red : pixels[2 * plane + i] & 0xFF;
      image.setRGB(i % width, i / width, red << 16 | green << 8 | blue);
    }
    return image;
  }

  /// Writes a PNG file, whole or not at all.
  void save(Path file) throws IOException {
    var png = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", png);
    WholeFile.write(file, png.toByteArray());
  }
}
