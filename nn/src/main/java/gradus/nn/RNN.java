// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import java.util.List;

/// A recurrent net: in each step `h' = tanh(Wᵢ·x + bᵢ + Wₕ·h + bₕ)`, or with ReLU instead.
///
/// ```java
/// var net = new RNN(80, 128, RNN.options().numLayers(2).bidirectional(true));
/// Tensor last = net.apply(x).sequence().select(0, -1);
/// ```
///
/// PyTorch: `torch.nn.RNN`. Source: Elman, *Finding structure in time*, Cognitive Science 14
/// (1990).
public final class RNN extends Recurrent {
  /// Makes a net of one layer in one direction; draws its weights from
  /// [gradus.Generator#current()].
  ///
  /// @throws IllegalArgumentException if a size is not positive
  public RNN(int inputSize, int hiddenSize) {
    this(inputSize, hiddenSize, options());
  }

  /// Makes a net; draws its weights from [gradus.Generator#current()].
  ///
  /// @throws IllegalArgumentException if a size is not positive
  public RNN(int inputSize, int hiddenSize, Options options) {
    this(inputSize, hiddenSize, Nonlinearity.TANH, options);
  }

  /// Makes a net with the nonlinearity given; draws its weights from [gradus.Generator#current()].
  ///
  /// @throws IllegalArgumentException if a size is not positive
  public RNN(int inputSize, int hiddenSize, Nonlinearity nonlinearity, Options options) {
    super(nonlinearity.cell, inputSize, hiddenSize, options);
  }

  /// What a step applies to its sum.
  public enum Nonlinearity {
    /// The hyperbolic tangent.
    TANH(Cell.RNN_TANH),
    /// ReLU.
    RELU(Cell.RNN_RELU);

    final Cell cell;

    Nonlinearity(Cell cell) {
      this.cell = cell;
    }
  }

  /// What a net returns; shapes as in [Recurrent].
  ///
  /// @param sequence the last layer's h after each step, in the input's layout
  /// @param h the h of all layers and directions after their last steps
  public record Output(Tensor sequence, Tensor h) {}

  /// Returns what the net makes of `x`, from a state of zeros on; runs the forward hooks.
  ///
  /// @throws IllegalArgumentException if `x` is of another shape or dtype than the net takes
  public Output apply(Tensor x) {
    return call(List.of(x), this::forward);
  }

  /// Returns what the net makes of `x` from the state given on; runs the forward hooks.
  ///
  /// @throws IllegalArgumentException if shapes or dtypes are others than the net takes
  public Output apply(Tensor x, Tensor h0) {
    return call(List.of(x, h0), this::forward);
  }

  private Output forward(List<Tensor> in) {
    return output(run(in));
  }

  static Output output(List<Tensor> results) {
    return new Output(results.get(0), results.get(1));
  }
}
