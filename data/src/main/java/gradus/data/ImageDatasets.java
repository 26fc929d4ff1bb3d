// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Generator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Images to train on, perhaps others to validate with, and images to test with, of the same
/// classes and size.
///
/// @param train the training set
/// @param val the validation set, or null where the data set has none of its own
/// @param test the test set
public record ImageDatasets(ImageDataset train, @Nullable ImageDataset val, ImageDataset test) {

  /// Checks that the sets fit together.
  ///
  /// @throws IllegalArgumentException if their classes or image sizes differ
  public ImageDatasets {
    if (val != null) {
      check(train, "val", val);
    }
    check(train, "test", test);
  }

  /// Puts a training and a test set together.
  ///
  /// @throws IllegalArgumentException if their classes or image sizes differ
  public ImageDatasets(ImageDataset train, ImageDataset test) {
    this(train, null, test);
  }

  private static void check(ImageDataset train, String name, ImageDataset other) {
    if (!train.classes().equals(other.classes())) {
      throw new IllegalArgumentException(
          String.format(
              "ImageDatasets: train has the classes %s, %s %s",
              train.classes(), name, other.classes()));
    }
    for (int dim = 1; dim < 4; dim++) {
      if (train.images().size(dim) != other.images().size(dim)) {
        throw new IllegalArgumentException(
            String.format(
                "ImageDatasets: train images %s and %s images %s differ in size",
                train.images().shape(), name, other.images().shape()));
      }
    }
  }

  /// Returns the names of the classes, by label.
  public List<String> classes() {
    return train.classes();
  }

  /// Returns the same images with other names of the classes.
  ///
  /// @throws IllegalArgumentException if a label has no name
  public ImageDatasets withClasses(List<String> classes) {
    return new ImageDatasets(
        train.withClasses(classes),
        val == null ? null : val.withClasses(classes),
        test.withClasses(classes));
  }

  /// Returns the default options: all images, as they are stored; the fine labels of CIFAR-100.
  public static Options options() {
    return new Options(Integer.MAX_VALUE, 0, Color.STORED, null, Cifar100.Labels.FINE);
  }

  /// Options of [#open].
  ///
  /// @param limit how many images of each split to take at most, or of all files where they are
  ///   split here: the first of a random order, which then keep the order that they have on disk
  /// @param seed what the random order is made from
  /// @param color which channels images are to have
  /// @param resize the size that images are to have, or null if all have one already
  /// @param labels which labels of CIFAR-100 to take
  public record Options(
      int limit, long seed, Color color, @Nullable Resize resize, Cifar100.Labels labels) {

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
      return new Options(limit, seed, color, resize, labels);
    }

    /// Returns the same with another seed.
    public Options seed(long seed) {
      return new Options(limit, seed, color, resize, labels);
    }

    /// Returns the same with other channels.
    public Options color(Color color) {
      return new Options(limit, seed, color, resize, labels);
    }

    /// Returns the same with another size of the images; null leaves theirs.
    public Options resize(@Nullable Resize resize) {
      return new Options(limit, seed, color, resize, labels);
    }

    /// Returns the same with other labels of CIFAR-100.
    public Options labels(Cifar100.Labels labels) {
      return new Options(limit, seed, color, resize, labels);
    }

    /// Chooses among `n` images; ascending.
    int[] choose(int n) {
      if (limit >= n) {
        int[] all = new int[n];
        Arrays.setAll(all, i -> i);
        return all;
      }
      return sorted(new Generator(seed).permutation(n), 0, limit);
    }

    /// Chooses among `n` images that have no splits of their own, and splits them: 60 % to train,
    /// 20 % to validate, 20 % to test; each ascending.
    ///
    /// @param where what the data set is called in messages
    int[][] split(String where, int n) throws DatasetException {
      int taken = Math.min(limit, n);
      int fifth = taken / 5;
      if (fifth == 0) {
        throw new DatasetException(
            where,
            taken
                + " images are too few to split 60/20/20; at least 5 are needed, or folders"
                + " train/ and test/");
      }
      int[] order = new Generator(seed).permutation(n);
      int train = taken - 2 * fifth;
      return new int[][] {
        sorted(order, 0, train),
        sorted(order, train, train + fifth),
        sorted(order, train + fifth, taken)
      };
    }

    private static int[] sorted(int[] order, int from, int to) {
      int[] part = Arrays.copyOfRange(order, from, to);
      Arrays.sort(part);
      return part;
    }
  }

  /// Reads all images of a data set.
  ///
  /// @throws DatasetException as [#open(Path, Options)] does
  /// @throws IOException if reading fails
  public static ImageDatasets open(Path path) throws IOException {
    return open(path, options());
  }

  /// Reads a data set of images. `path` is
  ///
  /// - a folder with `train/<class>/*.jpg` and `test/<class>/*.jpg` (or `.jpeg`, `.png`), perhaps
  ///   with `val/<class>/`, in order of class, then file name; classes are labelled in order of
  ///   their names. Where there is no `test/`, `val/` is the test set;
  /// - a folder with `<class>/*.jpg`, which is split 60/20/20;
  /// - a folder with the official files of CIFAR-10 or CIFAR-100, their binary version
  ///   (`data_batch_1.bin` …, `train.bin` …) or that for Python (`data_batch_1` …, `train` …);
  /// - a folder with the files of MNIST, Fashion-MNIST or others in their format
  ///   (`train-images-idx3-ubyte` …), compressed by gzip or not; the two files of one split, also
  ///   if `path` is that of its images, are split 60/20/20;
  /// - a folder with exactly one such folder in it;
  /// - a `.tar` or `.tar.gz` archive of any of these.
  ///
  /// All images must have one size, unless the options give one. Names are compared character by
  /// character, so that the order is the same on every machine.
  ///
  /// @throws DatasetException if there is no such data set at `path`, or anything in it is not as
  ///   it should be: a damaged image, one of another size, an empty class, a truncated file
  /// @throws IOException if reading fails
  public static ImageDatasets open(Path path, Options options) throws IOException {
    return ImageFormat.open(path, options);
  }
}
