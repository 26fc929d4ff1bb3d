// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Parameter;
import gradus.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Attention in several heads: `concat(head₁, …) · Wᵒ` with `headᵢ = softmax(Qᵢ · Kᵢᵀ / √d) · Vᵢ`,
/// where Q, K and V are linear maps of query, key and value, d numbers a head. A query that may
/// attend to nothing gets NaN.
///
/// Shapes, batch first: query `[N, L, embedDim]`, key and value `[N, S, embedDim]`, output `[N, L,
/// embedDim]`, weights `[N, L, S]`; or all of them without N. State: `in_proj_weight` `[3 ·
/// embedDim, embedDim]`, the maps of query, key and value one below the other, Xavier uniform;
/// `in_proj_bias` `[3 · embedDim]`, zeros; `out_proj`, a [Linear] whose bias starts with zeros.
///
/// PyTorch: `torch.nn.MultiheadAttention` with `batch_first=True`. Source: Vaswani et al.,
/// *Attention Is All You Need*, NeurIPS 2017.
public final class MultiheadAttention extends Module {
  @Name("in_proj_weight")
  private final Parameter inProjWeight;

  @Name("in_proj_bias")
  private final @Nullable Parameter inProjBias;

  @Name("out_proj")
  private final Linear outProj;

  private final int numHeads;
  private final Options options;

  /// Makes the layer with PyTorch's defaults.
  ///
  /// @throws IllegalArgumentException if a number is not positive or the heads do not divide the
  ///   embedding
  public MultiheadAttention(int embedDim, int numHeads) {
    this(embedDim, numHeads, options());
  }

  /// Makes the layer; draws the output map, then the input maps, from [gradus.Generator#current()].
  ///
  /// @throws IllegalArgumentException if a number is not positive or the heads do not divide the
  ///   embedding
  public MultiheadAttention(int embedDim, int numHeads, Options options) {
    Check.positive("MultiheadAttention: embedDim", embedDim);
    Check.positive("MultiheadAttention: numHeads", numHeads);
    if (embedDim % numHeads != 0) {
      throw new IllegalArgumentException(
          "MultiheadAttention: an embedding of %s does not divide into %s heads"
              .formatted(embedDim, numHeads));
    }
    this.numHeads = numHeads;
    this.options = options;
    outProj =
        options.bias() ? new Linear(embedDim, embedDim) : Linear.withoutBias(embedDim, embedDim);
    Parameter outBias = outProj.bias();
    if (outBias != null) {
      Init.zeros().fill(outBias);
    }
    inProjWeight = new Parameter(Tensor.zeros(3 * embedDim, embedDim));
    Init.xavierUniform().fill(inProjWeight);
    inProjBias = options.bias() ? new Parameter(Tensor.zeros(3 * embedDim)) : null;
  }

  /// Returns PyTorch's defaults: no dropout, biases.
  public static Options options() {
    return new Options(0, true);
  }

  /// Settings of the layer.
  ///
  /// @param dropout the probability with which an attention weight is dropped in training
  /// @param bias whether the linear maps have biases
  public record Options(double dropout, boolean bias) {
    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if `dropout` is not in [0, 1]
    public Options {
      Check.unit("MultiheadAttention: dropout", dropout);
    }

    /// Returns a copy with another probability of dropping a weight.
    public Options dropout(double value) {
      return new Options(value, bias);
    }

    /// Returns a copy with or without biases.
    public Options bias(boolean value) {
      return new Options(dropout, value);
    }
  }

  /// Returns PyTorch's defaults of a call: no masks, weights averaged over the heads.
  public static ForwardOptions forwardOptions() {
    return new ForwardOptions(null, null, false, true, true);
  }

