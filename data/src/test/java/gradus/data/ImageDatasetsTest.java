// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.Shape;
import gradus.Threads;
import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageDatasetsTest {
  @TempDir private Path temp;

  private Path root;

  @BeforeEach
  void nameTheRoot() {
    root = temp.resolve("images");
  }

  private static void assertIsTree(ImageDatasets datasets) {
    assertThat(datasets.classes()).containsExactly("cat", "dog");
    assertThat(datasets.train().images().shape()).isEqualTo(Shape.of(5, 3, 32, 32));
    assertThat(datasets.train().labels().toLongArray()).containsExactly(0, 0, 0, 1, 1);
    assertThat(datasets.test().labels().toLongArray()).containsExactly(0, 1);
    for (int i = 0; i < 5; i++) {
      assertIsImage(datasets.train(), i, i, i == 1 || i == 2 ? 24 : 0);
    }
    assertIsImage(datasets.test(), 1, 6, 0);
  }

  /// Checks that the image at `index` is that of number `n`.
  private static void assertIsImage(ImageDataset dataset, int index, int n, int tolerance) {
    byte[] pixels = dataset.get(index).x().toByteArray();
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 32; x++) {
        int rgb = Fixtures.colour(n, x, y);
        for (int c = 0; c < 3; c++) {
          assertThat(pixels[c * 1024 + y * 32 + x] & 0xff)
              .as("image %d, channel %d, (%d, %d)", index, c, x, y)
              .isCloseTo((rgb >> (16 - 8 * c)) & 0xff, within(tolerance));
        }
      }
    }
  }

  private void refused(String message) {
    refused(root, message);
  }

  private void refused(Path path, String message) {
    assertThatThrownBy(() -> ImageDatasets.open(path))
        .isInstanceOf(DatasetException.class)
        .hasMessage(message.replace("ROOT", root.toString()).replace('/', File.separatorChar));
  }

  @Test
  void anImageFolderIsRead() throws IOException {
    assertIsTree(ImageDatasets.open(Fixtures.write(root, Fixtures.tree())));
  }

  @Test
  void aFolderWithOneImageFolderIsRead() throws IOException {
    Fixtures.write(root.resolve("cifar10"), Fixtures.tree());
    Fixtures.write(root.resolve("other/readme.txt"), new byte[1]);
    assertIsTree(ImageDatasets.open(root));
  }

  @Test
  void archivesAreRead() throws IOException {
    byte[] plain = Fixtures.tar(Fixtures.tree());
    byte[] nested = Fixtures.tar(Fixtures.inside("cifar10", Fixtures.tree()));
    assertIsTree(ImageDatasets.open(Fixtures.write(temp.resolve("a.tar"), plain)));
    assertIsTree(
        ImageDatasets.open(Fixtures.write(temp.resolve("b.tar.gz"), Fixtures.gzip(plain))));
    assertIsTree(ImageDatasets.open(Fixtures.write(temp.resolve("c.tgz"), Fixtures.gzip(nested))));
  }

  @Test
  void filesThatAreNoImagesOrHiddenDoNotCount() throws IOException {
    Map<String, byte[]> files = Fixtures.tree();
    for (String name : new String[] {".DS_Store", "train/Thumbs.db", "train/cat/._a.png"}) {
      files.put(name, new byte[] {1});
    }
    files.put("train/.hidden/a.png", new byte[] {1});
    files.put("train/cat/notes.md", new byte[] {1});
    assertIsTree(ImageDatasets.open(Fixtures.write(root, files)));
    assertIsTree(ImageDatasets.open(Fixtures.write(temp.resolve("a.tar"), Fixtures.tar(files))));
  }

  @Test
  void theNumberOfThreadsDoesNotMatter() throws IOException {
    Map<String, byte[]> files = Fixtures.tree();
    for (int i = 0; i < 600; i++) {
      files.put("train/dog/many" + i + ".png", Fixtures.png(i % 7));
    }
    Fixtures.write(root, files);
    int threads = Threads.count();
    try {
      Threads.count(1);
      byte[] one = ImageDatasets.open(root).train().images().toByteArray();
      Threads.count(3);
      assertThat(ImageDatasets.open(root).train().images().toByteArray()).isEqualTo(one);

      Fixtures.write(root.resolve("train/dog/many599.png"), new byte[0]);
      Fixtures.write(root.resolve("train/dog/many0.png"), new byte[0]);
      refused("ROOT/train/dog/many0.png: is empty");
    } finally {
      Threads.count(threads);
    }
  }

  @Test
  void aLimitTakesSomeImagesInTheOrderOnDisk() throws IOException {
    Map<String, byte[]> files = Fixtures.tree();
    for (int i = 0; i < 50; i++) {
      files.put(String.format("train/dog/many%02d.png", i), Fixtures.png(i % 7));
    }
    Fixtures.write(root, files);
    ImageDatasets all = ImageDatasets.open(root);
    var options = ImageDatasets.options().limit(20);
    ImageDatasets some = ImageDatasets.open(root, options);
    assertThat(some.train().size()).isEqualTo(20);
    assertThat(some.test().size()).isEqualTo(2);
    assertThat(ImageDatasets.open(root, options).train().images().toByteArray())
        .isEqualTo(some.train().images().toByteArray());
    assertThat(ImageDatasets.open(root, options.seed(1)).train().images().toByteArray())
        .isNotEqualTo(some.train().images().toByteArray());
    int[] chosen = options.choose(all.train().size());
    assertThat(chosen).isSorted().doesNotHaveDuplicates().hasSize(20);
    assertThat(some.train().images().toByteArray())
        .isEqualTo(all.train().batch(chosen).x().toByteArray());
    assertThatThrownBy(() -> options.limit(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ImageDatasets: limit 0 is not a positive number");
  }

  private void putAsFirst(BufferedImage image, String format) {
    Fixtures.write(root, Fixtures.tree());
    Fixtures.write(root.resolve("train/cat/a.png"), Fixtures.encode(image, format));
  }

  private static byte[] grey(BufferedImage image) {
    byte[] grey = new byte[32 * 32];
    for (int i = 0; i < grey.length; i++) {
      int value = i * 7 & 0xff;
      image.getRaster().setSample(i % 32, i / 32, 0, value);
      grey[i] = (byte) value;
    }
    return grey;
  }

  @Test
  void greyImagesGetThreeEqualChannels() throws IOException {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY);
    byte[] grey = grey(image);
    putAsFirst(image, "png");
    byte[] pixels = ImageDatasets.open(root).train().get(0).x().toByteArray();
    for (int c = 0; c < 3; c++) {
      assertThat(Arrays.copyOfRange(pixels, c * 1024, (c + 1) * 1024)).isEqualTo(grey);
    }
  }

  @Test
  void transparencyIsIgnored() throws IOException {
    putAsFirst(Fixtures.image(0, 32, 32, BufferedImage.TYPE_INT_ARGB), "png");
    assertIsTree(ImageDatasets.open(root));
  }

  @Test
  void palettesAreRead() throws IOException {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_INDEXED);
    image.setRGB(3, 0, 0xffff0000);
    putAsFirst(image, "png");
    byte[] pixels = ImageDatasets.open(root).train().get(0).x().toByteArray();
    assertThat(new int[] {pixels[3] & 0xff, pixels[1024 + 3], pixels[2048 + 3], pixels[4]})
        .containsExactly(255, 0, 0, 0);
  }

  @Test
  void sixteenBitsAreRefused() {
    putAsFirst(new BufferedImage(32, 32, BufferedImage.TYPE_USHORT_GRAY), "png");
    refused("ROOT/train/cat/a.png: has 16 bits per channel, not 8");
  }

  @Test
  void otherColoursAreRefused() throws IOException {
    Fixtures.write(root, Fixtures.tree());
    byte[] plain = fourChannels();
    byte[] adobe = new byte[plain.length + 16];
    byte[] marker = {
      (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
    };
    System.arraycopy(plain, 0, adobe, 0, 2);
    System.arraycopy(marker, 0, adobe, 2, 16);
    System.arraycopy(plain, 2, adobe, 18, plain.length - 2);
    for (byte[] jpeg : List.of(plain, adobe)) {
      Fixtures.write(root.resolve("train/cat/b.jpg"), jpeg);
      refused(
          "ROOT/train/cat/b.jpg: cannot be decoded (its colours are not RGB or grey); remove or"
              + " replace it");
    }
  }

  /// A JPEG with four channels.
  private static byte[] fourChannels() throws IOException {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 32, 32, 4, new Point());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (var output = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(output);
      writer.write(new IIOImage(raster, null, null));
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  @Test
  void anImageOfAnotherSizeIsRefused() {
    putAsFirst(Fixtures.image(0, 28, 30, BufferedImage.TYPE_INT_RGB), "png");
    refused("ROOT/train/cat/a.png: is 28 × 30 pixels; all images must be 32 × 32");
  }

  @Test
  void aHugeImageIsRefusedBeforeItIsDecoded() {
    byte[] png = Fixtures.png(0);
    png[16] = 0x7f;
    Fixtures.write(root, Fixtures.tree());
    Fixtures.write(root.resolve("train/cat/a.png"), png);
    refused("ROOT/train/cat/a.png: is 2130706464 × 32 pixels; all images must be 32 × 32");
  }

  @Test
  void unreadableFilesAreRefused() {
    Fixtures.write(root, Fixtures.tree());
    Fixtures.write(root.resolve("train/cat/a.png"), new byte[] {'t', 'e', 'x', 't'});
    refused("ROOT/train/cat/a.png: is neither a JPEG nor a PNG image; remove it");
    Fixtures.write(root.resolve("train/cat/a.png"), new byte[0]);
    refused("ROOT/train/cat/a.png: is empty");
    Fixtures.write(root.resolve("train/cat/a.png"), Arrays.copyOf(Fixtures.png(0), 60));
    assertThatThrownBy(() -> ImageDatasets.open(root))
        .isInstanceOf(DatasetException.class)
        .hasMessageStartingWith(root.resolve("train/cat/a.png") + ": cannot be decoded (")
        .hasMessageEndingWith("); remove or replace it");
  }

  @Test
  void aTruncatedJpegIsRefused() {
    Fixtures.write(root, Fixtures.tree());
    byte[] jpeg = Fixtures.jpeg(1);
    for (int length = 3; length < jpeg.length; length += 7) {
      Fixtures.write(root.resolve("train/cat/b.jpg"), Arrays.copyOf(jpeg, length));
      assertThatThrownBy(() -> ImageDatasets.open(root))
          .as("%s of %s bytes", length, jpeg.length)
          .isInstanceOf(DatasetException.class)
          .hasMessageStartingWith(root.resolve("train/cat/b.jpg") + ": ");
    }
  }

  @Test
  void anEmptyClassIsRefused() throws IOException {
    Map<String, byte[]> files = Fixtures.tree();
    files.remove("test/dog/y.png");
    files.put("test/dog/y.txt", new byte[1]);
    Fixtures.write(root, files);
    refused("ROOT/test/dog: holds no .jpg, .jpeg or .png image; fill or remove the folder");

    Files.delete(root.resolve("test/dog/y.txt"));
    refused("ROOT/test/dog: holds no .jpg, .jpeg or .png image; fill or remove the folder");
    Files.delete(root.resolve("test/dog"));
    refused("ROOT/test: has the classes [cat] but train has [cat, dog]; they must agree");
  }

  @Test
  void misplacedImagesAndFoldersAreRefused() {
    Fixtures.write(root, Fixtures.tree());
    Fixtures.write(root.resolve("train/cat/deeper/a.png"), Fixtures.png(0));
    refused(
        "ROOT/train/cat/deeper: is a folder inside a class folder; images must lie directly in"
            + " train/cat");
    Path other = Fixtures.write(temp.resolve("other"), Fixtures.tree());
    Fixtures.write(other.resolve("train/a.png"), Fixtures.png(0));
    refused(
        other,
        other + "/train/a.png: is an image outside a class folder; move it to train/<class>/");
  }

  @Test
  void whatIsNoDataSetIsRefused() {
    refused("ROOT: there is no such file or folder; is the path right?");
    Fixtures.write(root.resolve("train/cat/a.png"), Fixtures.png(0));
    refused(
        "ROOT: holds neither train/<class>/ and test/<class>/ with images nor CIFAR-10's .bin"
            + " files; it holds train/");
    Fixtures.write(root.resolve("test/readme.txt"), new byte[1]);
    refused("ROOT/test: has no class folders; put images into test/<class>/");
    Path file = Fixtures.write(temp.resolve("text.txt"), new byte[] {'a'});
    refused(file, file + ": is neither a folder nor a tar archive, plain or compressed by gzip");
  }

  @Test
  void severalDataSetsAreRefused() {
    Fixtures.write(root.resolve("one"), Fixtures.tree());
    Fixtures.write(root.resolve("two"), Fixtures.tree());
    refused("ROOT: holds several data sets: one, two; name one");
  }

  @Test
  void damagedArchivesAreRefused() {
    byte[] gzip = Fixtures.gzip(Fixtures.tar(Fixtures.tree()));
    Path file = temp.resolve("a.tar.gz");
    for (int length : new int[] {5, 300, gzip.length - 4}) {
      Fixtures.write(file, Arrays.copyOf(gzip, length));
      refused(file, file + ": is cut short; copy or download it again");
    }
    gzip[gzip.length - 6] ^= 1;
    Fixtures.write(file, gzip);
    refused(file, file + ": is damaged (Corrupt GZIP trailer); copy or download it again");
    Fixtures.write(
        file, new TarWriter().file("a.png", new byte[1]).file("./a.png", new byte[1]).end());
    refused(file, file + "!a.png: is in the archive twice");
    Fixtures.write(file, new TarWriter().header("a.png", '0', "0500000000").end());
    refused(file, file + "!a.png: 83886080 bytes are more than the 67108864 of any file read here");
  }

  @Test
  void namesInArchivesAreSaid() {
    Map<String, byte[]> files = new TreeMap<>(Fixtures.tree());
    files.put("train/cat/a.png", new byte[0]);
    Path file = Fixtures.write(temp.resolve("a.tar"), Fixtures.tar(files));
    refused(file, file + "!train/cat/a.png: is empty");
  }

  @Test
  void otherClassesAreNotCifar10() {
    Fixtures.write(root, Fixtures.tree());
    assertThatThrownBy(() -> Cifar10.open(root))
        .isInstanceOf(DatasetException.class)
        .hasMessage(root + ": has the classes [cat, dog]; CIFAR-10's are " + Cifar10.CLASSES);
    assertThat(Cifar10.CLASSES).isSorted().hasSize(10);
  }

  @Test
  void splitsMustFitTogether() {
    ImageDataset a = ImageDataset.of(new byte[12], new long[1], List.of("x"), 3, 2, 2);
    ImageDataset b = ImageDataset.of(new byte[12], new long[1], List.of("y"), 3, 2, 2);
    ImageDataset c = ImageDataset.of(new byte[3], new long[1], List.of("x"), 3, 1, 1);
    assertThatThrownBy(() -> new ImageDatasets(a, b))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ImageDatasets: train has the classes [x], test [y]");
    assertThatThrownBy(() -> new ImageDatasets(a, c))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "ImageDatasets: train images [1, 3, 2, 2] and test images [1, 3, 1, 1] differ in size");
  }
}
