// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The forms in which a data set of images may lie in a folder, in the order in which they are
/// looked for.
enum ImageFormat {
  /// `train/<class>/*.jpg` and `test/<class>/*.jpg`.
  SPLIT_FOLDERS,

  /// CIFAR's binary version.
  CIFAR_BINARY,

  /// CIFAR's Python version.
  CIFAR_PYTHON,

  /// MNIST's files.
  IDX,

  /// `<class>/*.jpg`.
  CLASS_FOLDERS;

  private boolean matches(FileTree tree, String folder, FileTree.Listing listing)
      throws IOException {
    return switch (this) {
      case SPLIT_FOLDERS -> ImageFolder.hasSplits(tree, folder, listing);
      case CIFAR_BINARY -> CifarRelease.ofBinary(listing) != null;
      case CIFAR_PYTHON -> CifarRelease.ofPython(listing) != null;
      case IDX -> Idx.matches(listing);
      case CLASS_FOLDERS -> ImageFolder.hasClasses(tree, folder, listing);
    };
  }

  private ImageDatasets read(FileTree tree, String folder, ImageDatasets.Options options)
      throws IOException {
    return switch (this) {
      case SPLIT_FOLDERS -> ImageFolder.readSplits(tree, folder, options);
      case CIFAR_BINARY -> CifarBinary.read(tree, folder, options);
      case CIFAR_PYTHON -> CifarPython.read(tree, folder, options);
      case IDX -> Idx.read(tree, folder, options);
      case CLASS_FOLDERS -> ImageFolder.readClasses(tree, folder, options);
    };
  }

  static ImageDatasets open(Path path, ImageDatasets.Options options) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    Path name = path.getFileName();
    if (parent != null && name != null && Files.isRegularFile(path) && Idx.isImages(name)) {
      return Idx.readOne(new FolderTree(parent), name.toString(), options);
    }
    FileTree tree = FileTree.open(path);
    FileTree.Listing top = tree.list("");
    ImageFormat format = of(tree, "", top);
    if (format != null) {
      return format.read(tree, "", options);
    }
    List<String> found = new ArrayList<>();
    for (String folder : top.folders()) {
      if (ofSubfolder(tree, folder) != null) {
        found.add(folder);
      }
    }
    if (found.size() > 1) {
      throw new DatasetException(
          path.toString(), "holds several data sets: " + String.join(", ", found) + "; name one");
    }
    ImageFormat only = found.isEmpty() ? null : ofSubfolder(tree, found.getFirst());
    if (only == null) {
      throw new DatasetException(
          path.toString(),
          "holds neither <class>/ folders with images, within train/ and test/ or not, nor the"
              + " files of CIFAR-10, CIFAR-100 or MNIST; it holds "
              + summary(top));
    }
    return only.read(tree, found.getFirst(), options);
  }

  private static @Nullable ImageFormat of(FileTree tree, String folder, FileTree.Listing listing)
      throws IOException {
    for (ImageFormat format : values()) {
      if (format.matches(tree, folder, listing)) {
        return format;
      }
    }
    return null;
  }

  private static @Nullable ImageFormat ofSubfolder(FileTree tree, String folder)
      throws IOException {
    try {
      return of(tree, folder, tree.list(folder));
    } catch (DatasetException e) {
      return null; // A folder that may not be read is none of ours.
    }
  }

  private static String summary(FileTree.Listing listing) {
    List<String> names = new ArrayList<>();
    listing.folders().forEach(folder -> names.add(folder + "/"));
    names.addAll(listing.files());
    int shown = Math.min(names.size(), 5);
    String rest = names.size() > shown ? ", …" : "";
    return names.isEmpty() ? "nothing" : String.join(", ", names.subList(0, shown)) + rest;
  }
}
