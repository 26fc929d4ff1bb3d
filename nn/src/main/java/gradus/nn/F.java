// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Approximate;
import gradus.Dims;
import gradus.Generator;
import gradus.RecurrentWeights;
import gradus.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Functions by the names of `torch.nn.functional`: what layers and losses compute, without state.
public final class F extends LossFunctions {
  private F() {}

  /// Returns `max(0, x)` elementwise.
  public static Tensor relu(Tensor x) {
    return x.relu();
  }

  /// Returns `x` where `x > 0`, else `0.01 · x`.
  public static Tensor leakyRelu(Tensor x) {
    return x.leakyRelu(0.01);
  }

  /// Returns `x` where `x > 0`, else `negativeSlope · x`.
  public static Tensor leakyRelu(Tensor x, double negativeSlope) {
    return x.leakyRelu(negativeSlope);
  }

  /// Returns `x` where `x > 0`, else `weight · x`; see [Tensor#prelu].
  ///
  /// @throws IllegalArgumentException if the weight has neither 1 element nor one per channel, or
  ///   another type
  public static Tensor prelu(Tensor x, Tensor weight) {
    return x.prelu(weight);
  }

  /// Returns `x` where `x > 0`, else `eˣ − 1`.
  public static Tensor elu(Tensor x) {
    return x.elu();
  }

  /// Returns `x` where `x > 0`, else `alpha · (eˣ − 1)`.
  public static Tensor elu(Tensor x, double alpha) {
    return x.elu(alpha);
  }

  /// Returns `1.0507… · elu(x, 1.6733…)`; see [Tensor#selu].
  public static Tensor selu(Tensor x) {
    return x.selu();
  }

  /// Returns `x` where `x > 0`, else `eˣ − 1`.
  public static Tensor celu(Tensor x) {
    return x.celu();
  }

  /// Returns `x` where `x > 0`, else `alpha · (e^(x / alpha) − 1)`.
  ///
  /// @throws IllegalArgumentException if `alpha` is not positive
  public static Tensor celu(Tensor x, double alpha) {
    return x.celu(alpha);
  }

  /// Returns `x · Φ(x)`, where `Φ` is the normal distribution.
  public static Tensor gelu(Tensor x) {
    return x.gelu();
  }

  /// Returns `x · Φ(x)`, or what approximates it.
  public static Tensor gelu(Tensor x, Approximate approximate) {
    return x.gelu(approximate);
  }

  /// Returns `x · sigmoid(x)`.
  public static Tensor silu(Tensor x) {
    return x.silu();
  }

  /// Returns `x · tanh(softplus(x))`.
  public static Tensor mish(Tensor x) {
    return x.mish();
  }

  /// Returns `ln(1 + eˣ)`, or `x` where it is above 20.
  public static Tensor softplus(Tensor x) {
    return x.softplus();
  }

  /// Returns `ln(1 + e^(beta · x)) / beta`, or `x` where `beta · x > threshold`.
  ///
  /// @throws IllegalArgumentException if `beta` is not positive
  public static Tensor softplus(Tensor x, double beta, double threshold) {
    return x.softplus(beta, threshold);
  }

  /// Returns `ln sigmoid(x)`, without overflow.
  public static Tensor logsigmoid(Tensor x) {
    return x.logsigmoid();
  }

  /// Returns `x / (1 + |x|)`.
  public static Tensor softsign(Tensor x) {
    return x.softsign();
  }

  /// Returns `x − tanh(x)`.
  public static Tensor tanhshrink(Tensor x) {
    return x.tanhshrink();
  }

  /// Returns `x` held within −1 … 1; the derivative at both ends is 0.
  public static Tensor hardtanh(Tensor x) {
    return x.hardtanh();
  }

  /// Returns `x` held within `low` … `high`; the derivative at both ends is 0.
  ///
  /// @throws IllegalArgumentException if `low` is greater than `high`
  public static Tensor hardtanh(Tensor x, double low, double high) {
    return x.hardtanh(low, high);
  }

  /// Returns `x` held within 0 … 6; the derivative at both ends is 0.
  public static Tensor relu6(Tensor x) {
    return x.relu6();
  }

