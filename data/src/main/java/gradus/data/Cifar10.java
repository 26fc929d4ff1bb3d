// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// CIFAR-10: 60,000 colour images of 32 × 32 pixels in ten classes.
///
/// Krizhevsky: Learning Multiple Layers of Features from Tiny Images, 2009.
public final class Cifar10 {

  /// The names of the classes, by label; alphabetical.
  public static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  /// The official archive, binary version, 170 MB.
  public static final Download BINARY =
      new Download(
          URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"),
          "cifar-10-binary.tar.gz",
          Checksum.md5("c32a1d4ab5d03f1284b67883e8d87530"));

  /// The official archive, version for Python, 170 MB.
  public static final Download PYTHON =
      new Download(
          URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz"),
          "cifar-10-python.tar.gz",
          Checksum.md5("c58f30108f718f92721af3b95e74349a"));

  private Cifar10() {}

  /// Returns the official archive, binary version, in the user's [Cache], after downloading it if
  /// it is not there. [#open(Path)] reads it.
  ///
  /// @throws DatasetException if it cannot be had
  /// @throws IOException if this thread is interrupted
  public static Path download(Download.Options options) throws IOException {
    return BINARY.to(Cache.folder(), options);
  }

  /// Reads CIFAR-10 in any form that [ImageDatasets#open] reads.
  ///
  /// @throws DatasetException if it cannot be read, or is another data set
  /// @throws IOException if reading fails
  public static ImageDatasets open(Path path) throws IOException {
    return open(path, ImageDatasets.options());
  }

  /// Reads CIFAR-10, or some images of it.
  ///
  /// @throws DatasetException if it cannot be read, or is another data set
  /// @throws IOException if reading fails
  public static ImageDatasets open(Path path, ImageDatasets.Options options) throws IOException {
    ImageDatasets datasets = ImageDatasets.open(path, options);
    if (!datasets.classes().equals(CLASSES)) {
      throw new DatasetException(
          path.toString(), "has the classes " + datasets.classes() + "; CIFAR-10's are " + CLASSES);
    }
    return datasets;
  }
}
