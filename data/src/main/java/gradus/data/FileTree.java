// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A folder with what lies in it, on disk or inside an archive.
///
/// Paths are relative, with `/`; the folder itself is the empty path. Hidden files and folders,
/// whose names begin with a dot, are not there.
sealed interface FileTree permits FolderTree, ArchiveTree {

  /// No file that is read may be larger: 256 MiB; CIFAR-100's has 148.
  long MAX_FILE = 256 << 20;

  /// What lies directly in a folder, each list in order of the names.
  record Listing(List<String> folders, List<String> files) {}

  /// Returns what lies directly in `folder`.
  Listing list(String folder) throws IOException;

  /// Returns the size of `file` in bytes.
  long size(String file) throws IOException;

  /// Returns the contents of `file`.
  ///
  /// @throws DatasetException if it is larger than [#MAX_FILE]
  byte[] read(String file) throws IOException;

  /// Returns how a user finds `path`, for messages.
  String describe(String path);

  /// Opens a folder, or reads a tar archive, compressed by gzip or not.
  static FileTree open(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new DatasetException(
          path.toString(), "there is no such file or folder; is the path right?");
    }
    return Files.isDirectory(path) ? new FolderTree(path) : ArchiveTree.read(path);
  }

  /// Returns the path of `name` in `folder`.
  static String child(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  static boolean isHidden(String name) {
    return name.startsWith(".");
  }
}
