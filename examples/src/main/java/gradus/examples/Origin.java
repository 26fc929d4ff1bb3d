// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

/// What kind of images a model was trained on.
enum Origin {
  /// Those of a data set.
  IMAGES,
  /// Drawn shapes: [gradus.data.SyntheticImages].
  GENERATED
}
