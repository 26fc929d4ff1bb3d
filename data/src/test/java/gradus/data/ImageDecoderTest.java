// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
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
          Fixtures.encode(Fixtures.image(1, 9, 7, BufferedImage.TYPE_INT_RGB), "bmp"));

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

  @Property(tries = 3000, seed = "20250105")
  void damagedImagesAreDecodedOrRefused(
      @ForAll @IntRange(max = 6) int image,
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
      @ForAll @IntRange(max = 6) int image,
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
      @ForAll @IntRange(max = 6) int image, @ForAll @Size(max = 100) byte[] bytes) {
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
