// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.RecurrentKind;
import java.util.Objects;

/// The recurrent layers of a [Tensor], each one op for a whole sequence.
///
/// This is the input `[L, N, input]`: L steps of N sequences. A state is `[N, hidden]`, the result
/// `[L, N, hidden]`: h after each step, at the place of the step's input in either direction. So
/// the last h of [Direction#FORWARD] is at place L − 1, that of [Direction#REVERSE] at place 0.
public sealed interface RecurrentOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// Returns h of each step `h' = tanh(Wᵢ·x + bᵢ + Wₕ·h + bₕ)`. (Elman, 1990; PyTorch:
  /// `torch.rnn_tanh` with one layer.)
  ///
  /// @param h the state before the first step
  /// @throws IllegalArgumentException if there is no step, or sizes or types do not match
  default Tensor rnnTanh(RecurrentWeights weights, Tensor h, Direction direction) {
    return Recurrent.Layer.of("rnnTanh", RecurrentKind.TANH, self(), weights, h, null, direction);
  }

  /// Returns h of each step `h' = max(Wᵢ·x + bᵢ + Wₕ·h + bₕ, 0)`. (PyTorch: `torch.rnn_relu` with
  /// one layer.)
  ///
  /// @param h the state before the first step
  /// @throws IllegalArgumentException if there is no step, or sizes or types do not match
  default Tensor rnnRelu(RecurrentWeights weights, Tensor h, Direction direction) {
    return Recurrent.Layer.of("rnnRelu", RecurrentKind.RELU, self(), weights, h, null, direction);
  }

  /// Returns h and the last c of a long short-term memory: in each step gates `i, f, g, o = Wᵢ·x +
  /// bᵢ + Wₕ·h + bₕ`; then `c' = σ(f)·c + σ(i)·tanh(g)` and `h' = σ(o)·tanh(c')`, or that times
  /// `weightHr`. (Hochreiter and Schmidhuber, 1997; PyTorch: `torch.lstm` with one layer.)
  ///
  /// @param h the state before the first step, `[N, hidden]` or `[N, proj]`
  /// @param c what is kept before the first step, `[N, hidden]`
  /// @throws IllegalArgumentException if there is no step, or sizes or types do not match
  default LstmResult lstm(RecurrentWeights weights, Tensor h, Tensor c, Direction direction) {
    Objects.requireNonNull(c, "c");
    return Recurrent.Layer.lstm(self(), weights, h, c, direction);
  }

  /// Returns h of a gated recurrent unit: in each step `r = σ(Wᵢᵣ·x + bᵢᵣ + Wₕᵣ·h + bₕᵣ)`, `z`
  /// likewise, `n = tanh(Wᵢₙ·x + bᵢₙ + r·(Wₕₙ·h + bₕₙ))`; then `h' = (1 − z)·n + z·h`. Weights hold
  /// them in the order r, z, n. (Cho et al., 2014; PyTorch: `torch.gru` with one layer.)
  ///
  /// @param h the state before the first step
  /// @throws IllegalArgumentException if there is no step, or sizes or types do not match
  default Tensor gru(RecurrentWeights weights, Tensor h, Direction direction) {
    return Recurrent.Layer.of("gru", RecurrentKind.GRU, self(), weights, h, null, direction);
  }
}
