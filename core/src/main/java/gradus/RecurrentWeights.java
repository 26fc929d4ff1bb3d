// SPDX-License-Identifier: Apache-2.0
package gradus;

import org.jspecify.annotations.Nullable;

/// The weights of one recurrent layer in one direction, named as PyTorch's: gates one below the
/// other, in PyTorch's order.
///
/// @param weightIh of the input, `[gates · hidden, input]`
/// @param weightHh of the state, `[gates · hidden, hidden]`, or `[gates · hidden, proj]`
/// @param biasIh added to what comes from the input, `[gates · hidden]`, or null
/// @param biasHh added to what comes from the state, `[gates · hidden]`, or null
/// @param weightHr for an LSTM what maps h to fewer numbers after each step, `[proj, hidden]`, or
///   null
public record RecurrentWeights(
    Tensor weightIh,
    Tensor weightHh,
    @Nullable Tensor biasIh,
    @Nullable Tensor biasHh,
    @Nullable Tensor weightHr) {
  /// Makes weights without a projection.
  public RecurrentWeights(
      Tensor weightIh, Tensor weightHh, @Nullable Tensor biasIh, @Nullable Tensor biasHh) {
    this(weightIh, weightHh, biasIh, biasHh, null);
  }
}
