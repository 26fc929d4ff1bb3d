// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A file to be had from the net, once.
///
/// What has come is kept in a file whose name ends in `.part`; a later call goes on from there. It
/// gets its own name when it is complete and its checksum is right, so that a file of that name can
/// be relied on.
///
/// @param uri where it is, by `http` or `https`
/// @param fileName what it is to be called
/// @param checksum what its digest must be
public record Download(URI uri, String fileName, Checksum checksum) {

  /// Hears how far a download is.
  @FunctionalInterface
  public interface Progress {
    /// Called often, by the thread that downloads.
    ///
    /// @param bytes how many have come, those of earlier calls included
    /// @param total how many there are, or −1 if that is not known
    void at(long bytes, long total);
  }

  /// Checks address and name.
  ///
  /// @throws IllegalArgumentException if the address is not one of `http` or `https`, or the name
  ///   is that of no file
  public Download {
    if (!"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
      throw new IllegalArgumentException("Download: " + uri + " is not an http address");
    }
    if (fileName.isBlank() || fileName.matches(".*[/\\\\].*|\\.+")) {
      throw new IllegalArgumentException("Download: '" + fileName + "' is no file name");
    }
  }

  /// Returns the default options: no report; 30 seconds; three attempts.
  public static Options options() {
    return new Options((_, _) -> {}, Duration.ofSeconds(30), 3);
  }

  /// Options of [#to].
  ///
  /// @param progress hears how far it is
  /// @param timeout how long the server may be silent
  /// @param attempts how often to ask, going on each time from where it broke off, ≥ 1
  public record Options(Progress progress, Duration timeout, int attempts) {

    /// Checks the options.
    ///
    /// @throws IllegalArgumentException if the timeout or the number of attempts is not positive
    public Options {
      if (!timeout.isPositive()) {
        throw new IllegalArgumentException("Download: timeout " + timeout + " is not positive");
      }
      if (attempts < 1) {
        throw new IllegalArgumentException(
            "Download: attempts " + attempts + " is not a positive number");
      }
    }

    /// Returns the same with another listener.
    public Options progress(Progress progress) {
      return new Options(progress, timeout, attempts);
    }

    /// Returns the same with another time that the server may be silent.
    public Options timeout(Duration timeout) {
      return new Options(progress, timeout, attempts);
    }

    /// Returns the same with another number of attempts ≥ 1.
    public Options attempts(int attempts) {
      return new Options(progress, timeout, attempts);
    }
  }

  /// Returns the file in `folder`, if it was downloaded to there.
  public Optional<Path> in(Path folder) {
    return Optional.of(folder.resolve(fileName)).filter(Files::isRegularFile);
  }

  /// Returns the file in `folder`, after downloading it if it is not there.
  ///
  /// @param folder where to; made if it does not exist
  /// @throws DatasetException if it cannot be had: the server does not have it or cannot be
  ///   reached, is silent for too long, breaks off each time, sends something else; or the folder
  ///   cannot be written to
  /// @throws IOException if this thread is interrupted
  public Path to(Path folder, Options options) throws IOException {
    Path target = folder.resolve(fileName);
    if (Files.isRegularFile(target)) {
      return target;
    }
    Path part = folder.resolve(fileName + ".part");
    try (FileChannel channel = open(folder, part);
        FileLock lock = lock(channel)) {
      if (lock == null) {
        throw new DatasetException(
            part.toString(), "is being written by another download; wait for it");
      }
      if (Files.isRegularFile(target)) {
        return target; // Another process was faster.
      }
      new Transfer(uri, part, channel, options).run();
    }
    check(part, target);
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    return target;
  }

  private static FileChannel open(Path folder, Path part) throws IOException {
    try {
      Files.createDirectories(folder);
      return FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new DatasetException(
          part.toString(), "cannot be written (" + e + "); is the folder writable?");
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private void check(Path part, Path target) throws IOException {
    String digest = checksum.of(part);
    if (!digest.equals(checksum.hex())) {
      Files.delete(part);
      throw new DatasetException(
          uri.toString(),
          String.format(
              "what came has the %s %s instead of %s and was removed; try again, or put the file"
                  + " there yourself: %s",
              checksum.algorithm(), digest, checksum.hex(), target));
    }
  }
}
