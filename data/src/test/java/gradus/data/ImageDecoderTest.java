// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Index.atIndex;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/// Whatever a file holds that begins like an image, it is decoded or refused by name, and takes no
/// more memory than its size allows.
class ImageDecoderTest {
  /// What deflate makes of a byte at most, in images of one bit.
  private static final long MOST_PIXELS_PER_BYTE = 8 * 1032;

  private static final List<byte[]> IMAGES =
      List.of(
          Fixtures.png(1),
          Fixtures.encode(Fixtures.image(1, 9, 7, BufferedImage.TYPE_BYTE_INDEXED), "png"),
          Fixtures.encode(Fixtures.image(1, 9, 7, BufferedImage.TYPE_BYTE_GRAY), "png"),
          Fixtures.jpeg(1),
          Fixtures.encode(Fixtures.image(1, 9, 7, BufferedImage.TYPE_BYTE_GRAY), "jpg"),
          Fixtures.encode(Fixtures.image(1, 9, 7, BufferedImage.TYPE_BYTE_INDEXED), "gif"),
          Fixtures.encode(Fixtures.image(1, 9, 7, BufferedImage.TYPE_INT_RGB), "bmp"),
          Fixtures.encode(Fixtures.image(1, 9, 7, BufferedImage.TYPE_INT_RGB), "tiff"),
          tiff(Fixtures.image(1, 9, 7, BufferedImage.TYPE_BYTE_GRAY), "LZW"),
          tiff(Fixtures.image(1, 9, 7, BufferedImage.TYPE_BYTE_BINARY), "CCITT T.6"),
          Fixtures.encode(Fixtures.image(1, 9, 7, BufferedImage.TYPE_USHORT_GRAY), "png"));

