// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import gradus.internal.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The folder of a training's checkpoints.
record Checkpoints(@Nullable Path folder) {
  static final String LAST = "last.safetensors";
  private static final String BEST = "best.safetensors";

  /// Makes the folder if it is missing, and removes what a killed training left half-written in it.
  ///
  /// @param folder null for no checkpoints
  static Checkpoints open(@Nullable Path folder) {
    if (folder != null) {
      try {
        Files.createDirectories(folder);
        AtomicFile.removeDrafts(folder.resolve(LAST));
        AtomicFile.removeDrafts(folder.resolve(BEST));
      } catch (FileAlreadyExistsException e) {
        throw new UncheckedIOException("checkpoints " + folder + ": is a file, not a folder", e);
      } catch (IOException e) {
        throw failed(folder, e);
      }
    }
    return new Checkpoints(folder);
  }

  void saveLast(Supplier<Checkpoint> checkpoint) {
    save(LAST, checkpoint);
  }

  void saveBest(Supplier<Checkpoint> checkpoint) {
    save(BEST, checkpoint);
  }

  private void save(String name, Supplier<Checkpoint> checkpoint) {
    if (folder != null) {
      Path file = folder.resolve(name);
      try {
        save(file, checkpoint.get());
      } catch (IOException e) {
        throw failed(file, e);
      }
    }
  }

  /// An interrupt closes the file that is being written: it is written anew, and the thread is left
  /// interrupted.
  private static void save(Path file, Checkpoint checkpoint) throws IOException {
    try {
      checkpoint.save(file);
    } catch (ClosedByInterruptException _) {
      Thread.interrupted();
      try {
        checkpoint.save(file);
      } finally {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static UncheckedIOException failed(Path path, IOException e) {
    String message = String.valueOf(e.getMessage());
    return new UncheckedIOException(
        "checkpoint %s%s; the one before it is kept"
            .formatted(message.startsWith(path.toString()) ? "" : path + ": ", message),
        e);
  }
}
