// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.io.IOException;
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

  private Cifar10() {}

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
