// SPDX-License-Identifier: Apache-2.0
package gradus.bench.peers;

/// One layer of a [Model], which every framework makes in its own way.
public sealed interface Part {
  /// A fully connected layer with a bias.
  ///
  /// @param in features of an input
  /// @param out features of an output
  record Linear(int in, int out) implements Part {}

  /// A convolution of 3×3 windows with padding 1 and a bias.
  ///
  /// @param in channels of an input
  /// @param out channels of an output
  record Conv(int in, int out) implements Part {}

  /// Normalisation over the batch, with a learned scale and shift and running statistics.
  ///
  /// @param features features of an input
  record BatchNorm(int features) implements Part {}

  /// Zeroes elements and scales the rest up.
  ///
  /// @param p probability to be zeroed
  record Dropout(double p) implements Part {}

  /// What has no parameters.
  enum Plain implements Part {
    /// max(0, x).
    RELU,
    /// 1 / (1 + exp(−x)).
    SIGMOID,
    /// The hyperbolic tangent.
    TANH,
    /// The maximum of 2×2 windows, stride 2.
    POOL,
    /// Channels, rows and columns to one row of features.
    FLATTEN
  }
}
