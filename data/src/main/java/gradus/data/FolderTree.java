// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A folder on disk.
record FolderTree(Path root) implements FileTree {

  @Override
  public Listing list(String folder) throws IOException {
    List<String> folders = new ArrayList<>();
    List<String> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(resolve(folder))) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (!FileTree.isHidden(name)) {
          (Files.isDirectory(entry) ? folders : files).add(name);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      throw explain(folder, e);
    }
    Collections.sort(folders);
    Collections.sort(files);
    return new Listing(folders, files);
  }

  @Override
  public long size(String file) throws IOException {
    try {
      return Files.size(resolve(file));
    } catch (IOException e) {
      throw explain(file, e);
    }
  }

  @Override
  public byte[] read(String file) throws IOException {
    long size = size(file);
    if (size > MAX_FILE) {
      throw new DatasetException(
          describe(file), size + " bytes are more than the " + MAX_FILE + " of any file read here");
    }
    try {
      return Files.readAllBytes(resolve(file));
    } catch (IOException e) {
      throw explain(file, e);
    }
  }

  @Override
  public String describe(String path) {
    return resolve(path).toString();
  }

  private Path resolve(String path) {
    return path.isEmpty() ? root : root.resolve(path);
  }

  private DatasetException explain(String path, Exception e) {
    String reason =
        switch (e) {
          case AccessDeniedException _ -> "no permission to read it";
          case NoSuchFileException _ -> "there is no such file; is the path right?";
          default -> "cannot be read (" + e.getMessage() + ")";
        };
    return new DatasetException(describe(path), reason);
  }
}
