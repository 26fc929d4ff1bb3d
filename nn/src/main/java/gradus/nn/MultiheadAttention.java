// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Parameter;
import gradus.Tensor;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Attention in several heads: `concat(head₁, …) · Wᵒ` with `headᵢ = softmax(Qᵢ · Kᵢᵀ / √d) · Vᵢ`,
/// where Q, K and V are linear maps of query, key and value, d numbers a head. A query that may
/// attend to nothing gets NaN.
///
/// Shapes, batch first: query `[N, L, embedDim]`, key and value `[N, S, embedDim]`, output `[N, L,
/// embedDim]`, weights `[N, L, S]`; or all of them without N. State: `in_proj_weight` `[3 ·
/// embedDim, embedDim]`, the maps of query, key and value one below the other, Xavier uniform;
/// `in_proj_bias` `[3 · embedDim]`, zeros; `out_proj`, a [Linear] whose bias starts with zeros.
/// Where key or value have other sizes, the maps are `q_proj_weight`, `k_proj_weight` and
/// `v_proj_weight`, each Xavier uniform; `bias_k` and `bias_v`, `[1, 1, embedDim]`, are Xavier
/// normal.
///
/// PyTorch: `torch.nn.MultiheadAttention` with `batch_first=True`. Source: Vaswani et al.,
/// *Attention Is All You Need*, NeurIPS 2017.
public final class MultiheadAttention extends Module {
  @Name("in_proj_weight")
  private final @Nullable Parameter inProjWeight;

  @Name("q_proj_weight")
  private final @Nullable Parameter qProjWeight;

  @Name("k_proj_weight")
  private final @Nullable Parameter kProjWeight;

  @Name("v_proj_weight")
  private final @Nullable Parameter vProjWeight;

  @Name("in_proj_bias")
  private final @Nullable Parameter inProjBias;

  @Name("bias_k")
  private final @Nullable Parameter biasK;

