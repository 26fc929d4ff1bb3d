// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import java.util.List;

/// One step of [LSTM]: gates `i, f, g, o = Wᵢ·x + bᵢ + Wₕ·h + bₕ`, of which `i`, `f` and `o` go
/// through the sigmoid and `g` through tanh; then `c' = f·c + i·g` and `h' = o·tanh(c')`.
///
/// PyTorch: `torch.nn.LSTMCell`.
public final class LSTMCell extends RecurrentCell {
  /// Makes the cell with biases; draws its weights from [gradus.Generator#current()].
  ///
  /// @throws IllegalArgumentException if a size is not positive
  public LSTMCell(int inputSize, int hiddenSize) {
    this(inputSize, hiddenSize, true);
  }

  /// Makes the cell without biases: PyTorch's `bias=False`.
  ///
  /// @throws IllegalArgumentException if a size is not positive
  public static LSTMCell withoutBias(int inputSize, int hiddenSize) {
    return new LSTMCell(inputSize, hiddenSize, false);
  }

  private LSTMCell(int inputSize, int hiddenSize, boolean bias) {
    super(Cell.LSTM, inputSize, hiddenSize, bias);
  }

  /// The state after a step.
  ///
  /// @param h what the cell shows
  /// @param c what it keeps
  public record Output(Tensor h, Tensor c) {}

  /// Returns the state after `x`, from zeros; runs the forward hooks.
  ///
  /// @throws IllegalArgumentException if `x` is of another shape or dtype than the cell takes
  public Output apply(Tensor x) {
    return call(List.of(x), this::forward);
  }

  /// Returns the state after `x`; runs the forward hooks.
  ///
  /// @throws IllegalArgumentException if shapes or dtypes are others than the cell takes
  public Output apply(Tensor x, Tensor h, Tensor c) {
    return call(List.of(x, h, c), this::forward);
  }

  private Output forward(List<Tensor> in) {
    return output(step(in));
  }

  static Output output(List<Tensor> state) {
    return new Output(state.get(0), state.get(1));
  }
}
