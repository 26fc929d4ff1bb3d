// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.util.Arrays;

/// All examples in their own order: `torch.utils.data.SequentialSampler`.
///
/// @param size how many examples there are
public record SequentialSampler(int size) implements Sampler {

  /// Checks the size.
  ///
  /// @throws IllegalArgumentException if it is negative
  public SequentialSampler {
    if (size < 0) {
      throw new IllegalArgumentException("SequentialSampler: size " + size + " is negative");
    }
  }

  @Override
  public int[] indices(int epoch) {
    int[] indices = new int[size];
    Arrays.setAll(indices, i -> i);
    return indices;
  }
}
