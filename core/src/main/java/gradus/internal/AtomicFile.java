// SPDX-License-Identifier: Apache-2.0
package gradus.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Writes a file whole or not at all.
public final class AtomicFile {
  /// Something that writes.
  @FunctionalInterface
  public interface Body {
    /// Writes the whole content.
    void write(FileChannel out) throws IOException;
  }

  private AtomicFile() {}

  /// Writes to a new file beside `target`, forces it to the disk and gives it the target's name. If
  /// anything fails, `target` stays as it was and the new file is removed.
  ///
  /// @throws IOException if the file cannot be written
  public static void write(Path target, Body body) throws IOException {
    Path file = target.toAbsolutePath();
    Path folder = file.getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw new IOException(target + ": is a folder, not a file");
    }
    Path draft = create(folder, file.getFileName().toString());
    try {
      try (var out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        body.write(out);
        out.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (Throwable e) {
      Files.deleteIfExists(draft);
      throw e;
    }
  }

  /// Removes what writers of `target` left beside it when they were killed. No one may be writing
  /// it.
  ///
  /// @throws IOException if a file cannot be removed
  public static void removeDrafts(Path target) throws IOException {
    Path file = target.toAbsolutePath();
    String start = "." + file.getFileName() + ".";
    try (var drafts =
        Files.newDirectoryStream(
            file.resolveSibling(""),
            path -> {
              String name = path.getFileName().toString();
              return name.startsWith(start) && name.endsWith(".tmp");
            })) {
      for (Path draft : drafts) {
        Files.deleteIfExists(draft);
      }
    }
  }

  /// Creates an empty file of a free name, with the permissions that any new file gets (those of
  /// `Files.createTempFile` would hide it from others).
  private static Path create(Path folder, String name) throws IOException {
    for (int i = 0; ; i++) {
      try {
        return Files.createFile(folder.resolve("." + name + "." + i + ".tmp"));
      } catch (FileAlreadyExistsException _) {
        // another writer's, or one left by a crash: take the next
      }
    }
  }
}
