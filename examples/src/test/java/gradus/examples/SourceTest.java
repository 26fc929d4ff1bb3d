// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.data.Checksum;
import gradus.data.Cifar10;
import gradus.data.DatasetException;
import gradus.data.Download;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where images come from if no `--data` is given.
class SourceTest {
  private static final int RECORD = 3073;

  @TempDir Path cache;

  private final StringWriter text = new StringWriter();
  private final PrintWriter out = new PrintWriter(text);

  private static Download at(int port, String md5) {
    return new Download(
        URI.create("http://127.0.0.1:" + port + "/" + Cifar10.BINARY.fileName()),
        Cifar10.BINARY.fileName(),
        Checksum.md5(md5));
  }

  private LoadedImages open(DataOptions options, Download archive) throws IOException {
    return options.open(20, 1, out, new Source(cache, archive));
  }

  private void writeBinaries(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (int i = 1; i <= 5; i++) {
      Files.write(folder.resolve("data_batch_" + i + ".bin"), new byte[2 * RECORD]);
    }
    Files.write(folder.resolve("test_batch.bin"), new byte[3 * RECORD]);
  }

  /// A port at which nobody answers.
  private static int closedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void theCacheComesFirst() throws IOException {
    writeBinaries(cache.resolve("cifar-10-batches-bin"));
    LoadedImages images = open(new DataOptions(), at(closedPort(), "0".repeat(32)));
    assertThat(images.origin()).isEqualTo(Origin.IMAGES);
    assertThat(images.datasets().classes()).isEqualTo(Cifar10.CLASSES);
    assertThat(text.toString())
        .startsWith("no --data given: CIFAR-10 from the cache")
        .contains("cifar-10-batches-bin: 10 classes, 10 images to train on, 3 to test with");
  }

  @Test
  void aDamagedCacheIsNotPassedOver() throws IOException {
    Files.writeString(cache.resolve("cifar-10-binary.tar.gz"), "no archive");
    assertThatThrownBy(() -> open(new DataOptions(), at(closedPort(), "0".repeat(32))))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("cifar-10-binary.tar.gz");
  }

  @Test
  void offlineDownloadsNothing() throws IOException {
    var options = new DataOptions();
    options.offline = true;
    assertThat(open(options, Cifar10.BINARY).origin()).isEqualTo(Origin.GENERATED);
    assertThat(text.toString())
        .isEqualToNormalizingNewlines(
            """
            no --data given and no CIFAR-10 to be had (%s: does not hold it, and --offline)
            generated shapes: 10 classes, 20 images to train on, 20 to test with (%s s)
            """
                .formatted(cache, text.toString().replaceAll("(?s).*\\((.*) s\\)\\R", "$1")));
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void withoutANetworkShapesAreDrawn() throws IOException {
    int port = closedPort();
    LoadedImages images = open(new DataOptions(), at(port, "0".repeat(32)));
    assertThat(images.origin()).isEqualTo(Origin.GENERATED);
    assertThat(text.toString())
        .contains("downloading http://127.0.0.1:" + port)
        .contains("no --data given and no CIFAR-10 to be had (http://127.0.0.1:" + port)
        .contains("cannot be reached")
        .contains("generated shapes: 10 classes, 20 images");
  }

  @Test
  void whatIsDownloadedStaysInTheCache() throws IOException {
    // Any archive will do: here it is one that cannot be read.
    byte[] archive = "no archive".getBytes(StandardCharsets.UTF_8);
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answer(server, archive));
      Download download = at(server.getLocalPort(), "d2aa7ae5a4a1b1d3e47a6cd8a2b8a7a9");
      assertThat(open(new DataOptions(), download).origin()).isEqualTo(Origin.GENERATED);
      assertThat(text.toString())
          .contains("  100 % of 0 MB")
          .contains("no CIFAR-10 to be had")
          .contains("what came has the MD5");
    }
    assertThat(cache.resolve(Cifar10.BINARY.fileName())).doesNotExist();
  }

  private static void answer(ServerSocket server, byte[] body) {
    try (Socket socket = server.accept();
        InputStream in = socket.getInputStream();
        OutputStream to = socket.getOutputStream()) {
      for (int matched = 0; matched < 4; ) {
        matched = in.read() == "\r\n\r\n".charAt(matched) ? matched + 1 : 0;
      }
      to.write(
          ("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      to.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aModelOfShapesIsTriedOnShapes() throws IOException {
    var options = new DataOptions();
    options.offline = true;
    var source = new Source(cache, Cifar10.BINARY);
    assertThat(options.openFor(Origin.GENERATED, out, source).origin()).isEqualTo(Origin.GENERATED);
    assertThatThrownBy(() -> options.openFor(Origin.IMAGES, out, source))
        .isInstanceOf(DatasetException.class)
        .hasMessage(cache + ": does not hold it, and --offline");
  }

  @Test
  void theHomeFolderIsShownAsSuch() {
    Path home = Path.of(System.getProperty("user.home"));
    assertThat(Home.shorten(home.resolve("a").resolve("b")))
        .isEqualTo(Path.of("~", "a", "b").toString());
    assertThat(Home.shorten(Path.of("data"))).isEqualTo("data");
  }
}
