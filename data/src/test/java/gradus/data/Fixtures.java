// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;

/// Small images, folders and archives.
final class Fixtures {
  private Fixtures() {}

  /// The colour of the pixel (x, y) of image `n`, as 0xRRGGBB.
  static int colour(int n, int x, int y) {
    return ((n * 40 & 0xff) << 16) | ((x * 8 & 0xff) << 8) | (y * 8 & 0xff);
  }

  /// Image `n`.
  static BufferedImage image(int n, int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, 0xff000000 | colour(n, x, y));
      }
    }
    return image;
  }

  static byte[] encode(BufferedImage image, String format) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalArgumentException("no writer of " + format + " for " + image);
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] png(int n) {
    return encode(image(n, 32, 32, BufferedImage.TYPE_INT_RGB), "png");
  }

  static byte[] jpeg(int n) {
    return encode(image(n, 32, 32, BufferedImage.TYPE_INT_RGB), "jpg");
  }

  /// Two classes, with three and two images to train on, and one of each to test with.
  static Map<String, byte[]> tree() {
    Map<String, byte[]> files = new TreeMap<>();
    files.put("train/cat/a.png", png(0));
    files.put("train/cat/b.jpg", jpeg(1));
    files.put("train/cat/c.JPEG", jpeg(2));
    files.put("train/dog/a.png", png(3));
    files.put("train/dog/b.png", png(4));
    files.put("test/cat/x.png", png(5));
    files.put("test/dog/y.png", png(6));
    return files;
  }

  static Map<String, byte[]> inside(String folder, Map<String, byte[]> files) {
    Map<String, byte[]> moved = new TreeMap<>();
    files.forEach((name, bytes) -> moved.put(folder + "/" + name, bytes));
    return moved;
  }

  static Path write(Path root, Map<String, byte[]> files) {
    files.forEach((name, bytes) -> write(root.resolve(name), bytes));
    return root;
  }

  static Path write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Removes a folder and all that is in it.
  static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] tar(Map<String, byte[]> files) {
    TarWriter tar = new TarWriter();
    files.forEach(tar::file);
    return tar.end();
  }

  /// CIFAR-10's six files with `train` records in each of five and `test` in the last; image i of
  /// file f has label (f + i) % 10 and pixels f + i.
  static Map<String, byte[]> bin(int train, int test) {
    Map<String, byte[]> files = new TreeMap<>();
    List<String> names =
        List.of(
            "data_batch_1.bin",
            "data_batch_2.bin",
            "data_batch_3.bin",
            "data_batch_4.bin",
            "data_batch_5.bin",
            "test_batch.bin");
    for (int f = 0; f < names.size(); f++) {
      int n = f < 5 ? train : test;
      byte[] bytes = new byte[n * 3073];
      for (int i = 0; i < n; i++) {
        Arrays.fill(bytes, i * 3073, (i + 1) * 3073, (byte) (f + i));
        bytes[i * 3073] = (byte) ((f + i) % 10);
      }
      files.put(names.get(f), bytes);
    }
    return files;
  }
}
