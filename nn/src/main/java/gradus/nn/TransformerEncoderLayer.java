// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Shape;
import gradus.Tensor;
import java.util.function.UnaryOperator;

/// Self-attention and a small network for each position, each with a residual connection, dropout
/// and layer normalisation:
///
/// ```
/// x = norm1(x + attention(x))            with normFirst  x = x + attention(norm1(x))
/// x = norm2(x + network(x))                              x = x + network(norm2(x))
/// ```
///
/// where the network is `linear2(activation(linear1(x)))`.
///
/// Shapes, batch first: `[N, L, dModel]` or `[L, dModel]`, both ways. State: `self_attn`,
/// `linear1`, `linear2`, `norm1`, `norm2`.
///
/// PyTorch: `torch.nn.TransformerEncoderLayer` with `batch_first=True`. Source: Vaswani et al.,
/// *Attention Is All You Need*, NeurIPS 2017; Xiong et al., *On Layer Normalization in the
/// Transformer Architecture*, ICML 2020, for `normFirst`.
public final class TransformerEncoderLayer extends Layer {
  @Name("self_attn")
  private final MultiheadAttention selfAttn;

  private final Linear linear1;
  private final Dropout dropout;
  private final Linear linear2;
  private final LayerNorm norm1;
  private final LayerNorm norm2;
  private final Dropout dropout1;
  private final Dropout dropout2;
  private final UnaryOperator<Tensor> activation;
  private final boolean normFirst;

  /// Makes the layer with PyTorch's defaults.
  ///
  /// @throws IllegalArgumentException if a number is not positive or the heads do not divide the
  ///   model's size
  public TransformerEncoderLayer(int dModel, int numHeads) {
    this(dModel, numHeads, options());
  }

  /// Makes the layer; draws its parts in the order of the state from [gradus.Generator#current()].
  ///
  /// @throws IllegalArgumentException if a number is not positive or the heads do not divide the
  ///   model's size
  public TransformerEncoderLayer(int dModel, int numHeads, Options options) {
    double p = options.dropout();
    selfAttn = new MultiheadAttention(dModel, numHeads, MultiheadAttention.options().dropout(p));
    linear1 = new Linear(dModel, options.dimFeedforward());
    dropout = new Dropout(p);
    linear2 = new Linear(options.dimFeedforward(), dModel);
    var norm = LayerNorm.options().eps(options.layerNormEps());
    norm1 = new LayerNorm(Shape.of(dModel), norm);
    norm2 = new LayerNorm(Shape.of(dModel), norm);
    dropout1 = new Dropout(p);
    dropout2 = new Dropout(p);
    activation = options.activation();
    normFirst = options.normFirst();
  }

  /// Returns PyTorch's defaults: 2048 numbers inside the network, dropout 0.1, ReLU, `eps` 1e-5,
  /// normalisation last.
  public static Options options() {
    return new Options(2048, 0.1, Tensor::relu, 1e-5, false);
  }

  /// Settings of the layer.
  ///
  /// @param dimFeedforward how many numbers the network has inside
  /// @param dropout the probability of all its dropouts
  /// @param activation what is between the network's linear maps: a function or a layer
  /// @param layerNormEps the `eps` of both normalisations
  /// @param normFirst whether to normalise what goes into attention and network, rather than the
  ///   sums after them
  public record Options(
      int dimFeedforward,
      double dropout,
      UnaryOperator<Tensor> activation,
      double layerNormEps,
      boolean normFirst) {
    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if `dimFeedforward` is not positive, `dropout` is not in
    ///   [0, 1] or `layerNormEps` is negative
    public Options {
      Check.positive("TransformerEncoderLayer: dimFeedforward", dimFeedforward);
      Check.unit("TransformerEncoderLayer: dropout", dropout);
      Check.nonNegative("TransformerEncoderLayer: layerNormEps", layerNormEps);
    }

    /// Returns a copy with another size inside the network.
    public Options dimFeedforward(int value) {
      return new Options(value, dropout, activation, layerNormEps, normFirst);
    }

    /// Returns a copy with another dropout.
    public Options dropout(double value) {
      return new Options(dimFeedforward, value, activation, layerNormEps, normFirst);
    }

    /// Returns a copy with another activation.
    public Options activation(UnaryOperator<Tensor> value) {
      return new Options(dimFeedforward, dropout, value, layerNormEps, normFirst);
    }

    /// Returns a copy with another `eps` of the normalisations.
    public Options layerNormEps(double value) {
      return new Options(dimFeedforward, dropout, activation, value, normFirst);
    }

    /// Returns a copy that normalises first, or last.
    public Options normFirst(boolean value) {
      return new Options(dimFeedforward, dropout, activation, layerNormEps, value);
    }
  }

  /// Returns the output with masks, running the forward hooks.
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
    if (normFirst) {
      Tensor y = x.add(attention(norm1.apply(x), masks));
      return y.add(network(norm2.apply(y)));
    }
    Tensor y = norm1.apply(x.add(attention(x, masks)));
    return norm2.apply(y.add(network(y)));
  }

  private Tensor attention(Tensor x, MultiheadAttention.ForwardOptions masks) {
    return dropout1.apply(selfAttn.apply(x, x, x, masks.needWeights(false)).output());
  }

  private Tensor network(Tensor x) {
    Tensor inside = dropout.apply(activation.apply(linear1.apply(x)));
    return dropout2.apply(linear2.apply(inside));
  }
}
