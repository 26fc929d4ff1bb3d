// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/// Decodes JPEG and PNG images of one size to RGB, channels first. One thread at a time.
final class ImageDecoder implements AutoCloseable {
  private static final String OTHER_COLOURS = "its colours are not RGB or grey";

  private final ImageReader jpeg = ImageIO.getImageReadersByFormatName("jpeg").next();
  private final ImageReader png = ImageIO.getImageReadersByFormatName("png").next();
  private final int height;
  private final int width;
  private @Nullable String warning;

  ImageDecoder(int height, int width) {
    this.height = height;
    this.width = width;
    jpeg.addIIOReadWarningListener((_, text) -> warning = text);
    png.addIIOReadWarningListener((_, text) -> warning = text);
  }

  /// Returns whether a file of this name should be an image.
  static boolean isImage(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".jpg") || lower.endsWith(".jpeg") || lower.endsWith(".png");
  }

  /// Decodes `file` into `pixels` from `offset`: all red, then all green, then all blue, row by
  /// row.
  ///
  /// Grey images get three equal channels; transparency is ignored.
  ///
  /// @param where what the file is called in messages
  /// @throws DatasetException if it is no image, damaged, or of another size
  void decode(byte[] file, String where, byte[] pixels, int offset) throws DatasetException {
    ImageReader reader = readerOf(file, where);
    warning = null;
    try (var input = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(input, true, true);
      if (reader.getHeight(0) != height || reader.getWidth(0) != width) {
        throw new DatasetException(
            where,
            String.format(
                "is %d × %d pixels; all images must be %d × %d",
                reader.getWidth(0), reader.getHeight(0), width, height));
      }
      BufferedImage image = reader.read(0);
      if (warning != null) {
        // What is missing from a truncated JPEG would be grey.
        throw new IOException(warning);
      }
      if (reader.equals(jpeg) && image.getRaster().getNumBands() > 3) {
        throw new IOException(OTHER_COLOURS);
      }
      copy(image, where, pixels, offset);
    } catch (DatasetException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // ImageIO throws RuntimeExceptions of many kinds for damaged files.
      throw new DatasetException(
          where, "cannot be decoded (" + reason(e) + "); remove or replace it");
    }
  }

  private ImageReader readerOf(byte[] file, String where) throws DatasetException {
    if (startsWith(file, 0xff, 0xd8, 0xff)) {
      return jpeg;
    }
    if (startsWith(file, 0x89, 'P', 'N', 'G')) {
      return png;
    }
    throw new DatasetException(
        where, file.length == 0 ? "is empty" : "is neither a JPEG nor a PNG image; remove it");
  }

  private static boolean startsWith(byte[] file, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= file.length || (file[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static String reason(Exception e) {
    if ("Unsupported Image Type".equals(e.getMessage())) {
      return OTHER_COLOURS;
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private void copy(BufferedImage image, String where, byte[] pixels, int offset)
      throws DatasetException {
    int size = height * width;
    if (image.getColorModel() instanceof IndexColorModel) {
      int[] rgb = image.getRGB(0, 0, width, height, null, 0, width);
      for (int i = 0; i < size; i++) {
        pixels[offset + i] = (byte) (rgb[i] >> 16);
        pixels[offset + size + i] = (byte) (rgb[i] >> 8);
        pixels[offset + 2 * size + i] = (byte) rgb[i];
      }
      return;
    }
    // The samples themselves: getRGB would convert grey images from a linear colour space.
    Raster raster = image.getRaster();
    if (raster.getSampleModel().getSampleSize(0) != 8) {
      throw new DatasetException(
          where, "has " + raster.getSampleModel().getSampleSize(0) + " bits per channel, not 8");
    }
    int bands = raster.getNumBands();
    int[] samples = raster.getPixels(0, 0, width, height, (int[]) null);
    for (int channel = 0; channel < 3; channel++) {
      int band = bands < 3 ? 0 : channel;
      for (int i = 0; i < size; i++) {
        pixels[offset + channel * size + i] = (byte) samples[i * bands + band];
      }
    }
  }

  @Override
  public void close() {
    jpeg.dispose();
    png.dispose();
  }
}
