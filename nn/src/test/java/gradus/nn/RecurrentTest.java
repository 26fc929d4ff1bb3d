// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static gradus.nn.Numbers.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.Autograd;
import gradus.DType;
import gradus.Generator;
import gradus.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecurrentTest {
  private static final int LENGTH = 5;
  private static final int BATCH = 3;
  private static final int IN = 4;
  private static final int HIDDEN = 2;

  static Stream<Arguments> nets() {
    List<Recurrent.Options> settings =
        List.of(
            Recurrent.options(),
            Recurrent.options().bias(false).batchFirst(true),
            Recurrent.options().numLayers(3),
            Recurrent.options().bidirectional(true),
            Recurrent.options().numLayers(2).bidirectional(true).batchFirst(true));
    return Stream.of("tanh", "relu", "lstm", "gru")
        .flatMap(kind -> settings.stream().map(options -> Arguments.of(kind, options)));
  }

  private static Recurrent net(String kind, Recurrent.Options options) {
    Recurrent net =
        switch (kind) {
          case "tanh" -> new RNN(IN, HIDDEN, options);
          case "relu" -> new RNN(IN, HIDDEN, RNN.Nonlinearity.RELU, options);
          case "lstm" -> new LSTM(IN, HIDDEN, options);
          default -> new GRU(IN, HIDDEN, options);
        };
    net.to(DType.FLOAT64);
    return net;
  }

  /// Returns the sequence and the states.
  private static List<Tensor> run(Recurrent net, Tensor x, Tensor... states) {
    return switch (net) {
      case RNN rnn -> {
        RNN.Output y = states.length == 0 ? rnn.apply(x) : rnn.apply(x, states[0]);
        yield List.of(y.sequence(), y.h());
      }
      case GRU gru -> {
        GRU.Output y = states.length == 0 ? gru.apply(x) : gru.apply(x, states[0]);
        yield List.of(y.sequence(), y.h());
      }
      case LSTM lstm -> {
        LSTM.Output y = states.length == 0 ? lstm.apply(x) : lstm.apply(x, states[0], states[1]);
        yield List.of(y.sequence(), y.h(), y.c());
      }
    };
  }

  private static double[][][] array(Tensor t) {
    var out = new double[t.size(0)][t.size(1)][t.size(2)];
    for (int i = 0; i < t.size(0); i++) {
      for (int j = 0; j < t.size(1); j++) {
        out[i][j] = t.select(0, i).select(0, j).toDoubleArray();
      }
    }
    return out;
  }

  private static double[] flat(double[][][] array) {
    return Arrays.stream(array).flatMap(Arrays::stream).flatMapToDouble(Arrays::stream).toArray();
  }

  private static Tensor randn(int... shape) {
    return Tensor.randn(shape).to(DType.FLOAT64);
  }

  @ParameterizedTest
  @MethodSource("nets")
  void followPyTorchsEquations(String kind, Recurrent.Options options) {
    try (var _ = Generator.scope(1)) {
      Recurrent net = net(kind, options);
      int directions = options.bidirectional() ? 2 : 1;
      int all = options.numLayers() * directions;
      Tensor x = randn(LENGTH, BATCH, IN);
      Tensor given = options.batchFirst() ? x.transpose(0, 1) : x;
      var plain = new PlainRecurrence(kind, net.stateDict(), HIDDEN);
      for (boolean first : new boolean[] {false, true}) {
        Tensor[] states = {randn(all, BATCH, HIDDEN), randn(all, BATCH, HIDDEN)};
        Tensor zeros = Tensor.zerosLike(states[0]);
        var expected =
            plain.run(
                array(x),
                array(first ? states[0] : zeros),
                array(first ? states[1] : zeros),
                options.numLayers(),
                directions);
        List<Tensor> found = first ? run(net, given, states) : run(net, given);
        Tensor sequence = found.getFirst();
        assertClose(
            options.batchFirst() ? sequence.transpose(0, 1) : sequence, flat(expected.sequence()));
        assertThat(found.get(1).shape().toArray()).containsExactly(all, BATCH, HIDDEN);
        assertClose(found.get(1), flat(expected.h()));
        if (found.size() == 3) {
          assertClose(found.get(2), flat(expected.c()));
        }
      }
    }
  }

  /// A single sequence is a batch of one without its dimension.
  @ParameterizedTest
  @MethodSource("nets")
  void takeASingleSequence(String kind, Recurrent.Options options) {
    try (var _ = Generator.scope(2)) {
      Recurrent net = net(kind, options);
      int all = options.numLayers() * (options.bidirectional() ? 2 : 1);
      Tensor x = randn(LENGTH, IN);
      Tensor[] states = {randn(all, HIDDEN), randn(all, HIDDEN)};
      Tensor[] batched = {states[0].unsqueeze(1), states[1].unsqueeze(1)};
      List<Tensor> one = run(net, x, states);
      List<Tensor> batch = run(net, x.unsqueeze(options.batchFirst() ? 0 : 1), batched);
      for (int i = 0; i < one.size(); i++) {
        assertThat(one.get(i).dim()).isEqualTo(2);
        assertClose(one.get(i), batch.get(i).toDoubleArray());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("nets")
  void areDifferentiableTwice(String kind, Recurrent.Options options) {
    try (var _ = Generator.scope(3)) {
      int all = options.numLayers() * (options.bidirectional() ? 2 : 1);
      List<Tensor> inputs = new ArrayList<>();
      inputs.add(randn(2, 2, IN).requiresGrad(true));
      inputs.add(randn(all, 2, HIDDEN).requiresGrad(true));
      inputs.add(randn(all, 2, HIDDEN).requiresGrad(true));
      net(kind, options)
          .parameters()
          .forEach(p -> inputs.add(p.detach().copy().requiresGrad(true)));
      Autograd.gradgradcheck(
          in ->
              functional(kind, in.get(0), in.get(1), in.get(2), in.subList(3, in.size()), options),
          inputs.toArray(Tensor[]::new));
    }
  }

  /// Returns a number that depends on all results, each element with a weight of its own.
  private static Tensor functional(
      String kind, Tensor x, Tensor h, Tensor c, List<Tensor> weights, Recurrent.Options options) {
    List<Tensor> results =
        switch (kind) {
          case "lstm" -> {
            LSTM.Output y = F.lstm(x, h, c, weights, options);
            yield List.of(y.sequence(), y.h(), y.c());
          }
          case "gru" -> {
            GRU.Output y = F.gru(x, h, weights, options);
            yield List.of(y.sequence(), y.h(), c);
          }
          default -> {
            var nonlinearity = kind.equals("relu") ? RNN.Nonlinearity.RELU : RNN.Nonlinearity.TANH;
            RNN.Output y = F.rnn(x, h, weights, nonlinearity, options);
            yield List.of(y.sequence(), y.h(), c);
          }
        };
    Tensor sum = Tensor.scalar(0, DType.FLOAT64);
    for (Tensor each : results) {
      Tensor scale = Tensor.arange(each.numel()).add(1).to(DType.FLOAT64);
      sum = sum.add(each.flatten().mul(scale).sum());
    }
    return sum;
  }

  @Test
  void cellsAreOneStepOfTheNets() {
    try (var _ = Generator.scope(4)) {
      Tensor x = randn(1, BATCH, IN);
      Tensor h = randn(1, BATCH, HIDDEN);
      Tensor c = randn(1, BATCH, HIDDEN);
      var lstm = net("lstm", Recurrent.options());
      var lstmCell = new LSTMCell(IN, HIDDEN);
      same(lstmCell, lstm);
      LSTMCell.Output next = lstmCell.apply(x.select(0, 0), h.select(0, 0), c.select(0, 0));
      assertClose(next.h(), run(lstm, x, h, c).get(1).toDoubleArray());
      assertClose(next.c(), run(lstm, x, h, c).get(2).toDoubleArray());
      assertClose(lstmCell.apply(x.select(0, 0)).c(), run(lstm, x).get(2).toDoubleArray());
      var gru = net("gru", Recurrent.options());
      var gruCell = new GRUCell(IN, HIDDEN);
      same(gruCell, gru);
      assertClose(
          gruCell.apply(x.select(0, 0), h.select(0, 0)), run(gru, x, h).get(1).toDoubleArray());
      assertClose(gruCell.apply(x.select(0, 0)), run(gru, x).get(1).toDoubleArray());
      var rnn = net("relu", Recurrent.options());
      var rnnCell = new RNNCell(IN, HIDDEN, RNN.Nonlinearity.RELU);
      same(rnnCell, rnn);
      assertClose(
          rnnCell.apply(x.select(0, 0), h.select(0, 0)), run(rnn, x, h).get(1).toDoubleArray());
      Tensor single = rnnCell.apply(x.select(0, 0).select(0, 1));
      assertThat(single.shape().toArray()).containsExactly(HIDDEN);
      assertClose(single, run(rnn, x).get(1).select(0, 0).select(0, 1).toDoubleArray());
    }
  }

  /// Gives a cell the weights of a net of one layer.
  private static void same(RecurrentCell cell, Recurrent net) {
    cell.to(DType.FLOAT64);
    var weights = new LinkedHashMap<String, Tensor>();
    net.stateDict().forEach((name, value) -> weights.put(name.replace("_l0", ""), value));
    cell.loadStateDict(weights);
  }

  @Test
  void namesArePyTorchs() {
    var net = new LSTM(3, 2, LSTM.options().numLayers(2).bidirectional(true));
    assertThat(net.stateDict().keySet())
        .containsExactly(
            "weight_ih_l0",
            "weight_hh_l0",
            "bias_ih_l0",
            "bias_hh_l0",
            "weight_ih_l0_reverse",
            "weight_hh_l0_reverse",
            "bias_ih_l0_reverse",
            "bias_hh_l0_reverse",
            "weight_ih_l1",
            "weight_hh_l1",
            "bias_ih_l1",
            "bias_hh_l1",
            "weight_ih_l1_reverse",
            "weight_hh_l1_reverse",
            "bias_ih_l1_reverse",
            "bias_hh_l1_reverse");
    assertThat(net.stateDict().get("weight_ih_l1").shape().toArray()).containsExactly(8, 4);
    assertThat(new GRUCell(3, 2).stateDict().keySet())
        .containsExactly("weight_ih", "weight_hh", "bias_ih", "bias_hh");
    assertThat(RNNCell.withoutBias(3, 2, RNN.Nonlinearity.TANH).stateDict().keySet())
        .containsExactly("weight_ih", "weight_hh");
  }

  @Test
  void printAsInPyTorch() {
    assertThat(new LSTM(3, 2)).hasToString("LSTM(3, 2)");
    assertThat(
            new GRU(
                3,
                2,
                GRU.options()
                    .numLayers(2)
                    .bias(false)
                    .batchFirst(true)
                    .dropout(0.1)
                    .bidirectional(true)))
        .hasToString(
            "GRU(3, 2, num_layers=2, bias=False, batch_first=True, dropout=0.1,"
                + " bidirectional=True)");
    assertThat(new RNNCell(3, 2, RNN.Nonlinearity.RELU))
        .hasToString("RNNCell(3, 2, nonlinearity=relu)");
    assertThat(LSTMCell.withoutBias(3, 2)).hasToString("LSTMCell(3, 2, bias=False)");
    assertThat(GRUCell.withoutBias(3, 2)).hasToString("GRUCell(3, 2, bias=False)");
  }

  @Test
  void dropoutActsBetweenLayersInTraining() {
    try (var _ = Generator.scope(6)) {
      Tensor x = Tensor.randn(4, 8, 3);
      var net = new GRU(3, 5, GRU.options().numLayers(2).dropout(0.5));
      Tensor first = net.apply(x).sequence();
      assertThat(net.apply(x).sequence().eq(first).all().item()).isZero();
      net.eval();
      Tensor second = net.apply(x).sequence();
      assertThat(net.apply(x).sequence().toFloatArray()).isEqualTo(second.toFloatArray());
      var single = new GRU(3, 5, GRU.options().dropout(0.5));
      assertThat(single.apply(x).h().toFloatArray()).isEqualTo(single.apply(x).h().toFloatArray());
    }
  }

  @Test
  void hooksSeeTheInputsAsAList() {
    var net = new GRU(3, 2);
    var seen = new ArrayList<Integer>();
    net.registerForwardPreHook(
        (_, in) -> {
          seen.add(((List<?>) in).size());
          return null;
        });
    net.apply(Tensor.ones(2, 1, 3));
    net.apply(Tensor.ones(2, 1, 3), Tensor.zeros(1, 1, 2));
    assertThat(seen).containsExactly(1, 2);
  }

  @Test
  void errors() {
    var net = new LSTM(3, 2);
    assertThatThrownBy(() -> net.apply(Tensor.ones(2, 1, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("LSTM: the input [2, 1, 4] is neither [L, N, 3] nor [L, 3] with L > 0");
    assertThatThrownBy(() -> net.apply(Tensor.ones(0, 1, 3))).hasMessageContaining("[0, 1, 3]");
    assertThatThrownBy(
            () -> new GRU(3, 2, GRU.options().batchFirst(true)).apply(Tensor.ones(2, 0, 3)))
        .hasMessage("GRU: the input [2, 0, 3] is neither [N, L, 3] nor [L, 3] with L > 0");
    assertThatThrownBy(
            () -> net.apply(Tensor.ones(2, 5, 3), Tensor.zeros(1, 4, 2), Tensor.zeros(1, 5, 2)))
        .hasMessage(
            "LSTM: the first state [1, 4, 2] is not [1, 5, 2], [layers · directions, N, hidden]");
    assertThatThrownBy(
            () -> net.apply(Tensor.ones(2, 3), Tensor.zeros(1, 1, 2), Tensor.zeros(1, 1, 2)))
        .hasMessage("LSTM: the first state [1, 1, 2] is not [1, 2], [layers · directions, hidden]");
    assertThatThrownBy(
            () -> new RNN(3, 2).apply(Tensor.ones(2, 5, 3), Tensor.zeros(DType.FLOAT64, 1, 5, 2)))
        .hasMessageStartingWith("RNN: the input is float32 but the first state is float64");
    assertThatThrownBy(
            () ->
                F.gru(
                    Tensor.ones(2, 1, 3),
                    Tensor.zeros(1, 1, 2),
                    List.of(Tensor.ones(6, 3), Tensor.ones(6, 2)),
                    GRU.options()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gru: 2 weights given, 1 layers in 1 direction need 4 each");
    assertThatThrownBy(() -> new GRUCell(3, 2).apply(Tensor.ones(2, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("GRUCell: the input [2, 4] is neither [N, 3] nor [3]");
    assertThatThrownBy(() -> new GRUCell(3, 2).apply(Tensor.ones(2, 3), Tensor.ones(1, 2)))
        .hasMessage(
            "GRUCell: the state [1, 2] does not fit the input [2, 3]: neither [N, 2] nor [2]");
    assertThatThrownBy(() -> new LSTM(0, 2)).hasMessage("LSTM: inputSize: 0 is not positive");
    assertThatThrownBy(() -> new LSTMCell(2, 0))
        .hasMessage("LSTMCell: hiddenSize: 0 is not positive");
    assertThatThrownBy(() -> LSTM.options().numLayers(0))
        .hasMessage("Recurrent: numLayers: 0 is not positive");
    assertThatThrownBy(() -> LSTM.options().dropout(2))
        .hasMessage("Recurrent: dropout: 2.0 is not in [0, 1]");
  }
}
