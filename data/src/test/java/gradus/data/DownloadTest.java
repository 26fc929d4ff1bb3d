// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DownloadTest {
  private static final String OK = "HTTP/1.1 200 OK\nContent-Length: 100000";
  private static final String REST = "HTTP/1.1 206 Partial Content\nContent-Length: 60000\n";

  private final byte[] body = new byte[100_000];
  private final TestServer server = new TestServer();
  private final Download.Options options = Download.options().timeout(Duration.ofSeconds(20));

  @TempDir private Path temp;

  private Checksum checksum;
  private Path folder;

  @BeforeEach
  void makeTheFile() throws IOException {
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) ((i * 31) >> 3);
    }
    Path file = Files.write(temp.resolve("original"), body);
    checksum = Checksum.md5(Checksum.md5("0".repeat(32)).of(file));
    folder = temp.resolve("cache/deeper");
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    server.close();
  }

  private Download download() {
    return new Download(server.uri(), "file.gz", checksum);
  }

  private Path part() {
    return folder.resolve("file.gz.part");
  }

  private void assertHasCome(Path file) throws IOException {
    assertThat(file).isEqualTo(folder.resolve("file.gz")).hasBinaryContent(body);
    assertThat(part()).doesNotExist();
  }

  private void refused(Download.Options options, String message) {
    assertThatThrownBy(() -> download().to(folder, options))
        .isInstanceOf(DatasetException.class)
        .hasMessage(message.replace("URI", server.uri().toString()));
    assertThat(folder.resolve("file.gz")).doesNotExist();
  }

  @Test
  void aFileIsDownloadedOnce() throws IOException {
    server.then(OK, body, 0, 100_000);
    List<Long> seen = new ArrayList<>();
    assertThat(download().in(folder)).isEmpty();
    var reporting =
        options.progress(
            (bytes, total) -> {
              assertThat(total).isEqualTo(100_000);
              seen.add(bytes);
            });
    assertHasCome(download().to(folder, reporting));
    assertThat(seen).isSorted().startsWith(0L).endsWith(100_000L);
    assertHasCome(download().to(folder, options));
    assertThat(download().in(folder)).contains(folder.resolve("file.gz"));
    assertThat(server.ranges()).containsExactly("");
  }

  @Test
  void sizesNeedNotBeSaid() throws IOException {
    server.then("HTTP/1.1 200 OK\nConnection: close", body, 0, 100_000);
    List<Long> totals = new ArrayList<>();
    assertHasCome(download().to(folder, options.progress((_, total) -> totals.add(total))));
    assertThat(totals).containsOnly(-1L);
  }

  @Test
  void whatBreaksOffGoesOn() throws IOException {
    server.then(OK, body, 0, 40_000);
    server.then(REST + "Content-Range: bytes 40000-99999/100000", body, 40_000, 100_000);
    assertHasCome(download().to(folder, options));
    assertThat(server.ranges()).containsExactly("", "bytes=40000-");
  }

  @Test
  void anotherCallGoesOn() throws IOException {
    server.then(OK, body, 0, 40_000);
    assertThatThrownBy(() -> download().to(folder, options.attempts(1)))
        .isInstanceOf(DatasetException.class)
        .hasMessageStartingWith(server.uri() + ": broke off after 40000 bytes (")
        .hasMessageEndingWith(
            "; the 40000 bytes that have come are kept, and another try goes on from there");
    assertThat(part()).hasSize(40_000);
    server.then(REST + "Content-Range: bytes 40000-99999/100000", body, 40_000, 100_000);
    List<Long> seen = new ArrayList<>();
    assertHasCome(download().to(folder, options.progress((bytes, _) -> seen.add(bytes))));
    assertThat(seen).startsWith(40_000L);
  }

  @Test
  void aServerWithoutRangesBeginsAgain() throws IOException {
    Fixtures.write(part(), new byte[500]);
    server.then(OK, body, 0, 100_000);
    assertHasCome(download().to(folder, options));
    assertThat(server.ranges()).containsExactly("bytes=500-");

    Files.delete(folder.resolve("file.gz"));
    Fixtures.write(part(), new byte[500]);
    server.then("HTTP/1.1 416 Range Not Satisfiable\nContent-Length: 0", body, 0, 0);
    server.then(OK, body, 0, 100_000);
    assertHasCome(download().to(folder, options));

    Files.delete(folder.resolve("file.gz"));
    Fixtures.write(part(), new byte[500]);
    server.then(REST + "Content-Range: bytes 40000-99999/100000", body, 40_000, 100_000);
    server.then(OK, body, 0, 100_000);
    assertHasCome(download().to(folder, options));
  }

  @Test
  void aCompletePartIsGivenItsName() throws IOException {
    Fixtures.write(part(), body);
    String all = "HTTP/1.1 416 Range Not Satisfiable\nContent-Range: bytes */100000\n";
    server.then(all + "Content-Length: 0", body, 0, 0);
    assertHasCome(download().to(folder, options));
    assertThat(server.ranges()).containsExactly("bytes=100000-");
  }

  @Test
  void aWrongChecksumIsRefused() throws IOException {
    body[7] ^= 1;
    server.then(OK, body, 0, 100_000);
    String found = checksum.of(Files.write(temp.resolve("wrong"), body));
    refused(
        options,
        "URI: what came has the MD5 "
            + found
            + " instead of "
            + checksum.hex()
            + " and was removed; try again, or put the file there yourself: "
            + folder.resolve("file.gz"));
    assertThat(part()).doesNotExist();
  }

  @Test
  void aMissingFileIsNotAskedForAgain() {
    server.then("HTTP/1.1 404 Not Found\nContent-Length: 9", new byte[9], 0, 9);
    refused(options, "URI: the server answers with status 404; has the file moved?");
    assertThat(server.ranges()).hasSize(1);
  }

  @Test
  void serversInTroubleAreAskedAgain() throws IOException {
    server.then("HTTP/1.1 503 Service Unavailable\nContent-Length: 0", body, 0, 0);
    server.then(OK, body, 0, 100_000);
    assertHasCome(download().to(folder, options));
    server.then("HTTP/1.1 500 Internal Server Error\nContent-Length: 0", body, 0, 0);
    Files.delete(folder.resolve("file.gz"));
    refused(
        options.attempts(1),
        "URI: the server answers with status 500; the 0 bytes that have come are kept, and another"
            + " try goes on from there");
  }

  @Test
  void silenceEnds() {
    server.then(_ -> Thread.sleep(60_000));
    var hasty = options.timeout(Duration.ofMillis(300)).attempts(1);
    refused(
        hasty,
        "URI: was silent for 0.3 seconds; the 0 bytes that have come are kept, and another try"
            + " goes on from there");
  }

  @Test
  void silenceAmidTheFileEnds() {
    server.then(
        out -> {
          out.write((OK.replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
          out.write(body, 0, 30_000);
          out.flush();
          Thread.sleep(60_000);
        });
    refused(
        options.timeout(Duration.ofMillis(500)).attempts(1),
        "URI: was silent for 0.5 seconds; the 30000 bytes that have come are kept, and another try"
            + " goes on from there");
    assertThat(part()).hasSize(30_000);
  }

  @Test
  void hugeFilesAreRefused() {
    server.then("HTTP/1.1 200 OK\nContent-Length: 2000000000", body, 0, 1);
    refused(options, "URI: 2000000000 bytes are more than the 1073741824 of any download");
  }

  @Test
  void aServerThatIsNotThereIsNamed() throws IOException {
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    URI uri = URI.create("http://127.0.0.1:" + port + "/x");
    assertThatThrownBy(() -> new Download(uri, "x", checksum).to(folder, options))
        .isInstanceOf(DatasetException.class)
        .hasMessageStartingWith(uri + ": cannot be reached (")
        .hasMessageEndingWith("); is there a connection?");
  }

  @Test
  void twoDownloadsDoNotMix() throws IOException {
    Files.createDirectories(folder);
    try (var other = FileChannel.open(part(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = other.lock()) {
      refused(options, part() + ": is being written by another download; wait for it");
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() {
    Path file = Fixtures.write(temp.resolve("file"), new byte[1]);
    assertThatThrownBy(() -> download().to(file, options))
        .isInstanceOf(DatasetException.class)
        .hasMessageStartingWith(file.resolve("file.gz.part") + ": cannot be written (")
        .hasMessageEndingWith("); is the folder writable?");
  }

  @Test
  void theCacheIsWhereThePlatformHasIt() {
    assertThat(Cache.folder(Map.of("GRADUS_CACHE", "/x", "XDG_CACHE_HOME", "/y"), "Linux", "/h"))
        .isEqualTo(Path.of("/x"));
    assertThat(Cache.folder(Map.of("XDG_CACHE_HOME", "/y"), "Linux", "/h"))
        .isEqualTo(Path.of("/y/gradus"));
    assertThat(Cache.folder(Map.of(), "Linux", "/h")).isEqualTo(Path.of("/h/.cache/gradus"));
    assertThat(Cache.folder(Map.of(), "Mac OS X", "/h"))
        .isEqualTo(Path.of("/h/Library/Caches/gradus"));
    assertThat(Cache.folder(Map.of("LOCALAPPDATA", "/a"), "Windows 11", "/h"))
        .isEqualTo(Path.of("/a/gradus"));
  }

  @Test
  void wrongArgumentsAreNamed() {
    assertThatThrownBy(() -> Checksum.md5("abc"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Checksum: 'abc' is not the 32 digits of MD5");
    assertThatThrownBy(() -> new Checksum("CRC", ""))
        .hasMessage("Checksum: there is no algorithm CRC");
    assertThat(Checksum.sha256("AB".repeat(32)).hex()).isEqualTo("ab".repeat(32));
    assertThatThrownBy(() -> new Download(URI.create("file:/x"), "x", checksum))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Download: file:/x is not an http address");
    assertThatThrownBy(() -> new Download(server.uri(), "../x", checksum))
        .hasMessage("Download: '../x' is no file name");
    assertThatThrownBy(() -> options.timeout(Duration.ZERO))
        .hasMessage("Download: timeout PT0S is not positive");
    assertThatThrownBy(() -> options.attempts(0))
        .hasMessage("Download: attempts 0 is not a positive number");
  }
}
