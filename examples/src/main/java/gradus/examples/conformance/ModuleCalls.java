// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.Tensor;
import gradus.nn.Bilinear;
import gradus.nn.CosineEmbeddingLoss;
import gradus.nn.CosineSimilarity;
import gradus.nn.EmbeddingBag;
import gradus.nn.GRU;
import gradus.nn.GRUCell;
import gradus.nn.GaussianNLLLoss;
import gradus.nn.LSTM;
import gradus.nn.LSTMCell;
import gradus.nn.Layer;
import gradus.nn.Loss;
import gradus.nn.MarginRankingLoss;
import gradus.nn.Module;
import gradus.nn.MultiheadAttention;
import gradus.nn.PairwiseDistance;
import gradus.nn.RNN;
import gradus.nn.RNNCell;
import gradus.nn.TransformerEncoderLayer;
import gradus.nn.TripletMarginLoss;
import java.util.ArrayList;
import java.util.List;

/// How each module is called with inputs by PyTorch's names.
final class ModuleCalls {
  private ModuleCalls() {}

  /// Returns all tensors that `module` returns.
  ///
  /// @param args what it was made with
  static List<Tensor> call(Module module, Fields args, Call c) {
    return switch (module) {
      case TransformerEncoderLayer layer -> encoder(layer, args, c);
      case Layer layer -> List.of(layer.apply(c.input()));
      case Loss loss -> List.of(loss.apply(c.input(), c.tensor("target")));
      case Bilinear layer -> List.of(layer.apply(c.tensor("input1"), c.tensor("input2")));
      case EmbeddingBag bag ->
          List.of(bag.apply(c.input(), c.optional("offsets"), c.optional("per_sample_weights")));
      case GaussianNLLLoss loss ->
          List.of(loss.apply(c.input(), c.tensor("target"), c.tensor("var")));
      case CosineEmbeddingLoss loss ->
          List.of(loss.apply(c.tensor("input1"), c.tensor("input2"), c.tensor("target")));
      case MarginRankingLoss loss ->
          List.of(loss.apply(c.tensor("input1"), c.tensor("input2"), c.tensor("target")));
      case TripletMarginLoss loss ->
          List.of(loss.apply(c.tensor("anchor"), c.tensor("positive"), c.tensor("negative")));
      case CosineSimilarity layer -> List.of(layer.apply(c.tensor("x1"), c.tensor("x2")));
      case PairwiseDistance layer -> List.of(layer.apply(c.tensor("x1"), c.tensor("x2")));
      case RNN net -> rnn(net, c);
      case LSTM net -> lstm(net, c);
      case GRU net -> gru(net, c);
      case RNNCell cell ->
          List.of(c.given("h") ? cell.apply(c.input(), c.tensor("h")) : cell.apply(c.input()));
      case GRUCell cell ->
          List.of(c.given("h") ? cell.apply(c.input(), c.tensor("h")) : cell.apply(c.input()));
      case LSTMCell cell -> lstmCell(cell, c);
      case MultiheadAttention attention -> attention(attention, args, c);
      default -> throw new Unsupported(List.of("module:" + module.getClass().getSimpleName()));
    };
  }

  private static List<Tensor> rnn(RNN net, Call c) {
    RNN.Output y = c.given("h0") ? net.apply(c.input(), c.tensor("h0")) : net.apply(c.input());
    return List.of(y.sequence(), y.h());
  }

  private static List<Tensor> gru(GRU net, Call c) {
    GRU.Output y = c.given("h0") ? net.apply(c.input(), c.tensor("h0")) : net.apply(c.input());
    return List.of(y.sequence(), y.h());
  }

  private static List<Tensor> lstm(LSTM net, Call c) {
    LSTM.Output y =
        c.given("h0") ? net.apply(c.input(), c.tensor("h0"), c.tensor("c0")) : net.apply(c.input());
    return List.of(y.sequence(), y.h(), y.c());
  }

  private static List<Tensor> lstmCell(LSTMCell cell, Call c) {
    LSTMCell.Output y =
        c.given("h") ? cell.apply(c.input(), c.tensor("h"), c.tensor("c")) : cell.apply(c.input());
    return List.of(y.h(), y.c());
  }

  private static List<Tensor> attention(MultiheadAttention attention, Fields args, Call c) {
    boolean transposed = timeFirst(args, c.tensor("query"));
    var options =
        MultiheadAttention.forwardOptions()
            .attnMask(c.optional("attn_mask"))
            .keyPaddingMask(c.optional("key_padding_mask"));
    options =
        c.args().setFlag(options, "need_weights", MultiheadAttention.ForwardOptions::needWeights);
    options =
        c.args()
            .setFlag(
                options,
                "average_attn_weights",
                MultiheadAttention.ForwardOptions::averageAttnWeights);
    var result =
        attention.apply(
            batchFirst(c.tensor("query"), transposed),
            batchFirst(c.tensor("key"), transposed),
            batchFirst(c.tensor("value"), transposed),
            options);
    List<Tensor> all = new ArrayList<>();
    all.add(batchFirst(result.output(), transposed));
    Tensor weights = result.weights();
    if (weights != null) {
      all.add(weights);
    }
    return all;
  }

  private static List<Tensor> encoder(TransformerEncoderLayer layer, Fields args, Call c) {
    boolean transposed = timeFirst(args, c.tensor("src"));
    var masks =
        MultiheadAttention.forwardOptions()
            .attnMask(c.optional("src_mask"))
            .keyPaddingMask(c.optional("src_key_padding_mask"));
    Tensor y = layer.apply(batchFirst(c.tensor("src"), transposed), masks);
    return List.of(batchFirst(y, transposed));
  }

  /// Returns whether a batch comes after time, as it does in PyTorch's attention by default, but
  /// not here.
  private static boolean timeFirst(Fields args, Tensor x) {
    return x.dim() == 3 && !args.flag("batch_first", false);
  }

  private static Tensor batchFirst(Tensor x, boolean transposed) {
    return transposed ? x.transpose(0, 1) : x;
  }
}
