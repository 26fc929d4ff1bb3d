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

  @Test
  void aValidationSetIsRead() throws IOException {
    Map<String, byte[]> files = Fixtures.tree();
    files.put("val/cat/p.png", Fixtures.png(2));
    files.put("val/dog/q.png", Fixtures.png(4));
    ImageDatasets all = ImageDatasets.open(Fixtures.write(root, files));
    assertIsTree(all);
    assertIsImage(all.val(), 1, 4, 0);
    files.keySet().removeIf(name -> name.startsWith("test"));
    ImageDatasets two = ImageDatasets.open(Fixtures.write(temp.resolve("two"), files));
    assertThat(two.val()).isNull();
    assertIsImage(two.test(), 1, 4, 0);
    Fixtures.write(root.resolve("val/bird/r.png"), Fixtures.png(0));
    refused("ROOT/val: has the classes [bird, cat, dog] but train has [cat, dog]; they must agree");
  }

  private Path flat(int images) {
    for (int i = 0; i < images; i++) {
      String name = String.format("%s/%02d.png", i % 2 == 0 ? "train" : "bus", i);
      Fixtures.write(root.resolve(name), Fixtures.png(i % 7));
    }
    return root;
  }

  @Test
  void classFoldersAreSplit() throws IOException {
    ImageDatasets all = ImageDatasets.open(flat(23));
    assertThat(all.classes()).containsExactly("bus", "train");
    assertThat(all.train().size()).isEqualTo(15);
    assertThat(all.val().size()).isEqualTo(4);
    assertThat(all.test().size()).isEqualTo(4);
    assertThat(all.train().labels().toLongArray()).isSorted();
    long ones =
        all.train().labels().sum().toLongArray()[0]
            + all.val().labels().sum().toLongArray()[0]
            + all.test().labels().sum().toLongArray()[0];
    assertThat(ones).isEqualTo(12);
    var options = ImageDatasets.options().seed(5);
    assertThat(ImageDatasets.open(root, options).test().images().toByteArray())
        .isNotEqualTo(all.test().images().toByteArray())
        .isEqualTo(ImageDatasets.open(root, options).test().images().toByteArray());
    ImageDatasets some = ImageDatasets.open(root, options.limit(11));
    assertThat(some.train().size() + some.val().size() + some.test().size()).isEqualTo(11);
    assertThatThrownBy(() -> ImageDatasets.open(root, options.limit(4)))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            root
                + ": 4 images are too few to split 60/20/20; at least 5 are needed, or folders"
                + " train/ and test/");
  }

  @Test
  void imagesOfAnySizeAreRead() throws IOException {
    for (String name : List.of("train/a/1", "test/a/1")) {
      BufferedImage image = Fixtures.image(3, 40, 21, BufferedImage.TYPE_INT_RGB);
      Fixtures.write(root.resolve(name + ".png"), Fixtures.encode(image, "png"));
    }
    assertThat(ImageDatasets.open(root).train().images().shape()).isEqualTo(Shape.of(1, 3, 21, 40));
    Fixtures.write(root.resolve("train/a/2.png"), Fixtures.png(0));
    var options = ImageDatasets.options().resize(Resize.stretch(8, 9));
    assertThat(ImageDatasets.open(root, options).train().images().shape())
        .isEqualTo(Shape.of(2, 3, 8, 9));
    assertThat(ImageDatasets.open(root, options.color(Color.GREY)).test().images().shape())
        .isEqualTo(Shape.of(1, 1, 8, 9));
  }

  @Test
  void greyIsALumaOfTheColours() throws IOException {
    Fixtures.write(root, Fixtures.tree());
    ImageDatasets grey = ImageDatasets.open(root, ImageDatasets.options().color(Color.GREY));
    assertThat(grey.train().images().shape()).isEqualTo(Shape.of(5, 1, 32, 32));
    byte[] pixels = grey.train().get(3).x().toByteArray();
    for (int i = 0; i < pixels.length; i++) {
      int rgb = Fixtures.colour(3, i % 32, i / 32);
      double luma = 0.299 * (rgb >> 16) + 0.587 * (rgb >> 8 & 0xff) + 0.114 * (rgb & 0xff);
      assertThat(pixels[i] & 0xff).isEqualTo((int) Math.round(luma));
    }
  }

  @Test
  void aSingleImageIsRead() throws IOException {
    BufferedImage image = Fixtures.image(1, 6, 4, BufferedImage.TYPE_INT_RGB);
    Path file = Fixtures.write(root.resolve("a.png"), Fixtures.encode(image, "png"));
    assertThat(Images.read(file, Color.STORED, null).shape()).isEqualTo(Shape.of(3, 4, 6));
    assertThat(Images.read(file, Color.GREY, Resize.crop(4, 4)).shape())
        .isEqualTo(Shape.of(1, 4, 4));
    assertThatThrownBy(() -> Images.read(temp.resolve("b.png"), Color.RGB, null))
        .isInstanceOf(DatasetException.class)
        .hasMessage(temp.resolve("b.png") + ": there is no such file; is the path right?");
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
  void foldersMayHoldTiffAndNameWhatIsNotRead() throws IOException {
    Map<String, byte[]> files = Fixtures.tree();
    files.remove("train/cat/a.png");
    files.put(
        "train/cat/a.TIFF",
        Fixtures.encode(Fixtures.image(0, 32, 32, BufferedImage.TYPE_INT_RGB), "tiff"));
    Fixtures.write(root, files);
    assertIsTree(ImageDatasets.open(root));
    byte[] webp = {'R', 'I', 'F', 'F', 1, 0, 0, 0, 'W', 'E', 'B', 'P'};
    Fixtures.write(root.resolve("train/cat/z.webp"), webp);
    refused(
        "ROOT/train/cat/z.webp: is in the format WebP, which is not read; convert it to PNG or"
            + " JPEG");
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
          "ROOT/train/cat/b.jpg: is a JPEG image of four colours (CMYK), which is not read; convert"
              + " it to RGB");
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
    refused(
        "ROOT/train/cat/b.jpg: is 32 × 32 pixels, train/cat/a.png is 28 × 30; all must have one"
            + " size, or be resized");
  }

  @Test
  void aHugeImageIsRefusedBeforeItIsDecoded() {
    byte[] png = Fixtures.png(0);
    png[16] = 0x7f;
    Fixtures.write(root, Fixtures.tree());
    Fixtures.write(root.resolve("train/cat/a.png"), png);
    refused("ROOT/train/cat/a.png: is 2130706464 × 32 pixels; more than 67108864 are not read");
    png[16] = 0;
    png[17] = 8;
    Fixtures.write(root.resolve("train/cat/a.png"), png);
    refused(
        "ROOT/train/cat/a.png: says it is 524320 × 32 pixels, more than its "
            + png.length
            + " bytes can hold");
  }

  @Test
  void unreadableFilesAreRefused() {
    Fixtures.write(root, Fixtures.tree());
    Fixtures.write(root.resolve("train/cat/a.png"), new byte[] {'t', 'e', 'x', 't'});
    refused("ROOT/train/cat/a.png: is no JPEG, PNG, TIFF, GIF or BMP image; remove or convert it");
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
    refused("ROOT/test/dog: holds no .jpg, .png, .bmp or .tif image; fill or remove the folder");

    Files.delete(root.resolve("test/dog/y.txt"));
    refused("ROOT/test/dog: holds no .jpg, .png, .bmp or .tif image; fill or remove the folder");
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
    Fixtures.write(root.resolve("readme/one.md"), new byte[1]);
    refused(
        "ROOT: holds neither <class>/ folders with images, within train/ and test/ or not, nor the"
            + " files of CIFAR-10, CIFAR-100 or MNIST; it holds readme/");
    Fixtures.write(root.resolve("train/cat/a.png"), Fixtures.png(0));
    refused("ROOT: has train/ but neither test/ nor val/; add one, or name train/");
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
    Fixtures.write(file, new TarWriter().header("a.png", '0', "2000000001").end());
    refused(
        file, file + "!a.png: 268435457 bytes are more than the 268435456 of any file read here");
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
