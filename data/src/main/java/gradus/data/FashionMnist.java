// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Fashion-MNIST: 70,000 grey images of 28 × 28 pixels of ten kinds of clothing, in the format of
/// MNIST.
///
/// Xiao, Rasul, Vollgraf: Fashion-MNIST, 2017, https://github.com/zalandoresearch/fashion-mnist
public final class FashionMnist {

  /// The names of the classes, by label.
  public static final List<String> CLASSES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  private FashionMnist() {}

  /// Reads Fashion-MNIST, whose files are called as MNIST's, and names its classes.
  ///
  /// @throws DatasetException if it cannot be read, or has more than ten classes
  /// @throws IOException if reading fails
  public static ImageDatasets open(Path path, ImageDatasets.Options options) throws IOException {
    ImageDatasets datasets = ImageDatasets.open(path, options);
    if (datasets.classes().size() != CLASSES.size()) {
      throw new DatasetException(
          path.toString(),
          "has " + datasets.classes().size() + " classes; Fashion-MNIST has " + CLASSES.size());
    }
    return datasets.withClasses(CLASSES);
  }
}
