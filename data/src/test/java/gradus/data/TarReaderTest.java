// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TarReaderTest {
  private static final byte[] HELLO = {'h', 'e', 'l', 'l', 'o'};

  private static List<String> read(byte[] archive) throws IOException {
    var tar = new TarReader(new ByteArrayInputStream(archive), "x.tar", 1 << 20);
    List<String> members = new ArrayList<>();
    for (TarReader.Entry entry; (entry = tar.next()) != null; ) {
      String contents = entry.folder() ? "/" : "=" + new String(tar.read(), UTF_8);
      members.add(entry.name() + contents);
    }
    return members;
  }

  private static void refused(byte[] archive, String message) {
    assertThatThrownBy(() -> read(archive))
        .isInstanceOf(DatasetException.class)
        .hasMessage(message);
  }

  @Test
  void filesAndFoldersAreRead() throws IOException {
    byte[] archive =
        new TarWriter()
            .folder("./")
            .folder("a/")
            .file("./a/b.txt", HELLO)
            .file("empty", new byte[0])
            .file("old-style-folder/", new byte[0])
            .end();
    assertThat(read(archive))
        .containsExactly("/", "a/", "a/b.txt=hello", "empty=", "old-style-folder/");
  }

  @Test
  void contentsMayBeLeftUnread() throws IOException {
    byte[] archive = new TarWriter().file("a", new byte[700]).file("b", HELLO).end();
    var tar = new TarReader(new ByteArrayInputStream(archive), "x.tar", 1 << 20);
    tar.next();
    assertThat(tar.next()).isEqualTo(new TarReader.Entry("b", false, 5));
    assertThat(tar.read()).isEqualTo(HELLO);
    assertThat(tar.next()).isNull();
  }

  @Test
  void longNamesAreRead() throws IOException {
    String name = "x".repeat(200) + "/" + "y".repeat(200);
    assertThat(read(new TarWriter().longName(name).file("short", HELLO).file("b", HELLO).end()))
        .containsExactly(name + "=hello", "b=hello");
    assertThat(read(new TarWriter().pax("path", name).file("short", HELLO).file("b", HELLO).end()))
        .containsExactly(name + "=hello", "b=hello");
  }

  @Test
  void paxSizesCount() throws IOException {
    TarWriter tar = new TarWriter().pax("size", "5").header("a", '0', "00000000000");
    byte[] start = tar.withoutEnd();
    byte[] archive = Arrays.copyOf(start, start.length + 512 + 1024);
    System.arraycopy(HELLO, 0, archive, start.length, 5);
    assertThat(read(archive)).containsExactly("a=hello");
  }

  @Test
  void prefixesAndBinarySizesAreRead() throws IOException {
    byte[] archive = new TarWriter().file("name", HELLO).end();
    System.arraycopy("folder".getBytes(UTF_8), 0, archive, 345, 6);
    Arrays.fill(archive, 124, 136, (byte) 0);
    archive[124] = (byte) 0x80;
    archive[135] = 5;
    fixSum(archive);
    assertThat(read(archive)).containsExactly("folder/name=hello");
  }

  private static void fixSum(byte[] archive) {
    Arrays.fill(archive, 148, 156, (byte) ' ');
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += archive[i] & 0xff;
    }
    byte[] octal = String.format("%06o\0", sum).getBytes(UTF_8);
    System.arraycopy(octal, 0, archive, 148, octal.length);
  }

  @Test
  void devicesAndGlobalHeadersArePassedOver() throws IOException {
    byte[] archive =
        new TarWriter()
            .member("g", 'g', "9 a=bcde\n".getBytes(UTF_8))
            .member("device", '3', new byte[0])
            .file("a", HELLO)
            .end();
    assertThat(read(archive)).containsExactly("a=hello");
  }

  @Test
  void whatIsNotAsItShouldBeIsNamed() {
    byte[] text = new byte[600];
    Arrays.fill(text, (byte) 'a');
    refused(text, "x.tar: is neither a folder nor a tar archive, plain or compressed by gzip");
    refused(HELLO, "x.tar: is neither a folder nor a tar archive, plain or compressed by gzip");

    byte[] second = new TarWriter().file("a", HELLO).file("b", HELLO).end();
    second[1024]++;
    refused(second, "x.tar: is damaged: the checksum of a header is wrong");

    refused(
        new TarWriter().member("link", '2', new byte[0]).end(),
        "x.tar: is damaged: link is a link; pack it with --dereference --hard-dereference");
    refused(
        new TarWriter().member("hole", 'S', new byte[0]).end(),
        "x.tar: is damaged: hole is of unknown type 'S'");
    refused(
        new TarWriter().file("a/../../b", HELLO).end(),
        "x.tar: is damaged: a/../../b points out of the archive");
    refused(
        new TarWriter().file("a/".repeat(33) + "b", HELLO).end(),
        "x.tar: is damaged: a member lies 34 folders deep");
    refused(
        new TarWriter().header("a", '0', "zzz").end(),
        "x.tar: is damaged: a member has a size of -1");
    refused(
        new TarWriter().header("a", 'L', "0777777").end(),
        "x.tar: is damaged: a name or pax header has 262143 bytes");
    refused(
        new TarWriter().member("p", 'x', "7 a=b\n".getBytes(UTF_8)).end(),
        "x.tar: is damaged: a pax header is not as it should be");
  }

  @Test
  void sizesAreCheckedBeforeAnythingIsAllocated() {
    refused(
        new TarWriter().header("a", '0', "77777777777").end(),
        "x.tar: holds more than the 1048576 bytes of any archive read here; unpack it");
  }

  @Test
  void anArchiveThatIsCutShortIsNotWhole() {
    byte[] whole = new TarWriter().file("a", HELLO).file("b", HELLO).end();
    for (int length : new int[] {513, 1023, 1024, 1500, 2048}) {
      assertThatThrownBy(() -> read(Arrays.copyOf(whole, length))).isInstanceOf(EOFException.class);
    }
  }

  @Property(tries = 300, seed = "20250105")
  void anyBytesAreReadOrRefused(@ForAll @Size(max = 3000) byte[] bytes) {
    readOrRefuse(bytes);
  }

  @Property(tries = 1000, seed = "20250105")
  void anyDamageIsReadOrRefused(
      @ForAll @IntRange(max = 4607) int at, @ForAll byte value, @ForAll boolean fixSum) {
    byte[] archive =
        new TarWriter().pax("path", "p").longName("l").file("a", HELLO).file("b", HELLO).end();
    archive[at % archive.length] = value;
    if (fixSum) {
      fixSum(archive);
    }
    readOrRefuse(archive);
  }

  private static void readOrRefuse(byte[] archive) {
    try {
      read(archive);
    } catch (DatasetException | EOFException e) {
      assertThat(e).hasMessageStartingWith("x.tar");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
