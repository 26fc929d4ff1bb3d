// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Tensor;

/// Some examples together; dimension 0 counts them.
///
/// @param x the inputs, `[N, …]`
/// @param y the targets, `[N, …]`; for classification int64 labels `[N]`
public record Batch(Tensor x, Tensor y) {

  /// Checks that there are as many targets as inputs.
  ///
  /// @throws IllegalArgumentException if not
  public Batch {
    if (x.dim() == 0 || y.dim() == 0 || x.size(0) != y.size(0)) {
      throw new IllegalArgumentException(
          String.format(
              "Batch: inputs %s and targets %s do not have the same first size",
              x.shape(), y.shape()));
    }
  }

  /// Returns the number of examples.
  public int size() {
    return x.size(0);
  }
}
