// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Writes a file whole or not at all.
final class AtomicFile {
  /// Something that writes.
  @FunctionalInterface
  interface Body {
    void write(FileChannel out) throws IOException;
  }

  private AtomicFile() {}

  /// Writes to a new file beside `target`, forces it to the disk and gives it the target's name. If
  /// anything fails, `target` stays as it was and the new file is removed.
  static void write(Path target, Body body) throws IOException {
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
