// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.util.Map;

/// Makes float32 inputs of about the size 1 from images, the same way in training and afterwards.
///
/// It can be written into a model's file, as a few strings, and read back, so that whoever uses the
/// model treats its inputs as they were treated in training.
public sealed interface Normalization extends Transform permits ToFloat, Normalize, MeanImage {

  /// Returns strings from which [#fromMetadata] makes an equal normalization; all keys begin with
  /// `normalization`.
  Map<String, String> toMetadata();

  /// Returns the normalization that was written.
  ///
  /// @param metadata strings from [#toMetadata], possibly among others
  /// @throws IllegalArgumentException if a string is missing or not as it was written
  static Normalization fromMetadata(Map<String, String> metadata) {
    return new NormalizationMetadata(metadata).read();
  }
}
