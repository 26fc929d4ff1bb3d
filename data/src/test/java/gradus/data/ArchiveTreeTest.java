// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Whatever an archive holds, it is read or refused by name.
class ArchiveTreeTest {
  private static final byte[] TAR = Fixtures.tar(images());
  private static final byte[] GZIP = Fixtures.gzip(TAR);

  private static Map<String, byte[]> images() {
    Map<String, byte[]> files = new TreeMap<>();
    files.put("train/cat/a.png", Fixtures.png(0));
    files.put("test/cat/b.jpg", Fixtures.jpeg(1));
    return files;
  }

  @Property(tries = 300, seed = "20250105")
  void damagedArchivesAreReadOrRefused(
      @ForAll boolean zipped,
      @ForAll @IntRange(max = 1 << 20) int at,
      @ForAll @Size(min = 1, max = 4) byte[] values,
      @ForAll boolean cut)
      throws IOException {
    byte[] file = (zipped ? GZIP : TAR).clone();
    int from = at % file.length;
    int length = Math.min(values.length, file.length - from);
    System.arraycopy(values, 0, file, from, length);
    check(cut ? Arrays.copyOf(file, from + length) : file);
  }

  /// The sums of what was packed are right, what it holds is not.
  @Property(tries = 100, seed = "20250105")
  void damagedFilesInArchivesAreReadOrRefused(
      @ForAll @IntRange(max = 1 << 20) int at, @ForAll byte value, @ForAll boolean cut)
      throws IOException {
    Map<String, byte[]> files = images();
    byte[] image = files.get("train/cat/a.png");
    image[at % image.length] = value;
    files.put("train/cat/a.png", cut ? Arrays.copyOf(image, at % image.length) : image);
    check(Fixtures.gzip(Fixtures.tar(files)));
  }

  private static void check(byte[] archive) throws IOException {
    Path file = Files.createTempFile("any", ".tar.gz");
    try {
      assertThat(ImageDatasets.open(Files.write(file, archive)).classes()).isNotEmpty();
    } catch (DatasetException e) {
      assertThat(e).hasMessageStartingWith(file.toString());
    } finally {
      Files.delete(file);
    }
  }
}
