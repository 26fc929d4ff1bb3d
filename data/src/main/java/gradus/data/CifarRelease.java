// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files of CIFAR-10 and of CIFAR-100.
///
/// Source: https://www.cs.toronto.edu/~kriz/cifar.html
enum CifarRelease {
  /// Ten classes, 6,000 images each.
  CIFAR_10("CIFAR-10", "test_batch", 10_000),

  /// A hundred classes in twenty groups, 600 images each.
  CIFAR_100("CIFAR-100", "test", 50_000);

  static final int[] SHAPE = {3, 32, 32};
  static final int PIXELS = 3 * 32 * 32;
  static final int TEST_IMAGES = 10_000;

  /// What the data set is called.
  final String title;

  /// The file to test with, as the Python version calls it; the binary version appends `.bin`.
  final String test;

  /// Images in each file to train on.
  final int trainImages;

  CifarRelease(String title, String test, int trainImages) {
    this.title = title;
    this.test = test;
    this.trainImages = trainImages;
  }

  /// Returns the files to train on, as the Python version calls them.
  List<String> train() {
    return switch (this) {
      case CIFAR_10 ->
          List.of("data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5");
      case CIFAR_100 -> List.of("train");
    };
  }

  /// Returns the names of all files of images.
  List<String> files(String suffix) {
    List<String> files = new ArrayList<>();
    train().forEach(file -> files.add(file + suffix));
    files.add(test + suffix);
    return files;
  }

  /// Returns the release of whose binary version at least one file is there.
  static @Nullable CifarRelease ofBinary(FileTree.Listing listing) {
    for (CifarRelease release : values()) {
      if (release.files(".bin").stream().anyMatch(listing.files()::contains)) {
        return release;
      }
    }
    return null;
  }

  /// Returns the release of whose Python version the folder holds a file. `train` and `test` alone
  /// may be anything; with `meta` they are CIFAR-100.
  static @Nullable CifarRelease ofPython(FileTree.Listing listing) {
    if (CIFAR_10.files("").stream().anyMatch(listing.files()::contains)) {
      return CIFAR_10;
    }
    List<String> files = listing.files();
    return files.contains("meta") && (files.contains("train") || files.contains("test"))
        ? CIFAR_100
        : null;
  }

  /// Refuses a folder in which some of the files are missing.
  void checkComplete(FileTree tree, String root, String suffix) throws IOException {
    List<String> missing = files(suffix);
    missing.removeAll(tree.list(root).files());
    if (!missing.isEmpty()) {
      throw new DatasetException(
          tree.describe(root),
          String.format(
              "lacks %s of %s's %d files", String.join(", ", missing), title, train().size() + 1));
    }
  }

  /// Returns the names of the classes where no file gives any.
  List<String> classes(Cifar100.Labels labels) {
    if (this == CIFAR_10) {
      return Cifar10.CLASSES;
    }
    return labels == Cifar100.Labels.FINE ? Cifar100.CLASSES : Cifar100.SUPERCLASSES;
  }

  /// Refuses a wrong number of classes.
  List<String> checkClasses(List<String> names, String where, Cifar100.Labels labels)
      throws DatasetException {
    int expected = classes(labels).size();
    if (names.size() != expected) {
      throw new DatasetException(
          where, "names " + names.size() + " classes; " + title + " has " + expected);
    }
    return names;
  }

  /// Refuses a label that has no class.
  void checkLabel(int label, List<String> classes, int image, String where)
      throws DatasetException {
    if (label < 0 || label >= classes.size()) {
      throw new DatasetException(
          where,
          String.format(
              "image %d has label %d; %s's labels are 0 … %d",
              image, label, title, classes.size() - 1));
    }
  }
}