  @Test
  void anyFormatIsDecoded() throws DatasetException {
    BufferedImage colours = Fixtures.image(1, 9, 7, BufferedImage.TYPE_3BYTE_BGR);
    BufferedImage grey = Fixtures.image(1, 9, 7, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage palette = new BufferedImage(9, 7, BufferedImage.TYPE_BYTE_INDEXED);
    palette.setRGB(3, 2, 0xffff0000);
    try (var decoder = new ImageDecoder()) {
      RawImage png = decoder.decode(Fixtures.encode(colours, "png"), "a");
      RawImage bmp = decoder.decode(Fixtures.encode(colours, "bmp"), "b");
      assertThat(bmp.shape()).isEqualTo(png.shape()).containsExactly(3, 7, 9);
      assertThat(bmp.pixels()).isEqualTo(png.pixels());
      RawImage gif = decoder.decode(Fixtures.encode(palette, "gif"), "c");
      assertThat(gif.shape()).containsExactly(3, 7, 9);
      assertThat(gif.pixels()[2 * 9 + 3]).isEqualTo((byte) 255);
      assertThat(gif.pixels()[63 + 2 * 9 + 3]).isZero();
      RawImage flat = decoder.decode(Fixtures.encode(grey, "jpg"), "d");
      assertThat(flat.shape()).containsExactly(1, 7, 9);
    }
  }

  /// As TIFF with a compression.
  private static byte[] tiff(BufferedImage image, String compression) {
    return encode(image, "tiff", compression, false);
  }

  private static byte[] encode(
      BufferedImage image, String format, String compression, boolean progressive) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    param.setCompressionType(compression);
    if (progressive) {
      param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    }
    var bytes = new ByteArrayOutputStream();
    try (var output = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(output);
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  @Test
  void tiffIsDecodedHoweverItIsPacked() throws DatasetException {
    BufferedImage colours = Fixtures.image(3, 9, 7, BufferedImage.TYPE_INT_RGB);
    BufferedImage grey = Fixtures.image(3, 9, 7, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage palette = new BufferedImage(9, 7, BufferedImage.TYPE_BYTE_INDEXED);
    palette.setRGB(3, 2, 0xffff0000);
    BufferedImage bits = new BufferedImage(9, 7, BufferedImage.TYPE_BYTE_BINARY);
    bits.setRGB(3, 2, 0xffffffff);
    try (var decoder = new ImageDecoder()) {
      byte[] expected = decoder.decode(Fixtures.encode(colours, "png"), "png").pixels();
      byte[] expectedGrey = decoder.decode(Fixtures.encode(grey, "png"), "png").pixels();
      for (String compression : List.of("Deflate", "LZW", "PackBits", "ZLib")) {
        RawImage image = decoder.decode(tiff(colours, compression), "tiff");
        assertThat(image.shape()).as(compression).containsExactly(3, 7, 9);
        assertThat(image.pixels()).as(compression).isEqualTo(expected);
        RawImage one = decoder.decode(tiff(grey, compression), "tiff");
        assertThat(one.shape()).as(compression).containsExactly(1, 7, 9);
        assertThat(one.pixels()).as(compression).isEqualTo(expectedGrey);
        byte[] indexed = decoder.decode(tiff(palette, compression), "tiff").pixels();
        assertThat(indexed).hasSize(3 * 63).contains(255, atIndex(2 * 9 + 3));
        assertThat(indexed[63 + 2 * 9 + 3]).isZero();
      }
      for (String fax : List.of("CCITT RLE", "CCITT T.4", "CCITT T.6")) {
        byte[] pixels = decoder.decode(tiff(bits, fax), "tiff").pixels();
        for (int i = 0; i < 63; i++) {
          assertThat(pixels[i]).as("%s, pixel %d", fax, i).isEqualTo((byte) (i == 21 ? 255 : 0));
        }
      }
    }
  }

  @Test
  void sixteenBitsAreRoundedToEight() throws DatasetException {
    BufferedImage grey = new BufferedImage(256, 3, BufferedImage.TYPE_USHORT_GRAY);
    // Each byte b is that of 257 · b − 128 … 257 · b + 128.
    for (int b = 0; b < 256; b++) {
      grey.getRaster().setSample(b, 0, 0, Math.max(0, 257 * b - 128));
      grey.getRaster().setSample(b, 1, 0, 257 * b);
      grey.getRaster().setSample(b, 2, 0, Math.min(65535, 257 * b + 128));
    }
    var colours =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            true,
            false,
            Transparency.TRANSLUCENT,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster = colours.createCompatibleWritableRaster(2, 1);
    raster.setPixel(1, 0, new int[] {65535, 257 * 7, 257 * 9 + 100, 3});
    BufferedImage wide = new BufferedImage(colours, raster, false, null);
    try (var decoder = new ImageDecoder()) {
      for (String format : List.of("png", "tiff")) {
        byte[] pixels = decoder.decode(Fixtures.encode(grey, format), format).pixels();
        for (int i = 0; i < pixels.length; i++) {
          assertThat(pixels[i]).as("%s, pixel %d", format, i).isEqualTo((byte) i);
        }
        RawImage image = decoder.decode(Fixtures.encode(wide, format), format);
        assertThat(image.shape()).as(format).containsExactly(3, 1, 2);
        assertThat(image.pixels()).as(format).containsExactly(0, -1, 0, 7, 0, 9);
      }
    }
  }

  @Test
  void progressiveJpegIsThatOfOnePass() throws DatasetException {
    for (int type : new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_GRAY}) {
      BufferedImage image = Fixtures.image(2, 40, 30, type);
      byte[] inScans = encode(image, "jpeg", "JPEG", true);
      assertThat(inScans).isNotEqualTo(encode(image, "jpeg", "JPEG", false));
      try (var decoder = new ImageDecoder()) {
        RawImage expected = decoder.decode(encode(image, "jpeg", "JPEG", false), "a");
        RawImage actual = decoder.decode(inScans, "b");
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(actual.pixels()).isEqualTo(expected.pixels());
      }
    }
  }

  @Test
  void otherFormatsAreRefusedByName() {
    refused("WebP", "RIFF\1\0\0\0WEBPVP8 ");
    refused("AVIF", "\0\0\0\40ftypavif");
    refused("HEIC", "\0\0\0\40ftypheic");
    refused("HEIC", "\0\0\0\40ftypmif1");
    refused("JPEG 2000", "\0\0\0\14jP  \r\n");
    refused("JPEG 2000", "\u00ffO\u00ffQ");
    refused("JPEG XL", "\0\0\0\14JXL \r\n");
    refused("JPEG XL", "\u00ff\n");
    refused("BigTIFF", "II+\0");
    refused("BigTIFF", "MM\0+");
  }

  private static void refused(String format, String start) {
    try (var decoder = new ImageDecoder()) {
      assertThatThrownBy(() -> decoder.decode(start.getBytes(StandardCharsets.ISO_8859_1), "FILE"))
          .isInstanceOf(DatasetException.class)
          .hasMessage(
              "FILE: is in the format %s, which is not read; convert it to PNG or JPEG"
                  .formatted(format));
    }
  }

  @Test
  void whatIsNoPictureOfBytesIsRefused() {
    var floats =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_FLOAT);
    var image = new BufferedImage(floats, floats.createCompatibleWritableRaster(2, 2), false, null);
    try (var decoder = new ImageDecoder()) {
      assertThatThrownBy(() -> decoder.decode(Fixtures.encode(image, "tiff"), "FILE"))
          .isInstanceOf(DatasetException.class)
          .hasMessage(
              "FILE: has samples of 32 bits; unsigned whole numbers of 8 or 16 bits are read");
    }
  }

  @Property(tries = 3000, seed = "20250105")
  void damagedImagesAreDecodedOrRefused(
      @ForAll @IntRange(max = 10) int image,
      @ForAll @IntRange(max = 1 << 20) int at,
      @ForAll @Size(min = 1, max = 4) byte[] values,
      @ForAll boolean cut) {
    byte[] file = IMAGES.get(image).clone();
    int from = at % file.length;
    int length = Math.min(values.length, file.length - from);
    System.arraycopy(values, 0, file, from, length);
    check(cut ? Arrays.copyOf(file, from + length) : file);
  }

  /// Headers are where sizes and lengths are.
  @Property(tries = 3000, seed = "20250105")
  void damagedHeadersAreDecodedOrRefused(
      @ForAll @IntRange(max = 10) int image,
      @ForAll @IntRange(max = 120) int at,
      @ForAll @Size(4) byte[] values) {
    byte[] file = IMAGES.get(image).clone();
    System.arraycopy(values, 0, file, Math.min(at, file.length - 4), 4);
    check(file);
  }

  /// The width and height of a PNG image, of which it holds less than a thousandth.
  @Property(tries = 300, seed = "20250105")
  void lyingSizesAreRefusedBeforePixelsAreDecoded(
      @ForAll @IntRange(min = 1 << 10, max = 1 << 15) int height,
      @ForAll @IntRange(min = 1 << 10, max = 1 << 15) int width) {
    byte[] file = IMAGES.get(1).clone();
    ByteBuffer.wrap(file).putInt(16, width).putInt(20, height);
    Assume.that((long) height * width > MOST_PIXELS_PER_BYTE * file.length);
    try (var decoder = new ImageDecoder()) {
      assertThatThrownBy(() -> decoder.decode(file, "FILE"))
          .isInstanceOf(DatasetException.class)
          .hasMessageMatching(
              "FILE: (is %d × %d pixels; more than|says it is %d × %d pixels, more than its) .*"
                  .formatted(width, height, width, height));
    }
  }

  @Property(tries = 500, seed = "20250105")
  void anyBytesAreDecodedOrRefused(
      @ForAll @IntRange(max = 10) int image, @ForAll @Size(max = 100) byte[] bytes) {
    byte[] file = Arrays.copyOf(IMAGES.get(image), 8 + bytes.length);
    System.arraycopy(bytes, 0, file, 8, bytes.length);
    check(file);
  }

  private static void check(byte[] file) {
    try (var decoder = new ImageDecoder()) {
      RawImage image = decoder.decode(file, "FILE");
      assertThat(image.pixels()).hasSize(image.channels() * image.height() * image.width());
      assertThat((long) image.height() * image.width())
          .isLessThanOrEqualTo(MOST_PIXELS_PER_BYTE * file.length);
    } catch (DatasetException e) {
      assertThat(e).hasMessageStartingWith("FILE: ");
    }
  }
}