  /// Returns `(x + 3) / 6` held within 0 … 1.
  public static Tensor hardsigmoid(Tensor x) {
    return x.hardsigmoid();
  }

  /// Returns `x · hardsigmoid(x)`.
  public static Tensor hardswish(Tensor x) {
    return x.hardswish();
  }

  /// Returns `x` where `|x| > 1/2`, else 0.
  public static Tensor hardshrink(Tensor x) {
    return x.hardshrink();
  }

  /// Returns `x` where `|x| > lambda`, else 0.
  public static Tensor hardshrink(Tensor x, double lambda) {
    return x.hardshrink(lambda);
  }

  /// Returns `x` brought nearer to 0 by 1/2, and 0 where it is not farther than that.
  public static Tensor softshrink(Tensor x) {
    return x.softshrink();
  }

  /// Returns `x` brought nearer to 0 by `lambda`, and 0 where it is not farther than that.
  ///
  /// @throws IllegalArgumentException if `lambda` is negative
  public static Tensor softshrink(Tensor x, double lambda) {
    return x.softshrink(lambda);
  }

  /// Returns `x` where `x > threshold`, else `value`.
  public static Tensor threshold(Tensor x, double threshold, double value) {
    return x.threshold(threshold, value);
  }

  /// Returns `1 / (1 + e⁻ˣ)` elementwise.
  public static Tensor sigmoid(Tensor x) {
    return x.sigmoid();
  }

  /// Returns `tanh(x)` elementwise.
  public static Tensor tanh(Tensor x) {
    return x.tanh();
  }

  /// Returns `eˣ / Σ eˣ` along `dim`.
  public static Tensor softmax(Tensor x, int dim) {
    return x.softmax(dim);
  }

  /// Returns `x − log Σ eˣ` along `dim`.
  public static Tensor logSoftmax(Tensor x, int dim) {
    return x.logSoftmax(dim);
  }

  /// Returns `e⁻ˣ / Σe⁻ˣ` along `dim`.
  public static Tensor softmin(Tensor x, int dim) {
    return x.neg().softmax(dim);
  }

  /// Returns `a · sigmoid(b)`, where `a` and `b` are the two halves of `x` along `dim`.
  ///
  /// @throws IllegalArgumentException if the size of `dim` is odd
  public static Tensor glu(Tensor x, int dim) {
    return Functions.glu(x, dim);
  }

  /// Returns the largest of each group of `pieces` adjacent elements of the last dimension: `[*, k
  /// · pieces]` becomes `[*, k]`; see [Maxout].
  ///
  /// @throws IllegalArgumentException if the last dimension is no multiple of `pieces`
  public static Tensor maxout(Tensor x, int pieces) {
    return Functions.maxout(x, pieces);
  }

