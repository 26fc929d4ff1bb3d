// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarPythonTest {
  @TempDir private Path temp;

  private static void refused(Path path, String message) {
    assertThatThrownBy(() -> ImageDatasets.open(path))
        .isInstanceOf(DatasetException.class)
        .hasMessage(message);
  }

  /// The same images as [Fixtures#bin].
  private static Map<String, byte[]> cifar10(int train, int test) {
    Map<String, byte[]> files = new TreeMap<>();
    Fixtures.bin(train, test)
        .forEach((name, bytes) -> files.put(name.replace(".bin", ""), pickle(name, bytes)));
    files.put(
        "batches.meta",
        new PickleWriter()
            .dict()
            .string("num_cases_per_batch")
            .integer(10000)
            .string("label_names")
            .strings(Cifar10.CLASSES)
            .string("num_vis")
            .integer(3072)
            .end());
    return files;
  }

  private static byte[] pickle(String name, byte[] bin) {
    int n = bin.length / 3073;
    int[] labels = new int[n];
    byte[] pixels = new byte[n * 3072];
    for (int i = 0; i < n; i++) {
      labels[i] = bin[i * 3073];
      System.arraycopy(bin, i * 3073 + 1, pixels, i * 3072, 3072);
    }
    return new PickleWriter()
        .dict()
        .string("batch_label")
        .string(name)
        .string("labels")
        .integers(labels)
        .string("data")
        .array(n, 3072, pixels)
        .string("filenames")
        .strings(IntStream.range(0, n).mapToObj(i -> "image_s_" + i + ".png").toList())
        .end();
  }

  private static void assertSame(ImageDataset actual, ImageDataset expected) {
    assertThat(actual.classes()).isEqualTo(expected.classes());
    assertThat(actual.labels().toLongArray()).isEqualTo(expected.labels().toLongArray());
    assertThat(actual.images().toByteArray()).isEqualTo(expected.images().toByteArray());
  }

  @Test
  void theOfficialArchiveIsRead() throws IOException {
    ImageDatasets expected =
        ImageDatasets.open(Fixtures.write(temp.resolve("bin"), Fixtures.bin(3, 2)));
    byte[] archive =
        Fixtures.gzip(Fixtures.tar(Fixtures.inside("cifar-10-batches-py", cifar10(3, 2))));
    ImageDatasets actual =
        Cifar10.open(Fixtures.write(temp.resolve("cifar-10-python.tar.gz"), archive));
    assertSame(actual.train(), expected.train());
    assertSame(actual.test(), expected.test());
    var options = ImageDatasets.options().limit(4).seed(2);
    assertSame(
        ImageDatasets.open(Fixtures.write(temp.resolve("py"), cifar10(3, 2)), options).train(),
        ImageDatasets.open(temp.resolve("bin"), options).train());
  }

  @Test
  void otherWaysToWriteArraysAreRead() throws IOException {
    byte[] pixels = new byte[2 * 3072];
    byte[] columns = new byte[2 * 3072];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31);
      columns[i % 3072 * 2 + i / 3072] = pixels[i];
    }
    for (PickleWriter array :
        List.of(
            new PickleWriter().dict().string("data").array(2, 3072, pixels),
            new PickleWriter().dict().string("data").arrayOfColumns(2, 3072, columns),
            new PickleWriter().dict().string("data").arrayOfPython3(2, 3072, pixels))) {
      Map<String, byte[]> files = cifar10(1, 1);
      files.put("test_batch", array.string("labels").integers(7, 9).end());
      ImageDataset test = ImageDatasets.open(Fixtures.write(temp, files)).test();
      assertThat(test.images().toByteArray()).isEqualTo(pixels);
      assertThat(test.labels().toLongArray()).containsExactly(7, 9);
    }
  }

  private static byte[] cifar100(int... labels) {
    byte[] pixels = new byte[3072 * labels.length];
    for (int i = 0; i < labels.length; i++) {
      Arrays.fill(pixels, i * 3072, (i + 1) * 3072, (byte) i);
    }
    return new PickleWriter()
        .dict()
        .string("coarse_labels")
        .integers(IntStream.of(labels).map(l -> l / 5).toArray())
        .string("fine_labels")
        .integers(labels)
        .string("data")
        .array(labels.length, 3072, pixels)
        .end();
  }

  @Test
  void cifar100HasTwoLabels() throws IOException {
    Fixtures.write(temp.resolve("train"), cifar100(99, 50, 0));
    Fixtures.write(temp.resolve("test"), cifar100(7));
    Fixtures.write(
        temp.resolve("meta"),
        new PickleWriter()
            .dict()
            .string("fine_label_names")
            .strings(Cifar100.CLASSES)
            .string("coarse_label_names")
            .strings(Cifar100.SUPERCLASSES)
            .end());
    assertThat(Cifar100.open(temp).train().labels().toLongArray()).containsExactly(99, 50, 0);
    var options = ImageDatasets.options().labels(Cifar100.Labels.COARSE);
    ImageDatasets coarse = Cifar100.open(temp, options);
    assertThat(coarse.train().labels().toLongArray()).containsExactly(19, 10, 0);
    assertThat(coarse.train().get(2).x().toByteArray()).containsOnly(2);
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    Fixtures.write(temp, cifar10(1, 1));
    Files.delete(temp.resolve("data_batch_5"));
    refused(temp, temp + ": lacks data_batch_5 of CIFAR-10's 6 files");
  }

  private void refusedBatch(byte[] pickle, String message) {
    Fixtures.write(temp, cifar10(1, 1));
    Path file = Fixtures.write(temp.resolve("data_batch_2"), pickle);
    refused(temp, file + ": " + message);
  }

  @Test
  void otherContentsAreRefused() {
    refusedBatch(
        new PickleWriter().integer(3).raw('.').bytes(), "holds an int; CIFAR-10 has dicts");
    refusedBatch(
        new PickleWriter().dict().string("x").integer(1).end(),
        "has no uint8 array 'data' of shape [N, 3072]; its keys are [x]");
    refusedBatch(
        new PickleWriter().dict().string("data").array(1, 3072, new byte[3072]).end(),
        "has no list 'labels'; its keys are [data]");
    PickleWriter two = new PickleWriter().dict().string("labels").integers(1, 2);
    refusedBatch(
        two.string("data").array(1, 3072, new byte[3072]).end(), "has 1 images but 2 labels");
    PickleWriter ten = new PickleWriter().dict().string("labels").integers(10);
    refusedBatch(
        ten.string("data").array(1, 3072, new byte[3072]).end(),
        "image 0 has label 10; CIFAR-10's labels are 0 … 9");
    PickleWriter text = new PickleWriter().dict().string("labels").strings(List.of("1"));
    refusedBatch(text.string("data").array(1, 3072, new byte[3072]).end(), "label 0 is a str");
    PickleWriter wide = new PickleWriter().dict().string("labels").integers(1);
    refusedBatch(
        wide.string("data").array(1, 3073, new byte[3073]).end(),
        "has no uint8 array 'data' of shape [N, 3072]; its keys are [labels, data]");
  }

  @Property(tries = 100, seed = "20250105")
  void damagedFilesAreReadOrRefused(
      @ForAll @IntRange(max = 6700) int at, @ForAll byte value, @ForAll boolean cut)
      throws IOException {
    Path folder = Files.createTempDirectory("cifar");
    try {
      Fixtures.write(folder, cifar10(1, 1));
      byte[] batch = pickle("two", Fixtures.bin(2, 1).get("data_batch_2.bin"));
      batch[at % batch.length] = value;
      Path file =
          Fixtures.write(
              folder.resolve("data_batch_2"),
              cut ? Arrays.copyOf(batch, at % batch.length) : batch);
      try {
        assertThat(ImageDatasets.open(folder).train().size()).isEqualTo(6);
      } catch (DatasetException e) {
        assertThat(e).hasMessageStartingWith(file + ": ");
      }
    } finally {
      Fixtures.delete(folder);
    }
  }
}
