// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.data.ImageDatasets;
import java.util.List;

/// Images that were read or generated.
///
/// @param origin which of the two
/// @param name what they are called: their path, or `generated shapes`
record LoadedImages(ImageDatasets datasets, Origin origin, String name) {
  /// Returns channels, height and width of the images.
  List<Integer> shape() {
    return shape(datasets.train());
  }

  /// Returns channels, height and width of images.
  static List<Integer> shape(gradus.data.ImageDataset images) {
    return List.of(images.images().size(1), images.images().size(2), images.images().size(3));
  }
}
