// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import java.util.List;

/// A long short-term memory: gates `i, f, g, o = Wᵢ·x + bᵢ + Wₕ·h + bₕ`, of which `i`, `f` and `o`
/// go through the sigmoid and `g` through tanh; then `c' = f·c + i·g` and `h' = o·tanh(c')`.
///
/// ```java
/// var net = new LSTM(80, 128, LSTM.options().numLayers(2).bidirectional(true));
/// Tensor last = net.apply(x).sequence().select(0, -1);
/// ```
///
/// PyTorch: `torch.nn.LSTM`. Source: Hochreiter and Schmidhuber, *Long short-term memory*, Neural
/// Computation 9 (1997).
public final class LSTM extends Recurrent {
  /// Makes a net of one layer in one direction; draws its weights from
  /// [gradus.Generator#current()].
  ///
  /// @throws IllegalArgumentException if a size is not positive
  public LSTM(int inputSize, int hiddenSize) {
    this(inputSize, hiddenSize, options());
  }

  /// Makes a net; draws its weights from [gradus.Generator#current()].
  ///
  /// @throws IllegalArgumentException if a size is not positive
  public LSTM(int inputSize, int hiddenSize, Options options) {
    super(Cell.LSTM, inputSize, hiddenSize, options);
  }

  /// What a net returns; shapes as in [Recurrent].
  ///
  /// @param sequence the last layer's h after each step, in the input's layout
  /// @param h the h of all layers and directions after their last steps
  /// @param c their c
  public record Output(Tensor sequence, Tensor h, Tensor c) {}

  /// Returns what the net makes of `x`, from a state of zeros on; runs the forward hooks.
  ///
  /// @throws IllegalArgumentException if `x` is of another shape or dtype than the net takes
  public Output apply(Tensor x) {
    return call(List.of(x), this::forward);
  }

  /// Returns what the net makes of `x` from the state given on; runs the forward hooks.
  ///
  /// @throws IllegalArgumentException if shapes or dtypes are others than the net takes
  public Output apply(Tensor x, Tensor h0, Tensor c0) {
    return call(List.of(x, h0, c0), this::forward);
  }

  private Output forward(List<Tensor> in) {
    return output(run(in));
  }

  static Output output(List<Tensor> results) {
    return new Output(results.get(0), results.get(1), results.get(2));
  }
}
