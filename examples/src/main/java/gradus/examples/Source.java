// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.data.Cache;
import gradus.data.Cifar10;
import gradus.data.DatasetException;
import gradus.data.Download;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where CIFAR-10 is to be had if no path is given: in the user's cache, else on the net.
///
/// @param cache the folder where downloads are kept
/// @param archive what to download
record Source(Path cache, Download archive) {
  /// What the cache may hold, the fastest to read first: the archives, and what comes out of them
  /// or was put there by hand.
  private static final List<String> NAMES =
      List.of(
          Cifar10.BINARY.fileName(),
          Cifar10.PYTHON.fileName(),
          "cifar-10-batches-bin",
          "cifar-10-batches-py",
          "cifar10");

  /// Long enough for a slow server, short enough for whoever waits without a network.
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final int ATTEMPTS = 2;
  private static final int PERCENT_STEP = 10;

  /// Returns the user's cache and the official archive.
  static Source official() {
    return new Source(Cache.folder(), Cifar10.BINARY);
  }

  /// Returns what is in the cache.
  Optional<Path> cached() {
    return NAMES.stream().map(cache::resolve).filter(Files::exists).findFirst();
  }

  /// Downloads the archive into the cache; a line says so, and how far it is. Without a network it
  /// takes a few seconds to find out.
  ///
  /// @throws DatasetException if it cannot be had
  Path download(PrintWriter out) throws IOException {
    out.printf("downloading %s to %s%n", archive.uri(), Home.shorten(cache));
    out.flush();
    var options =
        Download.options()
            .timeout(TIMEOUT)
            .attempts(ATTEMPTS)
            .progress(new PercentLines(out, PERCENT_STEP));
    return archive.to(cache, options);
  }

  /// Prints a line for each so many percent.
  private static final class PercentLines implements Download.Progress {
    private final PrintWriter out;
    private final int every;
    private int next;

    PercentLines(PrintWriter out, int every) {
      this.out = out;
      this.every = every;
      this.next = every;
    }

    @Override
    public void at(long bytes, long total) {
      if (total > 0 && bytes * 100 >= total * next) {
        int percent = (int) (bytes * 100 / total);
        out.printf("  %d %% of %,d MB%n", percent, total >> 20);
        out.flush();
        next = percent / every * every + every;
      }
    }
  }
}
