// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Several [TransformerEncoderLayer]s, one after the other, and a normalisation at the end if
/// wanted.
///
/// State: `layers.0`, `layers.1`, …, and `norm`. Unlike PyTorch's, which copies one layer, each
/// starts with weights of its own.
///
/// PyTorch: `torch.nn.TransformerEncoder`.
public final class TransformerEncoder extends Layer {
  private final List<TransformerEncoderLayer> layers;
  private final @Nullable LayerNorm norm;

  /// Makes `numLayers` layers.
  ///
  /// @throws IllegalArgumentException if `numLayers` is not positive
  public TransformerEncoder(Supplier<TransformerEncoderLayer> layer, int numLayers) {
    this(layer, numLayers, null);
  }

  /// Makes `numLayers` layers and a normalisation of what comes out, or null for none.
  ///
  /// @throws IllegalArgumentException if `numLayers` is not positive
  public TransformerEncoder(
      Supplier<TransformerEncoderLayer> layer, int numLayers, @Nullable LayerNorm norm) {
    Check.positive("TransformerEncoder: numLayers", numLayers);
    layers = Stream.generate(layer).limit(numLayers).toList();
    this.norm = norm;
  }

  /// Returns the output with masks, the same for all layers, running the forward hooks.
  ///
  /// @throws IllegalArgumentException if sizes or dtypes do not match
  public Tensor apply(Tensor x, MultiheadAttention.ForwardOptions masks) {
    return call(x, in -> forward(in, masks));
  }

  @Override
  boolean isClosed() {
    return false;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return forward(x, MultiheadAttention.forwardOptions());
  }

  private Tensor forward(Tensor x, MultiheadAttention.ForwardOptions masks) {
    Tensor y = x;
    for (TransformerEncoderLayer layer : layers) {
      y = layer.apply(y, masks);
    }
    return norm == null ? y : norm.apply(y);
  }
}
