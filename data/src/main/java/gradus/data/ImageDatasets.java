// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Generator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Images to train on and images to test with, of the same classes and size.
///
/// @param train the training set
/// @param test the test set
public record ImageDatasets(ImageDataset train, ImageDataset test) {

  /// Checks that both sets fit together.
  ///
  /// @throws IllegalArgumentException if their classes or image sizes differ
  public ImageDatasets {
    if (!train.classes().equals(test.classes())) {
      throw new IllegalArgumentException(
          "ImageDatasets: train has the classes " + train.classes() + ", test " + test.classes());
    }
    for (int dim = 1; dim < 4; dim++) {
      if (train.images().size(dim) != test.images().size(dim)) {
        throw new IllegalArgumentException(
            String.format(
                "ImageDatasets: train images %s and test images %s differ in size",
                train.images().shape(), test.images().shape()));
      }
    }
  }

  /// Returns the names of the classes, by label.
  public List<String> classes() {
    return train.classes();
  }

  /// Returns the default options: all images.
  public static Options options() {
    return new Options(Integer.MAX_VALUE, 0);
  }

  /// Options of [#open].
  ///
  /// @param limit how many images of each split to take at most: the first of a random order, which
  ///   then keep the order that they have on disk
  /// @param seed what the random order is made from
  public record Options(int limit, long seed) {

    /// Checks the options.
    ///
    /// @throws IllegalArgumentException if `limit` is not positive
    public Options {
      if (limit < 1) {
        throw new IllegalArgumentException(
            "ImageDatasets: limit " + limit + " is not a positive number");
      }
    }

    /// Returns the same with another limit ≥ 1.
    public Options limit(int limit) {
      return new Options(limit, seed);
    }

    /// Returns the same with another seed.
    public Options seed(long seed) {
      return new Options(limit, seed);
    }

    /// Chooses among `n` images; ascending.
    int[] choose(int n) {
      if (limit >= n) {
        int[] all = new int[n];
        Arrays.setAll(all, i -> i);
        return all;
      }
      int[] chosen = Arrays.copyOf(new Generator(seed).permutation(n), limit);
      Arrays.sort(chosen);
      return chosen;
    }
  }

  /// Reads all images of a data set.
  ///
  /// @throws DatasetException as [#open(Path, Options)] does
  /// @throws IOException if reading fails
  public static ImageDatasets open(Path path) throws IOException {
    return open(path, options());
  }

  /// Reads a data set of 32 × 32 RGB images. `path` is
  ///
  /// - a folder with `train/<class>/*.jpg` and `test/<class>/*.jpg` (or `.jpeg`, `.png`), in order
  ///   of class, then file name; classes are labelled in order of their names; grey images become
  ///   RGB;
  /// - a folder with CIFAR-10's official `data_batch_1.bin` … `data_batch_5.bin` and
  ///   `test_batch.bin`, in their order;
  /// - a folder with exactly one such folder in it;
  /// - a `.tar` or `.tar.gz` archive of any of these.
  ///
  /// Names are compared character by character, so that the order is the same on every machine.
  ///
  /// @throws DatasetException if there is no such data set at `path`, or anything in it is not as
  ///   it should be: a damaged image, one of another size, an empty class, a truncated file
  /// @throws IOException if reading fails
  public static ImageDatasets open(Path path, Options options) throws IOException {
    FileTree tree = FileTree.open(path);
    List<String> roots = new ArrayList<>();
    FileTree.Listing top = tree.list("");
    if (isDataset(top)) {
      roots.add("");
    } else {
      for (String folder : top.folders()) {
        if (isDataset(tree, folder)) {
          roots.add(folder);
        }
      }
    }
    if (roots.size() > 1) {
      throw new DatasetException(
          path.toString(), "holds several data sets: " + String.join(", ", roots) + "; name one");
    }
    if (roots.isEmpty()) {
      throw new DatasetException(
          path.toString(),
          "holds neither train/<class>/ and test/<class>/ with images nor CIFAR-10's .bin files;"
              + " it holds "
              + summary(top));
    }
    String root = roots.getFirst();
    return CifarBin.matches(tree.list(root))
        ? CifarBin.read(tree, root, options)
        : ImageFolder.read(tree, root, options);
  }

  private static boolean isDataset(FileTree.Listing listing) {
    return ImageFolder.matches(listing) || CifarBin.matches(listing);
  }

  private static boolean isDataset(FileTree tree, String folder) throws IOException {
    try {
      return isDataset(tree.list(folder));
    } catch (DatasetException e) {
      return false; // A folder that may not be read is none of ours.
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
