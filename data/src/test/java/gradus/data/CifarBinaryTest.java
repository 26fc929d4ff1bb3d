// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarBinaryTest {
  @TempDir private Path temp;

  private static void refused(Path path, String message) {
    assertThatThrownBy(() -> ImageDatasets.open(path))
        .isInstanceOf(DatasetException.class)
        .hasMessage(message);
  }

  private static void assertIsBin(ImageDatasets datasets) {
    assertThat(datasets.classes()).isEqualTo(Cifar10.CLASSES);
    assertThat(datasets.train().size()).isEqualTo(15);
    assertThat(datasets.train().labels().toLongArray())
        .containsExactly(0, 1, 2, 1, 2, 3, 2, 3, 4, 3, 4, 5, 4, 5, 6);
    assertThat(datasets.test().labels().toLongArray()).containsExactly(5, 6);
    assertThat(datasets.train().get(14).x().toByteArray()).hasSize(3072).containsOnly(6);
  }

  @Test
  void theOfficialFilesAreRead() throws IOException {
    assertIsBin(Cifar10.open(Fixtures.write(temp, Fixtures.bin(3, 2))));
  }

  @Test
  void theOfficialArchiveIsRead() throws IOException {
    byte[] archive =
        Fixtures.gzip(Fixtures.tar(Fixtures.inside("cifar-10-batches-bin", Fixtures.bin(3, 2))));
    assertIsBin(Cifar10.open(Fixtures.write(temp.resolve("cifar-10-binary.tar.gz"), archive)));
  }

  @Test
  void channelsComeFirst() throws IOException {
    Map<String, byte[]> files = Fixtures.bin(1, 1);
    byte[] record = files.get("data_batch_1.bin");
    for (int i = 1; i < record.length; i++) {
      record[i] = (byte) (i * 31);
    }
    ImageDatasets datasets = ImageDatasets.open(Fixtures.write(temp, files));
    assertThat(datasets.train().get(0).x().toByteArray())
        .isEqualTo(Arrays.copyOfRange(record, 1, 3073));
  }

  @Test
  void aLimitTakesSomeImages() throws IOException {
    Fixtures.write(temp, Fixtures.bin(30, 20));
    ImageDatasets all = ImageDatasets.open(temp);
    var options = ImageDatasets.options().limit(17).seed(3);
    ImageDatasets some = ImageDatasets.open(temp, options);
    assertThat(some.train().images().toByteArray())
        .isEqualTo(all.train().batch(options.choose(150)).x().toByteArray());
    assertThat(some.test().labels().toLongArray())
        .isEqualTo(all.test().batch(options.choose(20)).y().toLongArray());
  }

  @Test
  void classNamesAreReadWhereTheyAreGiven() throws IOException {
    Map<String, byte[]> files = Fixtures.bin(1, 1);
    String names = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n";
    files.put("batches.meta.txt", names.getBytes(StandardCharsets.UTF_8));
    assertThat(ImageDatasets.open(Fixtures.write(temp, files)).classes())
        .containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
    Path meta = Fixtures.write(temp.resolve("batches.meta.txt"), new byte[] {'a'});
    refused(temp, meta + ": names 1 classes; CIFAR-10 has 10");
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    Fixtures.write(temp, Fixtures.bin(1, 1));
    Files.delete(temp.resolve("data_batch_3.bin"));
    Files.delete(temp.resolve("test_batch.bin"));
    refused(temp, temp + ": lacks data_batch_3.bin, test_batch.bin of CIFAR-10's 6 files");
  }

  @Test
  void aTruncatedFileIsRefused() {
    Fixtures.write(temp, Fixtures.bin(2, 2));
    Path file = Fixtures.write(temp.resolve("data_batch_4.bin"), new byte[5000]);
    refused(
        temp,
        file
            + ": has 5000 bytes; expected a multiple of 3073, officially 30730000; is it cut short?"
            + " copy or download it again");
    Fixtures.write(file, new byte[0]);
    refused(
        temp,
        file
            + ": has 0 bytes; expected a multiple of 3073, officially 30730000; is it cut short?"
            + " copy or download it again");
  }

  @Test
  void besideAFileOfOfficialSizeAllMustHaveThat() throws IOException {
    Fixtures.write(temp, Fixtures.bin(2, 2));
    try (var file = new RandomAccessFile(temp.resolve("data_batch_1.bin").toFile(), "rw")) {
      file.setLength(30_730_000);
    }
    refused(
        temp,
        temp.resolve("data_batch_2.bin")
            + ": has 6146 bytes; expected 30730000, which is 10000 images of 3073; is it cut short?"
            + " copy or download it again");
  }

  @Test
  void aHugeFileIsRefusedBeforeItIsRead() throws IOException {
    Fixtures.write(temp, Fixtures.bin(2, 2));
    Path file = temp.resolve("data_batch_1.bin");
    try (var large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(3073L * 100_000);
    }
    refused(temp, file + ": 307300000 bytes are more than the 268435456 of any file read here");
  }

  private static Map<String, byte[]> cifar100() {
    Map<String, byte[]> files = new TreeMap<>();
    files.put("train.bin", new byte[4 * 3074]);
    files.put("test.bin", new byte[2 * 3074]);
    for (int i = 0; i < 4; i++) {
      Arrays.fill(files.get("train.bin"), i * 3074, (i + 1) * 3074, (byte) (100 + i));
      files.get("train.bin")[i * 3074] = (byte) i;
      files.get("train.bin")[i * 3074 + 1] = (byte) (96 + i);
    }
    return files;
  }

  @Test
  void cifar100HasTwoLabels() throws IOException {
    Fixtures.write(temp, cifar100());
    ImageDatasets fine = Cifar100.open(temp);
    assertThat(fine.classes()).isEqualTo(Cifar100.CLASSES);
    assertThat(fine.train().labels().toLongArray()).containsExactly(96, 97, 98, 99);
    assertThat(fine.train().get(3).x().toByteArray()).containsOnly(103);
    assertThat(fine.test().size()).isEqualTo(2);
    var options = ImageDatasets.options().labels(Cifar100.Labels.COARSE);
    ImageDatasets coarse = Cifar100.open(temp, options);
    assertThat(coarse.classes()).isEqualTo(Cifar100.SUPERCLASSES);
    assertThat(coarse.train().labels().toLongArray()).containsExactly(0, 1, 2, 3);
    assertThat(Cifar100.CLASSES).hasSize(100).isSorted().doesNotHaveDuplicates();
    assertThat(Cifar100.SUPERCLASSES).hasSize(20).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void labelsOfCifar100AreChecked() {
    Map<String, byte[]> files = cifar100();
    files.get("test.bin")[3074 + 1] = 100;
    Fixtures.write(temp, files);
    refused(
        temp, temp.resolve("test.bin") + ": image 1 has label 100; CIFAR-100's labels are 0 … 99");
    Fixtures.write(temp.resolve("coarse_label_names.txt"), new byte[] {'a'});
    assertThatThrownBy(
            () -> ImageDatasets.open(temp, ImageDatasets.options().labels(Cifar100.Labels.COARSE)))
        .hasMessage(temp.resolve("coarse_label_names.txt") + ": names 1 classes; CIFAR-100 has 20");
    Path cifar10 = Fixtures.write(temp.resolve("cifar10"), Fixtures.bin(1, 1));
    assertThatThrownBy(() -> Cifar100.open(cifar10))
        .hasMessage(cifar10 + ": is not CIFAR-100: its 10 classes are others");
  }

  @Test
  void labelsAboveNineAreRefused() {
    Map<String, byte[]> files = Fixtures.bin(3, 2);
    files.get("data_batch_2.bin")[2 * 3073] = 10;
    refused(
        Fixtures.write(temp, files),
        temp.resolve("data_batch_2.bin") + ": image 2 has label 10; CIFAR-10's labels are 0 … 9");
  }

  @Property(tries = 50, seed = "20250105")
  void anyBytesAreReadOrRefused(@ForAll @Size(max = 4000) byte[] bytes) throws IOException {
    Path folder = Files.createTempDirectory("cifar");
    try {
      Fixtures.write(folder, Fixtures.bin(1, 1));
      Path file = Fixtures.write(folder.resolve("data_batch_1.bin"), bytes);
      try {
        ImageDatasets.open(folder);
      } catch (DatasetException e) {
        assertThat(e).hasMessageStartingWith(file.toString());
      }
    } finally {
      Fixtures.delete(folder);
    }
  }
}
