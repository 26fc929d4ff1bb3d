// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// A tar archive, held in memory as far as it may be wanted: images, and the files of CIFAR and
/// MNIST.
///
/// Nothing is unpacked to disk.
final class ArchiveTree implements FileTree {

  /// No archive that is read may hold more, unpacked: 1 GiB, five times CIFAR-10 in its largest
  /// form.
  private static final long MAX_TOTAL = 1 << 30;

  private static final Set<String> PICKLES =
      Set.of(
          "batches.meta",
          "data_batch_1",
          "data_batch_2",
          "data_batch_3",
          "data_batch_4",
          "data_batch_5",
          "test_batch",
          "meta",
          "train",
          "test");

  private final Path path;
  private final Map<String, Folder> folders = new TreeMap<>();

  /// What lies directly in a folder.
  private record Folder(Set<String> folders, Map<String, byte[]> files) {
    Folder() {
      this(new TreeSet<>(), new TreeMap<>());
    }
  }

  private ArchiveTree(Path path) {
    this.path = path;
    folder("");
  }

  static ArchiveTree read(Path path) throws IOException {
    var tree = new ArchiveTree(path);
    try (InputStream file = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        InputStream unzipped = gunzip(file)) {
      var tar = new TarReader(unzipped, path.toString(), MAX_TOTAL);
      for (TarReader.@Nullable Entry entry; (entry = tar.next()) != null; ) {
        tree.add(entry, tar);
      }
    } catch (EOFException e) {
      throw new DatasetException(path.toString(), "is cut short; copy or download it again");
    } catch (ZipException e) {
      throw new DatasetException(
          path.toString(), "is damaged (" + e.getMessage() + "); copy or download it again");
    }
    return tree;
  }

  private static InputStream gunzip(InputStream file) throws IOException {
    file.mark(2);
    boolean gzip = file.read() == 0x1f && file.read() == 0x8b;
    file.reset();
    return gzip ? new GZIPInputStream(file, 1 << 16) : file;
  }

  private void add(TarReader.Entry entry, TarReader tar) throws IOException {
    String name = entry.name();
    if (entry.folder()) {
      folder(name);
      return;
    }
    String simpleName = simpleName(name);
    if (isWanted(simpleName)) {
      if (entry.size() > MAX_FILE) {
        throw new DatasetException(
            describe(name),
            entry.size() + " bytes are more than the " + MAX_FILE + " of any file read here");
      }
      if (folder(parent(name)).files.put(simpleName, tar.read()) != null) {
        throw new DatasetException(describe(name), "is in the archive twice");
      }
    }
  }

  private static boolean isWanted(String name) {
    return !FileTree.isHidden(name)
        && (ImageDecoder.isImage(name)
            || name.endsWith(".bin")
            || name.endsWith(".txt")
            || PICKLES.contains(name)
            || Idx.isIdx(name));
  }

  /// Returns the folder `name`, which may be new.
  private Folder folder(String name) {
    Folder folder = folders.get(name);
    if (folder == null) {
      folder = new Folder();
      folders.put(name, folder);
      if (!name.isEmpty()) {
        Folder parent = folder(parent(name));
        if (!FileTree.isHidden(simpleName(name))) {
          parent.folders.add(simpleName(name));
        }
      }
    }
    return folder;
  }

  private static String parent(String name) {
    int slash = name.lastIndexOf('/');
    return slash < 0 ? "" : name.substring(0, slash);
  }

  private static String simpleName(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  @Override
  public Listing list(String name) throws IOException {
    Folder folder = folders.get(name);
    if (folder == null) {
      throw new DatasetException(describe(name), "there is no such folder");
    }
    return new Listing(List.copyOf(folder.folders), List.copyOf(folder.files.keySet()));
  }

  @Override
  public long size(String file) throws IOException {
    return read(file).length;
  }

  @Override
  public byte[] read(String file) throws IOException {
    Folder folder = folders.get(parent(file));
    byte[] contents = folder == null ? null : folder.files.get(simpleName(file));
    if (contents == null) {
      throw new DatasetException(describe(file), "there is no such file");
    }
    return contents;
  }

  @Override
  public String describe(String file) {
    return file.isEmpty() ? path.toString() : path + "!" + file;
  }
}
