// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import org.jspecify.annotations.Nullable;

/// Decodes JPEG, PNG, TIFF and GIF (of both the first picture) and BMP images. One thread at a
/// time.
final class ImageDecoder implements AutoCloseable {
  private static final String CMYK =
      "is a JPEG image of four colours (CMYK), which is not read; convert it to RGB";

  /// What names of images in data sets end with.
  private static final List<String> ENDINGS =
      List.of(".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".webp");

  /// No image may have more pixels: those of 8192 × 8192.
  private static final long MAX_PIXELS = 1 << 26;

  /// Pixels that one byte of a file stands for at most, in PNG: deflate makes up to 1,032 bytes of
  /// one, and a byte holds eight pixels of one bit. The other formats pack less densely.
  private static final long MAX_PIXELS_PER_BYTE = 8 * 1032;

  private final ImageReader jpeg = reader("jpeg");
  private final ImageReader png = reader("png");
  private final ImageReader gif = reader("gif");
  private final ImageReader bmp = reader("bmp");
  private final ImageReader tiff = reader("tiff");
  private @Nullable String warning;

  private ImageReader reader(String format) {
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    reader.addIIOReadWarningListener((_, text) -> warning = text);
    return reader;
  }

  /// Returns whether a file of this name in a data set should be an image, of a format that is read
  /// or not.
  static boolean isImage(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(lower::endsWith);
  }

  /// Looks at an image's size before its pixels are decoded.
  private interface SizeCheck {
    void check(int height, int width) throws DatasetException;
  }

  /// Decodes `file`: three channels, or one if it is grey. Transparency is ignored, and 16 bits a
  /// channel are rounded to 8.
  ///
  /// @param where what the file is called in messages
  /// @throws DatasetException if it is no image, or damaged
  RawImage decode(byte[] file, String where) throws DatasetException {
    return decode(file, where, (_, _) -> {});
  }

  /// Decodes `file`, which must have a given size.
  ///
  /// @param where what the file is called in messages
  /// @param sizeOf what has that size
  /// @throws DatasetException if it is no image, damaged, or of another size
  RawImage decode(byte[] file, String where, int height, int width, String sizeOf)
      throws DatasetException {
    return decode(
        file,
        where,
        (h, w) -> {
          if (h != height || w != width) {
            throw new DatasetException(
                where,
                String.format(
                    "is %d × %d pixels, %s is %d × %d; all must have one size, or be resized",
                    w, h, sizeOf, width, height));
          }
        });
  }

  private RawImage decode(byte[] file, String where, SizeCheck size) throws DatasetException {
    ImageReader reader = readerOf(file, where);
    warning = null;
    try (var input = new ImageBytes(file)) {
      reader.setInput(input, true, true);
      int height = reader.getHeight(0);
      int width = reader.getWidth(0);
      size.check(height, width);
      checkPixels((long) height * width, file.length, where, width + " × " + height);
      if (reader.equals(tiff)) {
        checkTiff(where);
      }
      BufferedImage image = reader.read(0);
      if (warning != null && !reader.equals(tiff)) {
        // What is missing from a truncated JPEG would be grey. Of TIFF files, warnings are about
        // fields beside the pixels.
        throw new IOException(warning);
      }
      if (reader.equals(jpeg) && image.getRaster().getNumBands() > 3) {
        throw new DatasetException(where, CMYK);
      }
      return pixels(image, where);
    } catch (DatasetException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      if (reader.equals(jpeg) && "Unsupported Image Type".equals(e.getMessage())) {
        throw new DatasetException(where, CMYK);
      }
      // ImageIO throws RuntimeExceptions of many kinds for damaged files.
      throw new DatasetException(
          where, "cannot be decoded (" + reason(e) + "); remove or replace it");
    }
  }

  /// Looks at what else decides how much memory is taken.
  private void checkTiff(String where) throws IOException {
    long tile = (long) tiff.getTileWidth(0) * tiff.getTileHeight(0);
    if (tile > MAX_PIXELS) {
      throw new DatasetException(where, "has tiles of " + tile + " pixels");
    }
    ImageTypeSpecifier type = tiff.getImageTypes(0).next();
    if (type.getNumBands() > 4) {
      throw new DatasetException(
          where, "has " + type.getNumBands() + " channels; grey, RGB and RGBA are read");
    }
  }

  private static void checkPixels(long pixels, int bytes, String where, String size)
      throws DatasetException {
    if (pixels > MAX_PIXELS) {
      throw new DatasetException(
          where, "is " + size + " pixels; more than " + MAX_PIXELS + " are not read");
    }
    if (pixels > MAX_PIXELS_PER_BYTE * bytes) {
      throw new DatasetException(
          where, "says it is " + size + " pixels, more than its " + bytes + " bytes can hold");
    }
  }

  private ImageReader readerOf(byte[] file, String where) throws DatasetException {
    if (startsWith(file, 0xff, 0xd8, 0xff)) {
      return jpeg;
    }
    if (startsWith(file, 0x89, 'P', 'N', 'G')) {
      return png;
    }
    if (startsWith(file, 'G', 'I', 'F', '8')) {
      return gif;
    }
    if (startsWith(file, 'B', 'M')) {
      return bmp;
    }
    if (startsWith(file, 'I', 'I', 42, 0) || startsWith(file, 'M', 'M', 0, 42)) {
      return tiff;
    }
    if (file.length == 0) {
      throw new DatasetException(where, "is empty");
    }
    String other = otherFormat(file);
    throw new DatasetException(
        where,
        other == null
            ? "is no JPEG, PNG, TIFF, GIF or BMP image; remove or convert it"
            : "is in the format " + other + ", which is not read; convert it to PNG or JPEG");
  }

  /// Returns the name of a format of images that the JDK does not read, or null if `file` is in
  /// none that is known.
  private static @Nullable String otherFormat(byte[] file) {
    if (startsWith(file, 'R', 'I', 'F', 'F') && hasAt(8, file, 'W', 'E', 'B', 'P')) {
      return "WebP";
    }
    if (hasAt(4, file, 'f', 't', 'y', 'p', 'a', 'v', 'i')) {
      return "AVIF";
    }
    if (hasAt(4, file, 'f', 't', 'y', 'p', 'h', 'e')
        || hasAt(4, file, 'f', 't', 'y', 'p', 'm', 'i')) {
      return "HEIC";
    }
    if (startsWith(file, 0xff, 0x4f, 0xff, 0x51) || hasAt(4, file, 'j', 'P', ' ', ' ')) {
      return "JPEG 2000";
    }
    if (startsWith(file, 0xff, 0x0a) || hasAt(4, file, 'J', 'X', 'L', ' ')) {
      return "JPEG XL";
    }
    if (startsWith(file, 'I', 'I', 43, 0) || startsWith(file, 'M', 'M', 0, 43)) {
      return "BigTIFF";
    }
    return null;
  }

  private static boolean startsWith(byte[] file, int... magic) {
    return hasAt(0, file, magic);
  }

  private static boolean hasAt(int from, byte[] file, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (from + i >= file.length || (file[from + i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static RawImage pixels(BufferedImage image, String where) throws DatasetException {
    int height = image.getHeight();
    int width = image.getWidth();
    int size = height * width;
    if (image.getColorModel() instanceof IndexColorModel) {
      byte[] pixels = new byte[3 * size];
      int[] rgb = image.getRGB(0, 0, width, height, null, 0, width);
      for (int i = 0; i < size; i++) {
        pixels[i] = (byte) (rgb[i] >> 16);
        pixels[size + i] = (byte) (rgb[i] >> 8);
        pixels[2 * size + i] = (byte) rgb[i];
      }
      return new RawImage(pixels, 3, height, width);
    }
    // The samples themselves: getRGB would convert grey images from a linear colour space.
    Raster raster = image.getRaster();
    int bits = raster.getSampleModel().getSampleSize(0);
    boolean isWide = bits == 16 && raster.getTransferType() == DataBuffer.TYPE_USHORT;
    if (bits != 8 && !isWide) {
      throw new DatasetException(
          where,
          "has samples of %d bits; unsigned whole numbers of 8 or 16 bits are read"
              .formatted(bits));
    }
    int colours = image.getColorModel().getColorSpace().getType();
    if (colours != ColorSpace.TYPE_RGB && colours != ColorSpace.TYPE_GRAY) {
      throw new DatasetException(where, "has colours that are not RGB or grey; convert it to RGB");
    }
    int bands = raster.getNumBands();
    int channels = bands < 3 ? 1 : 3;
    byte[] pixels = new byte[channels * size];
    int[] row = new int[bands * width];
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int channel = 0; channel < channels; channel++) {
        int out = channel * size + y * width;
        for (int x = 0; x < width; x++) {
          int sample = row[x * bands + channel];
          pixels[out + x] = (byte) (isWide ? (sample * 255 + 32767) / 65535 : sample);
        }
      }
    }
    return new RawImage(pixels, channels, height, width);
  }

  @Override
  public void close() {
    jpeg.dispose();
    png.dispose();
    gif.dispose();
    bmp.dispose();
    tiff.dispose();
  }
}