  /// Returns `x · weightᵀ + bias`; `x` is `[*, in]`, `weight` `[out, in]`, `bias` `[out]` or null,
  /// the result `[*, out]`.
  ///
  /// @throws IllegalArgumentException if sizes or dtypes do not match
  public static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
    Check.sameType("linear", "weight", weight, "input", x);
    return x.linear(weight, bias);
  }

  /// Returns the bilinear map `x₁ᵀ · Wₒ · x₂ + bₒ` for each `o`; `x1` is `[*, in1]`, `x2` `[*,
  /// in2]`, `weight` `[out, in1, in2]`, `bias` `[out]` or null, the result `[*, out]`.
  ///
  /// @throws IllegalArgumentException if sizes or dtypes do not match
  public static Tensor bilinear(Tensor x1, Tensor x2, Tensor weight, @Nullable Tensor bias) {
    return Functions.bilinear(x1, x2, weight, bias);
  }

  /// Returns the rows of `weight` that `indices` name: `[*]` and `[n, d]` give `[*, d]`.
  ///
  /// @throws IllegalArgumentException if `indices` is not int64, `weight` is no matrix, or an index
  ///   is not in 0…n−1
  public static Tensor embedding(Tensor indices, Tensor weight) {
    return Lookup.rows(indices, weight, null, false);
  }

  /// As [#embedding(Tensor, Tensor)]; the row `paddingIdx`, which may count from the end, gets no
  /// gradient.
  ///
  /// @throws IllegalArgumentException as there
  public static Tensor embedding(Tensor indices, Tensor weight, int paddingIdx) {
    return Lookup.rows(indices, weight, paddingIdx, false);
  }

  /// As [#embedding(Tensor, Tensor)], with options.
  ///
  /// @throws IllegalArgumentException as there, or if the options limit norms: that changes the
  ///   table, which only the layer [Embedding] can do
  public static Tensor embedding(Tensor indices, Tensor weight, Embedding.Options options) {
    if (options.maxNorm() != null) {
      throw new IllegalArgumentException(
          "embedding: maxNorm changes the table, which only the layer Embedding can do");
    }
    return Lookup.rows(indices, weight, options.paddingIdx(), options.scaleGradByFreq());
  }

  /// Returns sums, means or maxima of bags of rows of `weight`; see [EmbeddingBag].
  ///
  /// @param indices `[B, N]`, a bag in each row, or with `offsets` `[*]`
  /// @param weight `[n, d]`; without a limit of norms, which only the layer can keep
  /// @param offsets where each bag starts in `indices`, `[B]`, or null
  /// @param perSampleWeights what each row is multiplied by, of the shape of `indices`, for sums
  ///   alone, or null
  /// @throws IllegalArgumentException if shapes or dtypes do not fit, an index is not in 0…n−1, or
  ///   the options limit norms
  public static Tensor embeddingBag(
      Tensor indices,
      Tensor weight,
      @Nullable Tensor offsets,
      @Nullable Tensor perSampleWeights,
      EmbeddingBag.Options options) {
    return Bags.of(indices, weight, offsets, perSampleWeights, options);
  }

  /// Returns the state after one step of a recurrent net; see [RNNCell].
  ///
  /// @throws IllegalArgumentException if sizes or dtypes do not match
  public static Tensor rnnCell(
      Tensor x,
      Tensor h,
      Tensor weightIh,
      Tensor weightHh,
      @Nullable Tensor biasIh,
      @Nullable Tensor biasHh,
      RNN.Nonlinearity nonlinearity) {
    var weights = new RecurrentWeights(weightIh, weightHh, biasIh, biasHh);
    return nonlinearity.cell.next(x, List.of(h), weights).getFirst();
  }

  /// Returns the state after one step of a long short-term memory; see [LSTMCell].
  ///
  /// @throws IllegalArgumentException if sizes or dtypes do not match
  public static LSTMCell.Output lstmCell(
      Tensor x,
      Tensor h,
      Tensor c,
      Tensor weightIh,
      Tensor weightHh,
      @Nullable Tensor biasIh,
      @Nullable Tensor biasHh) {
    var weights = new RecurrentWeights(weightIh, weightHh, biasIh, biasHh);
    return LSTMCell.output(Cell.LSTM.next(x, List.of(h, c), weights));
  }

  /// Returns the state after one step of a gated recurrent unit; see [GRUCell].
  ///
  /// @throws IllegalArgumentException if sizes or dtypes do not match
  public static Tensor gruCell(
      Tensor x,
      Tensor h,
      Tensor weightIh,
      Tensor weightHh,
      @Nullable Tensor biasIh,
      @Nullable Tensor biasHh) {
    var weights = new RecurrentWeights(weightIh, weightHh, biasIh, biasHh);
    return Cell.GRU.next(x, List.of(h), weights).getFirst();
  }

  /// Returns what a recurrent net of these weights makes of a sequence; see [RNN]. Drops between
  /// layers if the options say so.
  ///
  /// @param weights in the order of [RNN#parameters()]
  /// @throws IllegalArgumentException if sizes, dtypes or the number of weights do not match
  public static RNN.Output rnn(
      Tensor x,
      Tensor h0,
      List<? extends Tensor> weights,
      RNN.Nonlinearity nonlinearity,
      Recurrent.Options options) {
    var net = new Recurrence("rnn", nonlinearity.cell, weights, options);
    return RNN.output(net.run(x, List.of(h0), options.dropout()));
  }

  /// Returns what a long short-term memory of these weights makes of a sequence; see [LSTM]. Drops
  /// between layers if the options say so.
  ///
  /// @param weights in the order of [LSTM#parameters()]
  /// @throws IllegalArgumentException if sizes, dtypes or the number of weights do not match
  public static LSTM.Output lstm(
      Tensor x, Tensor h0, Tensor c0, List<? extends Tensor> weights, Recurrent.Options options) {
    var net = new Recurrence("lstm", Cell.LSTM, weights, options);
    return LSTM.output(net.run(x, List.of(h0, c0), options.dropout()));
  }

  /// Returns what gated recurrent units of these weights make of a sequence; see [GRU]. Drops
  /// between layers if the options say so.
  ///
  /// @param weights in the order of [GRU#parameters()]
  /// @throws IllegalArgumentException if sizes, dtypes or the number of weights do not match
  public static GRU.Output gru(
      Tensor x, Tensor h0, List<? extends Tensor> weights, Recurrent.Options options) {
    var net = new Recurrence("gru", Cell.GRU, weights, options);
    return GRU.output(net.run(x, List.of(h0), options.dropout()));
  }

  /// Zeroes each element with probability `p` and scales the others by `1 / (1 − p)`; draws from
  /// [Generator#current()]. In evaluation, do not call it.
  ///
  /// @throws IllegalArgumentException if `p` is not in [0, 1]
  public static Tensor dropout(Tensor x, double p) {
    return dropout(x, p, Generator.current());
  }

  /// As [#dropout(Tensor, double)], drawing from `generator`.
  ///
  /// @throws IllegalArgumentException if `p` is not in [0, 1]
  public static Tensor dropout(Tensor x, double p, Generator generator) {
    return Dropouts.zeroing("dropout", x, p, x.shape().toArray(), generator);
  }

  /// As [#dropout(Tensor, double)] for whole channels of `[N, C, L]` or `[C, L]`.
  ///
  /// @throws IllegalArgumentException if `p` is not in [0, 1] or `x` has another number of
  ///   dimensions
  public static Tensor dropout1d(Tensor x, double p) {
    if (x.dim() != 2 && x.dim() != 3) {
      throw new IllegalArgumentException(
          "dropout1d: the input " + x.shape() + " is neither [N, C, L] nor [C, L]");
    }
    int[] noise = Dropouts.perChannel(x, x.dim() - 2);
    return Dropouts.zeroing("dropout1d", x, p, noise, Generator.current());
  }

  /// As [#dropout(Tensor, double)] for whole channels of `[N, C, H, W]`.
  ///
  /// @throws IllegalArgumentException if `p` is not in [0, 1] or `x` has another number of
  ///   dimensions
  public static Tensor dropout2d(Tensor x, double p) {
    if (x.dim() != 4) {
      throw new IllegalArgumentException(
          "dropout2d: the input "
              + x.shape()
              + " is not [N, C, H, W]; for one image x.unsqueeze(0), for [N, C, L] dropout1d");
    }
    return Dropouts.zeroing("dropout2d", x, p, Dropouts.perChannel(x, 1), Generator.current());
  }

  /// Sets each element to the lower limit of [#selu] with probability `p` and keeps mean 0 and
  /// variance 1; see [AlphaDropout].
  ///
  /// @throws IllegalArgumentException if `p` is not in [0, 1]
  public static Tensor alphaDropout(Tensor x, double p) {
    return Dropouts.alpha("alphaDropout", x, p, x.shape().toArray(), Generator.current());
  }

  /// As [#alphaDropout] for whole channels of `[N, C, …]`.
  ///
  /// @throws IllegalArgumentException if `p` is not in [0, 1] or `x` has fewer than 2 dimensions
  public static Tensor featureAlphaDropout(Tensor x, double p) {
    if (x.dim() < 2) {
      throw new IllegalArgumentException(
          "featureAlphaDropout: the input " + x.shape() + " is not [N, C, …]");
    }
    int[] noise = Dropouts.perChannel(x, 1);
    return Dropouts.alpha("featureAlphaDropout", x, p, noise, Generator.current());
  }

  /// Returns the cosine of the angle between `x1` and `x2` along dimension 1.
  ///
  /// @throws IllegalArgumentException as [#cosineSimilarity(Tensor, Tensor, int, double)]
  public static Tensor cosineSimilarity(Tensor x1, Tensor x2) {
    return cosineSimilarity(x1, x2, 1, 1e-8);
  }

  /// Returns the cosine of the angle between `x1` and `x2`, broadcast, along `dim`, which vanishes:
  /// `Σ x1 · x2 / (max(‖x1‖, eps) · max(‖x2‖, eps))`.
  ///
  /// @throws IllegalArgumentException if a dtype is not floating or they differ, or if the shapes
  ///   cannot be broadcast
  public static Tensor cosineSimilarity(Tensor x1, Tensor x2, int dim, double eps) {
    Check.floating("cosineSimilarity", "x1", x1);
    Check.sameType("cosineSimilarity", "x1", x1, "x2", x2);
    // The dimension is that of both together, and of neither alone if one has fewer.
    int[] together = x1.detach().add(x2.detach()).shape().toArray();
    Tensor a = normalize(x1.expand(together), 2, dim, eps);
    Tensor b = normalize(x2.expand(together), 2, dim, eps);
    return a.mul(b).sum(dim);
  }

  /// Returns `‖x1 − x2 + 1e-6‖₂` over the last dimension, which vanishes.
  ///
  /// @throws IllegalArgumentException as [#pairwiseDistance(Tensor, Tensor,
  ///   PairwiseDistance.Options)]
  public static Tensor pairwiseDistance(Tensor x1, Tensor x2) {
    return pairwiseDistance(x1, x2, PairwiseDistance.options());
  }

  /// Returns `‖x1 − x2 + eps‖ₚ` over the last dimension; see [PairwiseDistance].
  ///
  /// @throws IllegalArgumentException if a dtype is not floating or they differ, or if the shapes
  ///   cannot be broadcast
  public static Tensor pairwiseDistance(Tensor x1, Tensor x2, PairwiseDistance.Options options) {
    Check.floating("pairwiseDistance", "x1", x1);
    Check.sameType("pairwiseDistance", "x1", x1, "x2", x2);
    Dims last = options.keepdim() ? Dims.keep(-1) : Dims.of(-1);
    return x1.sub(x2).add(options.eps()).norm(options.p(), last);
  }

  /// Returns `softmax(query · keyᵀ / √E) · value`; see [#scaledDotProductAttention(Tensor, Tensor,
  /// Tensor, AttentionOptions)].
  ///
  /// @throws IllegalArgumentException if sizes or dtypes do not match
  public static Tensor scaledDotProductAttention(Tensor query, Tensor key, Tensor value) {
    return scaledDotProductAttention(query, key, value, AttentionOptions.options());
  }

  /// Returns `softmax(scale · query · keyᵀ + mask) · value`: for each query the mean of the values,
  /// weighted by how well their keys match. A query that may attend to nothing gets NaN.
  ///
  /// Shapes: `query` is `[…, L, E]`, `key` `[…, S, E]`, `value` `[…, S, V]`, the result `[…, L,
  /// V]`; leading dimensions are broadcast.
  ///
  /// @throws IllegalArgumentException if sizes or dtypes do not match, or the mask does not
  ///   broadcast to `[…, L, S]`
  public static Tensor scaledDotProductAttention(
      Tensor query, Tensor key, Tensor value, AttentionOptions options) {
    return Attention.scaledDotProduct(query, key, value, options);
  }

  /// Returns the attention of several heads with the linear maps given, without dropout; see
  /// [MultiheadAttention]. (PyTorch: `multi_head_attention_forward`.)
  ///
  /// @throws IllegalArgumentException if sizes or dtypes do not match
  public static MultiheadAttention.Output multiHeadAttention(
      Tensor query,
      Tensor key,
      Tensor value,
      int numHeads,
      MultiheadAttention.Projections projections,
      MultiheadAttention.ForwardOptions options) {
    return Attention.multiHead(query, key, value, numHeads, projections, options, 0);
  }
}
