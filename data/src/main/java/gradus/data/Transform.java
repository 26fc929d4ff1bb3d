// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Tensor;

/// Makes other inputs of a batch of inputs, such as floats of pixels.
@FunctionalInterface
public interface Transform {

  /// Returns the transformed inputs.
  ///
  /// @param x a batch `[N, …]`, which stays as it is
  Tensor apply(Tensor x);
}
