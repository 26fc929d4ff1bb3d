// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/// A web server of this machine that answers one request after another as it is told to, and closes
/// the connection after each.
final class TestServer {
  private final ServerSocket socket;
  private final Deque<Answer> answers = new ConcurrentLinkedDeque<>();
  private final List<String> ranges = new CopyOnWriteArrayList<>();
  private final Thread thread;

  interface Answer {
    void write(OutputStream out) throws IOException, InterruptedException;
  }

  TestServer() {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    thread = Thread.ofPlatform().daemon().start(this::serve);
  }

  URI uri() {
    String host = socket.getInetAddress().getHostAddress();
    return URI.create("http://" + host + ":" + socket.getLocalPort() + "/file.gz");
  }

  /// Answers the next request that has no answer yet.
  TestServer then(Answer answer) {
    answers.add(answer);
    return this;
  }

  /// The same with a head and the part of `body` from `from` to `to` − 1.
  TestServer then(String head, byte[] body, int from, int to) {
    return then(
        out -> {
          out.write((head.replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
          out.write(body, from, to - from);
          out.flush();
        });
  }

  /// The values of the header `Range`, one for each request; empty where there was none.
  List<String> ranges() {
    return ranges;
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        var in =
            new BufferedReader(
                new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
        String range = "";
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
          if (line.startsWith("Range: ")) {
            range = line.substring(7);
          }
        }
        ranges.add(range);
        Answer answer = answers.poll();
        if (answer != null) {
          answer.write(connection.getOutputStream());
        }
      } catch (SocketException e) {
        // The client has gone, or the test.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  void close() throws IOException, InterruptedException {
    socket.close();
    thread.interrupt();
    thread.join(10_000);
  }
}
