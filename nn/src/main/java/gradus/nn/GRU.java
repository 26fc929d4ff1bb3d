// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import java.util.List;

/// A net of gated recurrent units: gates `r = σ(Wᵢᵣ·x + bᵢᵣ + Wₕᵣ·h + bₕᵣ)`, `z` likewise, `n =
/// tanh(Wᵢₙ·x + bᵢₙ + r·(Wₕₙ·h + bₕₙ))`; then `h' = (1 − z)·n + z·h`. Weights hold them in the
/// order r, z, n.
///
/// ```java
/// var net = new GRU(80, 128, GRU.options().numLayers(2).bidirectional(true));
/// Tensor last = net.apply(x).sequence().select(0, -1);
/// ```
///
/// PyTorch: `torch.nn.GRU`. Source: Cho et al., *Learning phrase representations using RNN
/// encoder-decoder*, EMNLP 2014.
public final class GRU extends Recurrent {
  /// Makes a net of one layer in one direction; draws its weights from
  /// [gradus.Generator#current()].
  ///
  /// @throws IllegalArgumentException if a size is not positive
  public GRU(int inputSize, int hiddenSize) {
    this(inputSize, hiddenSize, options());
  }

  /// Makes a net; draws its weights from [gradus.Generator#current()].
  ///
  /// @throws IllegalArgumentException if a size is not positive
  public GRU(int inputSize, int hiddenSize, Options options) {
    super(Cell.GRU, inputSize, hiddenSize, options);
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
