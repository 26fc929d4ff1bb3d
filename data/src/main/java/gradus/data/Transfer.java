// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Fetches a file by HTTP into one of which a part may be there already.
final class Transfer {

  /// No file that is fetched may be larger: 1 GiB.
  private static final long MAX_SIZE = 1 << 30;

  private static final Pattern RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");
  private static final Pattern WHOLE = Pattern.compile("bytes \\*/(\\d{1,18})");

  private final URI uri;
  private final Path part;
  private final FileChannel channel;
  private final Download.Options options;

  /// @param part what the file is called in messages
  /// @param channel the file
  Transfer(URI uri, Path part, FileChannel channel, Download.Options options) {
    this.uri = uri;
    this.part = part;
    this.channel = channel;
    this.options = options;
  }

  /// A failure that another attempt may not meet.
  private static final class Passing extends Exception {
    private static final long serialVersionUID = 1;

    Passing(String message) {
      super(message);
    }
  }

  void run() throws IOException {
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(options.timeout())
            .build();
    try {
      for (int attempt = 1; ; attempt++) {
        try {
          attempt(client);
          channel.force(true);
          return;
        } catch (Passing e) {
          if (attempt >= options.attempts()) {
            throw failed(
                String.format(
                    "%s; the %d bytes that have come are kept, and another try goes on from there",
                    e.getMessage(), channel.size()));
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(uri + ": the download was interrupted");
    } finally {
      client.shutdownNow();
    }
  }

  private void attempt(HttpClient client) throws IOException, Passing, InterruptedException {
    long from = channel.size();
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
    }
    HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = send(client, request.build());
    var body = new BodyQueue();
    response.body().subscribe(body);
    try {
      long total = begin(response, from);
      if (total != channel.size()) {
        receive(body, total);
      }
    } finally {
      body.cancel();
    }
  }

  private HttpResponse<Flow.Publisher<List<ByteBuffer>>> send(
      HttpClient client, HttpRequest request) throws IOException, Passing, InterruptedException {
    // A timeout of the request's own may or may not include the body, as the JDK's version has it.
    CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> answer =
        client.sendAsync(request, BodyHandlers.ofPublisher());
    try {
      return answer.get(options.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new Passing(silent());
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw failed("cannot be reached (" + reason(cause) + "); is there a connection?");
    } finally {
      answer.cancel(true);
    }
  }

  /// Sets the file's end to where the body begins and returns the size of the whole, or −1.
  private long begin(HttpResponse<?> response, long from) throws IOException, Passing {
    String range = response.headers().firstValue("Content-Range").orElse("");
    return switch (response.statusCode()) {
      case 200 -> {
        write(() -> channel.truncate(0));
        yield checked(response.headers().firstValueAsLong("Content-Length").orElse(-1));
      }
      case 206 -> {
        Matcher matcher = RANGE.matcher(range);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) != from) {
          write(() -> channel.truncate(0));
          throw new Passing("sent another part (" + range + ") than was asked for");
        }
        yield checked(matcher.group(2).equals("*") ? -1 : Long.parseLong(matcher.group(2)));
      }
      case 416 -> {
        Matcher matcher = WHOLE.matcher(range);
        if (matcher.matches() && Long.parseLong(matcher.group(1)) == from) {
          yield from; // All had come, but it was not given its name.
        }
        write(() -> channel.truncate(0));
        throw new Passing("does not send parts");
      }
      default -> {
        String what = "the server answers with status " + response.statusCode();
        if (response.statusCode() >= 500) {
          throw new Passing(what);
        }
        throw failed(what + "; has the file moved?");
      }
    };
  }

  private long checked(long total) throws DatasetException {
    if (total > MAX_SIZE) {
      throw failed(total + " bytes are more than the " + MAX_SIZE + " of any download");
    }
    return total;
  }

  private void receive(BodyQueue body, long total)
      throws IOException, Passing, InterruptedException {
    long size = channel.size();
    options.progress().at(size, total);
    channel.position(size);
    while (true) {
      BodyQueue.Item item = body.poll(options.timeout());
      switch (item) {
        case null -> throw new Passing(silent());
        case BodyQueue.Item.End _ -> {
          if (total >= 0 && size != total) {
            throw new Passing("broke off after " + size + " of " + total + " bytes");
          }
          return;
        }
        case BodyQueue.Item.Failed(Throwable failure) ->
            throw new Passing("broke off after " + size + " bytes (" + reason(failure) + ")");
        case BodyQueue.Item.Bytes(List<ByteBuffer> buffers) -> {
          for (ByteBuffer buffer : buffers) {
            size += buffer.remaining();
            checked(size);
            write(
                () -> {
                  while (buffer.hasRemaining()) {
                    channel.write(buffer);
                  }
                });
          }
          options.progress().at(size, total);
        }
      }
    }
  }

  private interface Write {
    void run() throws IOException;
  }

  private void write(Write write) throws IOException {
    try {
      write.run();
    } catch (IOException e) {
      throw new DatasetException(
          part.toString(), "cannot be written (" + reason(e) + "); is the disk full?");
    }
  }

  private String silent() {
    return "was silent for " + options.timeout().toMillis() / 1000.0 + " seconds";
  }

  private static String reason(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private DatasetException failed(String what) {
    return new DatasetException(uri.toString(), what);
  }
}
