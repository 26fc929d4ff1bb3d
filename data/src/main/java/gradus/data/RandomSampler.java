// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Generator;

/// All examples, in another random order each epoch: `torch.utils.data.RandomSampler`.
///
/// @param size how many examples there are
/// @param seed what the orders are made from
public record RandomSampler(int size, long seed) implements Sampler {

  /// Checks the size.
  ///
  /// @throws IllegalArgumentException if it is negative
  public RandomSampler {
    if (size < 0) {
      throw new IllegalArgumentException("RandomSampler: size " + size + " is negative");
    }
  }

  @Override
  public int[] indices(int epoch) {
    return new Generator(seed).derive(epoch).permutation(size);
  }
}
