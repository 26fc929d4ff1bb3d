// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.Tensor;
import gradus.nn.F;
import gradus.nn.GRU;
import gradus.nn.GRUCell;
import gradus.nn.LSTM;
import gradus.nn.LSTMCell;
import gradus.nn.Module;
import gradus.nn.RNN;
import gradus.nn.RNNCell;
import gradus.nn.Recurrent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// Recurrent nets: cells and sequences of family 06, modules of families 09 and 12.
final class RecurrentTable {
  private RecurrentTable() {}

  static void addTo(OpTable t) {
    t.one("golden.rnn_tanh_cell", c -> rnnCell(c, RNN.Nonlinearity.TANH));
    t.one("golden.rnn_relu_cell", c -> rnnCell(c, RNN.Nonlinearity.RELU));
    t.several("golden.rnn_tanh", c -> rnn(c, RNN.Nonlinearity.TANH));
    t.several("golden.rnn_relu", c -> rnn(c, RNN.Nonlinearity.RELU));
    t.one("golden.gru_cell", RecurrentTable::gruCell);
    t.several("golden.lstm_cell", RecurrentTable::lstmCell);
    t.several("golden.lstm", RecurrentTable::lstm);
    t.several("golden.gru", RecurrentTable::gru);
  }

  static void addTo(Map<String, Function<Fields, Module>> makers) {
    makers.put("RNN", a -> new RNN(input(a), hidden(a), nonlinearity(a), options(a)));
    makers.put("LSTM", a -> new LSTM(input(a), hidden(a), options(a)));
    makers.put("GRU", a -> new GRU(input(a), hidden(a), options(a)));
    makers.put(
        "RNNCell",
        a ->
            a.flag("bias", true)
                ? new RNNCell(input(a), hidden(a), nonlinearity(a))
                : RNNCell.withoutBias(input(a), hidden(a), nonlinearity(a)));
    makers.put(
        "LSTMCell",
        a ->
            a.flag("bias", true)
                ? new LSTMCell(input(a), hidden(a))
                : LSTMCell.withoutBias(input(a), hidden(a)));
    makers.put(
        "GRUCell",
        a ->
            a.flag("bias", true)
                ? new GRUCell(input(a), hidden(a))
                : GRUCell.withoutBias(input(a), hidden(a)));
  }

  private static int input(Fields a) {
    return a.integer("input_size");
  }

  private static int hidden(Fields a) {
    return a.integer("hidden_size");
  }

  private static RNN.Nonlinearity nonlinearity(Fields a) {
    return a.has("nonlinearity")
        ? RNN.Nonlinearity.valueOf(a.text("nonlinearity").toUpperCase(Locale.ROOT))
        : RNN.Nonlinearity.TANH;
  }

  private static Recurrent.Options options(Fields a) {
    var o = Recurrent.options().numLayers(a.integer("num_layers", 1));
    o = o.projSize(a.integer("proj_size", 0));
    o = a.setFlag(o, "bias", Recurrent.Options::bias);
    o = a.setFlag(o, "batch_first", Recurrent.Options::batchFirst);
    o = a.setNumber(o, "dropout", Recurrent.Options::dropout);
    return a.setFlag(o, "bidirectional", Recurrent.Options::bidirectional);
  }

  private static Tensor rnnCell(Call c, RNN.Nonlinearity nonlinearity) {
    return F.rnnCell(
        c.input(),
        c.tensor("h"),
        c.tensor("weight_ih"),
        c.tensor("weight_hh"),
        c.optional("bias_ih"),
        c.optional("bias_hh"),
        nonlinearity);
  }

  private static Tensor gruCell(Call c) {
    return F.gruCell(
        c.input(),
        c.tensor("h"),
        c.tensor("weight_ih"),
        c.tensor("weight_hh"),
        c.optional("bias_ih"),
        c.optional("bias_hh"));
  }

  private static List<Tensor> lstmCell(Call c) {
    LSTMCell.Output next =
        F.lstmCell(
            c.input(),
            c.tensor("h"),
            c.tensor("c"),
            c.tensor("weight_ih"),
            c.tensor("weight_hh"),
            c.optional("bias_ih"),
            c.optional("bias_hh"));
    return List.of(next.h(), next.c());
  }

  private static List<Tensor> lstm(Call c) {
    List<Tensor> weights = weights(c);
    LSTM.Output y = F.lstm(c.input(), c.tensor("h0"), c.tensor("c0"), weights, options(weights));
    return List.of(y.sequence(), y.h(), y.c());
  }

  private static List<Tensor> rnn(Call c, RNN.Nonlinearity nonlinearity) {
    List<Tensor> weights = weights(c);
    RNN.Output y = F.rnn(c.input(), c.tensor("h0"), weights, nonlinearity, options(weights));
    return List.of(y.sequence(), y.h());
  }

  private static List<Tensor> gru(Call c) {
    List<Tensor> weights = weights(c);
    GRU.Output y = F.gru(c.input(), c.tensor("h0"), weights, options(weights));
    return List.of(y.sequence(), y.h());
  }

  /// Returns the weights of the one layer there is, with biases or without.
  private static List<Tensor> weights(Call c) {
    List<Tensor> weights = new ArrayList<>();
    for (String name : List.of("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")) {
      Tensor weight = c.optional(name);
      if (weight != null) {
        weights.add(weight);
      }
    }
    return weights;
  }

  private static Recurrent.Options options(List<Tensor> weights) {
    return Recurrent.options().bias(weights.size() == 4);
  }
}