  /// Settings of a call. A mask is bool, true for what is *not* attended to (unlike in
  /// [AttentionOptions], as in PyTorch), or numbers to add to the scores.
  ///
  /// @param keyPaddingMask a mask of keys, `[N, S]` (or `[S]` without N), or null
  /// @param attnMask a mask of pairs, `[L, S]` or one for each example and head, `[N · heads, L,
  ///   S]`, or null
  /// @param isCausal whether query i attends to keys 0…i alone
  /// @param needWeights whether to return the weights
  /// @param averageAttnWeights whether those are the mean over the heads, or `[N, heads, L, S]`
  public record ForwardOptions(
      @Nullable Tensor keyPaddingMask,
      @Nullable Tensor attnMask,
      boolean isCausal,
      boolean needWeights,
      boolean averageAttnWeights) {
    /// Returns a copy with another mask of keys.
    public ForwardOptions keyPaddingMask(@Nullable Tensor value) {
      return new ForwardOptions(value, attnMask, isCausal, needWeights, averageAttnWeights);
    }

    /// Returns a copy with another mask of pairs.
    public ForwardOptions attnMask(@Nullable Tensor value) {
      return new ForwardOptions(keyPaddingMask, value, isCausal, needWeights, averageAttnWeights);
    }

    /// Returns a copy whose queries attend to no later key, or to all.
    public ForwardOptions isCausal(boolean value) {
      return new ForwardOptions(keyPaddingMask, attnMask, value, needWeights, averageAttnWeights);
    }

    /// Returns a copy that returns the weights, or not.
    public ForwardOptions needWeights(boolean value) {
      return new ForwardOptions(keyPaddingMask, attnMask, isCausal, value, averageAttnWeights);
    }

    /// Returns a copy that averages the weights over the heads, or not.
    public ForwardOptions averageAttnWeights(boolean value) {
      return new ForwardOptions(keyPaddingMask, attnMask, isCausal, needWeights, value);
    }

    /// Returns these options for a batch of one.
    ForwardOptions unbatched() {
      return keyPaddingMask == null ? this : keyPaddingMask(keyPaddingMask.unsqueeze(0));
    }
  }

  /// The linear maps of [F#multiHeadAttention].
  ///
  /// @param inWeight those of query, key and value one below the other, `[3 · E, E]`
  /// @param inBias their biases, `[3 · E]`, or null
  /// @param outWeight that of the joined heads, `[E, E]`
  /// @param outBias its bias, `[E]`, or null
  public record Projections(
      Tensor inWeight, @Nullable Tensor inBias, Tensor outWeight, @Nullable Tensor outBias) {
    /// Checks the shapes.
    ///
    /// @throws IllegalArgumentException if the weights are not `[3 · E, E]` and `[E, E]`
    public Projections {
      int size = outWeight.dim() == 2 ? outWeight.size(1) : -1;
      if (size != outWeight.size(0)
          || inWeight.dim() != 2
          || inWeight.size(0) != 3 * size
          || inWeight.size(1) != size) {
        throw new IllegalArgumentException(
            "multiHeadAttention: the weights %s and %s are not [3 · E, E] and [E, E]"
                .formatted(inWeight.shape(), outWeight.shape()));
      }
    }
  }

  /// What the attention returns.
  ///
  /// @param output `[N, L, embedDim]`
  /// @param weights how much each query attends to each key, after dropout, `[N, L, S]` or `[N,
  ///   heads, L, S]`; null if they were not wanted
  public record Output(Tensor output, @Nullable Tensor weights) {
    /// Returns the output of the only example.
    Output unbatched() {
      return new Output(output.squeeze(0), weights == null ? null : weights.squeeze(0));
    }
  }

  /// Returns the output and the averaged weights, running the forward hooks.
  ///
  /// @throws IllegalArgumentException if sizes or dtypes do not match
  public Output apply(Tensor query, Tensor key, Tensor value) {
    return apply(query, key, value, forwardOptions());
  }

  /// Returns the output, running the forward hooks.
  ///
  /// @throws IllegalArgumentException if sizes or dtypes do not match
  public Output apply(Tensor query, Tensor key, Tensor value, ForwardOptions call) {
    return call(
        List.of(query, key, value),
        in ->
            Attention.multiHead(
                in.get(0),
                in.get(1),
                in.get(2),
                numHeads,
                new Projections(inProjWeight, inProjBias, outProj.weight(), outProj.bias()),
                call,
                isTraining() ? options.dropout() : 0));
  }
}