  @Name("bias_v")
  private final @Nullable Parameter biasV;

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
    int kdim = options.kdim() == null ? embedDim : options.kdim();
    int vdim = options.vdim() == null ? embedDim : options.vdim();
    boolean packed = kdim == embedDim && vdim == embedDim;
    inProjWeight = packed ? map(3 * embedDim, embedDim) : null;
    qProjWeight = packed ? null : map(embedDim, embedDim);
    kProjWeight = packed ? null : map(embedDim, kdim);
    vProjWeight = packed ? null : map(embedDim, vdim);
    inProjBias = options.bias() ? new Parameter(Tensor.zeros(3 * embedDim)) : null;
    biasK = options.addBiasKv() ? further(embedDim) : null;
    biasV = options.addBiasKv() ? further(embedDim) : null;
  }

  private static Parameter map(int out, int in) {
    var weight = new Parameter(Tensor.zeros(out, in));
    Init.xavierUniform().fill(weight);
    return weight;
  }

  /// Returns a key or value beside those of the input.
  private static Parameter further(int embedDim) {
    var key = new Parameter(Tensor.zeros(1, 1, embedDim));
    Init.xavierNormal().fill(key);
    return key;
  }

  /// Returns PyTorch's defaults: no dropout, biases, keys and values of the queries' size and none
  /// beside those of the input.
  public static Options options() {
    return new Options(0, true, null, null, false, false);
  }

  /// Settings of the layer.
  ///
  /// @param dropout the probability with which an attention weight is dropped in training
  /// @param bias whether the linear maps have biases
  /// @param kdim the size of a key; null for `embedDim`
  /// @param vdim the size of a value; null for `embedDim`
  /// @param addBiasKv whether to learn a key and a value that every query may attend to, behind
  ///   those of the input
  /// @param addZeroAttn whether to add a key and a value of zeros behind all others
  public record Options(
      double dropout,
      boolean bias,
      @Nullable Integer kdim,
      @Nullable Integer vdim,
      boolean addBiasKv,
      boolean addZeroAttn) {
    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if `dropout` is not in [0, 1] or a size is not positive
    public Options {
      Check.unit("MultiheadAttention: dropout", dropout);
      if (kdim != null) {
        Check.positive("MultiheadAttention: kdim", kdim.intValue());
      }
      if (vdim != null) {
        Check.positive("MultiheadAttention: vdim", vdim.intValue());
      }
    }

    /// Returns a copy with another probability of dropping a weight.
    public Options dropout(double value) {
      return new Options(value, bias, kdim, vdim, addBiasKv, addZeroAttn);
    }

    /// Returns a copy with or without biases.
    public Options bias(boolean value) {
      return new Options(dropout, value, kdim, vdim, addBiasKv, addZeroAttn);
    }

    /// Returns a copy with keys of another size; null for the queries'.
    public Options kdim(@Nullable Integer value) {
      return new Options(dropout, bias, value, vdim, addBiasKv, addZeroAttn);
    }

    /// Returns a copy with values of another size; null for the queries'.
    public Options vdim(@Nullable Integer value) {
      return new Options(dropout, bias, kdim, value, addBiasKv, addZeroAttn);
    }

    /// Returns a copy with or without a learned key and value.
    public Options addBiasKv(boolean value) {
      return new Options(dropout, bias, kdim, vdim, value, addZeroAttn);
    }

    /// Returns a copy with or without a key and value of zeros.
    public Options addZeroAttn(boolean value) {
      return new Options(dropout, bias, kdim, vdim, addBiasKv, value);
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

  /// The linear maps of [F#multiHeadAttention], and what they add to keys and values.
  ///
  /// @param inWeights the map of query, key and value, one below the other in one matrix `[3 · E,
  ///   E]`, or three matrices `[E, E]`, `[E, kdim]` and `[E, vdim]`
  /// @param inBias their biases, `[3 · E]`, or null
  /// @param outWeight that of the joined heads, `[E, E]`
  /// @param outBias its bias, `[E]`, or null
  /// @param biasK a key behind those of the input, `[1, 1, E]`, or null
  /// @param biasV its value, `[1, 1, E]`, or null
  /// @param addZeroAttn whether a key and a value of zeros come behind all others
  public record Projections(
      List<Tensor> inWeights,
      @Nullable Tensor inBias,
      Tensor outWeight,
      @Nullable Tensor outBias,
      @Nullable Tensor biasK,
      @Nullable Tensor biasV,
      boolean addZeroAttn) {
    /// Makes the maps with one matrix for query, key and value.
    ///
    /// @throws IllegalArgumentException if the weights are not `[3 · E, E]` and `[E, E]`
    public Projections(
        Tensor inWeight, @Nullable Tensor inBias, Tensor outWeight, @Nullable Tensor outBias) {
      this(List.of(inWeight), inBias, outWeight, outBias, null, null, false);
    }

    /// Checks the shapes.
    ///
    /// @throws IllegalArgumentException if the weights are of other shapes, or there is a key
    ///   without a value
    public Projections {
      inWeights = List.copyOf(inWeights);
      int size = outWeight.dim() == 2 ? outWeight.size(1) : -1;
      boolean packed = inWeights.size() == 1;
      boolean fits = size == outWeight.size(0) && (packed || inWeights.size() == 3);
      for (Tensor weight : inWeights) {
        fits = fits && weight.dim() == 2 && weight.size(0) == (packed ? 3 : 1) * size;
      }
      if (!fits || inWeights.getFirst().size(1) != size) {
        throw new IllegalArgumentException(
            "multiHeadAttention: the weights %s and %s are not [3 · E, E], or three of [E, …], and"
                    .formatted(inWeights.stream().map(Tensor::shape).toList(), outWeight.shape())
                + " [E, E]");
      }
      if ((biasK == null) != (biasV == null)) {
        throw new IllegalArgumentException(
            "multiHeadAttention: a further key needs a value: give biasK and biasV, or neither");
      }
    }

    /// Returns how large keys and values are.
    int size(int which) {
      return inWeights.get(inWeights.size() == 1 ? 0 : which).size(1);
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
                projections(),
                call,
                isTraining() ? options.dropout() : 0));
  }

  /// Returns the multiply-adds of a call on query, key and value: those of the four linear maps, a
  /// bias counting one for each number it is added to, and of both products of the heads.
  long multiplyAdds(List<Tensor> in) {
    long queries = in.get(0).numel() / Math.max(1, in.get(0).size(-1));
    long keys = in.get(1).numel() / Math.max(1, in.get(1).size(-1));
    Projections maps = projections();
    long size = outProj.weight().size(0);
    long perQuery = 2 * size * size;
    long perKey = size * (maps.size(1) + maps.size(2));
    if (options.bias()) {
      perQuery += 2 * size;
      perKey += 2 * size;
    }
    int attended =
        in.get(1).size(-2) + (options.addBiasKv() ? 1 : 0) + (options.addZeroAttn() ? 1 : 0);
    return queries * perQuery + keys * perKey + 2 * queries * attended * size;
  }

  private Projections projections() {
    List<Tensor> weights =
        inProjWeight != null
            ? List.of(inProjWeight)
            : List.of(
                Objects.requireNonNull(qProjWeight),
                Objects.requireNonNull(kProjWeight),
                Objects.requireNonNull(vProjWeight));
    return new Projections(
        weights, inProjBias, outProj.weight(), outProj.bias(), biasK, biasV, options.addZeroAttn());
  }
}
