// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
  private static final String IMAGES = "t10k-images-idx3-ubyte";
  private static final String LABELS = "t10k-labels-idx1-ubyte";

  @TempDir private Path temp;

  private static byte[] idx(int magic, byte[] contents, int... sizes) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * sizes.length + contents.length);
    file.putInt(magic);
    for (int size : sizes) {
      file.putInt(size);
    }
    return file.put(contents).array();
  }

  /// `n` images of 2 × 3 pixels; image i has pixels 6 · i … and label i % 10.
  private static Map<String, byte[]> split(String name, int n) {
    byte[] pixels = new byte[6 * n];
    byte[] labels = new byte[n];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) i;
      labels[i / 6] = (byte) (i / 6 % 10);
    }
    Map<String, byte[]> files = new TreeMap<>();
    files.put(name + "-images-idx3-ubyte", idx(0x803, pixels, n, 2, 3));
    files.put(name + "-labels-idx1-ubyte", idx(0x801, labels, n));
    return files;
  }

  private static Map<String, byte[]> both() {
    Map<String, byte[]> files = split("train", 12);
    files.putAll(split("t10k", 7));
    return files;
  }

  private static Map<String, byte[]> zipped(Map<String, byte[]> files) {
    Map<String, byte[]> zipped = new TreeMap<>();
    files.forEach((name, bytes) -> zipped.put(name + ".gz", Fixtures.gzip(bytes)));
    return zipped;
  }

  private static void assertIsBoth(ImageDatasets datasets) {
    assertThat(datasets.classes()).hasSize(10).startsWith("0", "1");
    assertThat(datasets.train().images().shape()).isEqualTo(Shape.of(12, 1, 2, 3));
    assertThat(datasets.train().get(11).x().toByteArray()).containsExactly(66, 67, 68, 69, 70, 71);
    assertThat(datasets.val()).isNull();
    assertThat(datasets.test().labels().toLongArray()).containsExactly(0, 1, 2, 3, 4, 5, 6);
  }

  private void refused(Path path, String message) {
    assertThatThrownBy(() -> ImageDatasets.open(path))
        .isInstanceOf(DatasetException.class)
        .hasMessage(message);
  }

  @Test
  void theFourFilesAreRead() throws IOException {
    assertIsBoth(ImageDatasets.open(Fixtures.write(temp.resolve("a"), both())));
    assertIsBoth(ImageDatasets.open(Fixtures.write(temp.resolve("b"), zipped(both()))));
    byte[] tar = Fixtures.tar(Fixtures.inside("mnist/raw", both()));
    refused(
        Fixtures.write(temp.resolve("deep.tar"), tar),
        temp.resolve("deep.tar")
            + ": holds neither <class>/ folders with images, within train/ and test/ or not, nor"
            + " the files of CIFAR-10, CIFAR-100 or MNIST; it holds mnist/");
    byte[] flat = Fixtures.tar(Fixtures.inside("raw", zipped(both())));
    assertIsBoth(ImageDatasets.open(Fixtures.write(temp.resolve("c.tar"), flat)));
  }

  @Test
  void oneSplitIsSplit() throws IOException {
    Fixtures.write(temp, zipped(split("t10k", 10)));
    ImageDatasets datasets = ImageDatasets.open(temp);
    assertThat(datasets.train().size()).isEqualTo(6);
    assertThat(datasets.val().size()).isEqualTo(2);
    assertThat(datasets.test().size()).isEqualTo(2);
    Fixtures.write(temp, split("train", 5));
    assertThat(ImageDatasets.open(temp.resolve(IMAGES + ".gz")).train().images().toByteArray())
        .isEqualTo(datasets.train().images().toByteArray());
    assertThat(ImageDatasets.open(temp).train().size()).isEqualTo(5);
  }

  @Test
  void channelsAndSizeCanBeChosen() throws IOException {
    Fixtures.write(temp, both());
    var options = ImageDatasets.options().color(Color.RGB).resize(Resize.crop(2, 1)).limit(3);
    ImageDatasets datasets = ImageDatasets.open(temp, options);
    assertThat(datasets.train().images().shape()).isEqualTo(Shape.of(3, 3, 2, 1));
    int first = options.choose(12)[0];
    assertThat(datasets.train().get(0).x().toByteArray())
        .containsExactly(
            6 * first + 1,
            6 * first + 4,
            6 * first + 1,
            6 * first + 4,
            6 * first + 1,
            6 * first + 4);
  }

  @Test
  void fashionHasNamesAndMoreClassesHaveNumbers() throws IOException {
    Fixtures.write(temp, both());
    assertThat(FashionMnist.open(temp, ImageDatasets.options()).classes())
        .isEqualTo(FashionMnist.CLASSES);
    Map<String, byte[]> files = both();
    files.get("train-labels-idx1-ubyte")[8] = 46;
    Fixtures.write(temp, files);
    assertThat(ImageDatasets.open(temp).classes()).hasSize(47).endsWith("46");
    assertThatThrownBy(() -> FashionMnist.open(temp, ImageDatasets.options()))
        .isInstanceOf(DatasetException.class)
        .hasMessage(temp + ": has 47 classes; Fashion-MNIST has 10");
  }

  @Test
  void lyingHeadersAreRefused() {
    Fixtures.write(temp, split("t10k", 10));
    Path images = temp.resolve(IMAGES);
    Path labels = temp.resolve(LABELS);
    Fixtures.write(labels, idx(0x801, new byte[9], 9));
    refused(temp, labels + ": has 9 labels for 10 images");
    Fixtures.write(labels, idx(0x801, new byte[9], 10));
    refused(temp, labels + ": has 17 bytes; its header says 18; copy or download it again");
    Fixtures.write(labels, idx(0x802, new byte[10], 10));
    refused(temp, labels + ": is not an idx file of uint8 with 1 dimension");
    Fixtures.write(images, idx(0x803, new byte[0], -1, 2, 3));
    refused(temp, images + ": its header says a size of 4294967295");
    byte[] huge = Fixtures.gzip(idx(0x803, new byte[12], 1 << 20, 10, 10));
    Fixtures.write(images, huge);
    refused(
        temp,
        images + ": its header says 104857616 bytes, more than its " + huge.length + " can hold");
    Fixtures.write(images, Fixtures.gzip(idx(0x803, new byte[13], 2, 2, 3)));
    refused(temp, images + ": holds more than the 28 bytes of its header");
    Fixtures.write(images, Fixtures.gzip(idx(0x803, new byte[11], 2, 2, 3)));
    refused(temp, images + ": is cut short; copy or download it again");
  }

  @Test
  void labelsBelongToImages() throws IOException {
    Fixtures.write(temp, split("t10k", 10));
    Files.delete(temp.resolve(LABELS));
    refused(temp, temp.resolve(IMAGES) + ": its labels, t10k-labels-idx1-ubyte, are missing");
    Fixtures.write(temp, split("t10k", 10));
    Files.delete(temp.resolve(IMAGES));
    refused(temp, temp + ": holds labels without their images");
  }

  @Property(tries = 40, seed = "20250105")
  void anyBytesAreReadOrRefused(
      @ForAll @Size(max = 60) byte[] bytes, @ForAll @IntRange(max = 2) int as) throws IOException {
    byte[] file =
        switch (as) {
          case 0 -> bytes;
          case 1 -> idx(0x803, bytes, 1, 2, bytes.length);
          default -> Fixtures.gzip(bytes);
        };
    check(file);
  }

  @Property(tries = 80, seed = "20250105")
  void damagedFilesAreReadOrRefused(
      @ForAll @IntRange(max = 150) int at, @ForAll byte value, @ForAll boolean cut)
      throws IOException {
    byte[] file = Fixtures.gzip(split("t10k", 10).get(IMAGES));
    if (at < file.length) {
      file[at] = value;
    }
    check(cut ? Arrays.copyOf(file, Math.min(at, file.length)) : file);
  }

  private static void check(byte[] file) throws IOException {
    Path folder = Files.createTempDirectory("idx");
    Path images = folder.resolve(IMAGES);
    Path labels = folder.resolve(LABELS);
    try {
      Fixtures.write(folder, split("t10k", 10));
      Fixtures.write(images, file);
      ImageDatasets.open(folder);
    } catch (DatasetException e) {
      assertThat(e.getMessage()).startsWith(folder.toString());
    } finally {
      Files.delete(images);
      Files.delete(labels);
      Files.delete(folder);
    }
  }
}
