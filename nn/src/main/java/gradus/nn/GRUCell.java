// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import java.util.List;

/// One step of [GRU]: gates `r = σ(Wᵢᵣ·x + bᵢᵣ + Wₕᵣ·h + bₕᵣ)`, `z` likewise, `n = tanh(Wᵢₙ·x + bᵢₙ
/// + r·(Wₕₙ·h + bₕₙ))`; then `h' = (1 − z)·n + z·h`. Weights hold them in the order r, z, n.
///
/// PyTorch: `torch.nn.GRUCell`.
public final class GRUCell extends RecurrentCell {
  /// Makes the cell with biases; draws its weights from [gradus.Generator#current()].
  ///
  /// @throws IllegalArgumentException if a size is not positive
  public GRUCell(int inputSize, int hiddenSize) {
    this(inputSize, hiddenSize, true);
  }

  /// Makes the cell without biases: PyTorch's `bias=False`.
  ///
  /// @throws IllegalArgumentException if a size is not positive
  public static GRUCell withoutBias(int inputSize, int hiddenSize) {
    return new GRUCell(inputSize, hiddenSize, false);
  }

  private GRUCell(int inputSize, int hiddenSize, boolean bias) {
    super(Cell.GRU, inputSize, hiddenSize, bias);
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
