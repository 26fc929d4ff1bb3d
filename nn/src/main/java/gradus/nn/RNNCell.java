// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import java.util.List;

/// One step of [RNN]: in each step `h' = tanh(Wᵢ·x + bᵢ + Wₕ·h + bₕ)`, or with ReLU instead.
///
/// PyTorch: `torch.nn.RNNCell`.
public final class RNNCell extends RecurrentCell {
  /// Makes the cell with biases; draws its weights from [gradus.Generator#current()].
  ///
  /// @throws IllegalArgumentException if a size is not positive
  public RNNCell(int inputSize, int hiddenSize) {
    this(inputSize, hiddenSize, RNN.Nonlinearity.TANH, true);
  }

  /// Makes the cell with biases and the nonlinearity given.
  ///
  /// @throws IllegalArgumentException if a size is not positive
  public RNNCell(int inputSize, int hiddenSize, RNN.Nonlinearity nonlinearity) {
    this(inputSize, hiddenSize, nonlinearity, true);
  }

  /// Makes the cell without biases: PyTorch's `bias=False`.
  ///
  /// @throws IllegalArgumentException if a size is not positive
  public static RNNCell withoutBias(int inputSize, int hiddenSize, RNN.Nonlinearity nonlinearity) {
    return new RNNCell(inputSize, hiddenSize, nonlinearity, false);
  }

  private RNNCell(int inputSize, int hiddenSize, RNN.Nonlinearity nonlinearity, boolean bias) {
    super(nonlinearity.cell, inputSize, hiddenSize, bias);
  }

  /// Returns the state after `x`, from zeros; runs the forward hooks.
  ///
  /// @throws IllegalArgumentException if `x` is of another shape or dtype than the cell takes
  public Tensor apply(Tensor x) {
    return call(List.of(x), this::forward);
  }

  /// Returns the state after `x`; runs the forward hooks.
  ///
  /// @throws IllegalArgumentException if shapes or dtypes are others than the cell takes
  public Tensor apply(Tensor x, Tensor h) {
    return call(List.of(x, h), this::forward);
  }

  private Tensor forward(List<Tensor> in) {
    return step(in).getFirst();
  }
}
