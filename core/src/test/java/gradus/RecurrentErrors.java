// SPDX-License-Identifier: Apache-2.0
package gradus;

import static gradus.ErrorsTest.row;
import static gradus.ErrorsTest.t;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// What recurrent layers refuse.
final class RecurrentErrors {
  private RecurrentErrors() {}

  static Stream<Arguments> rows() {
    Direction d = Direction.FORWARD;
    Tensor x = t(5, 2, 3);
    var gru = new RecurrentWeights(t(12, 3), t(12, 4), null, null);
    var rnn = new RecurrentWeights(t(4, 3), t(4, 4), null, null);
    var lstm = new RecurrentWeights(t(16, 3), t(16, 2), null, null, t(2, 4));
    return Stream.of(
        row(
            "rnnTanh: the input [5, 3] is not [L, N, features] with L > 0",
            () -> t(5, 3).rnnTanh(rnn, t(2, 4), d)),
        row(
            "rnnTanh: the input [0, 2, 3] is not [L, N, features] with L > 0",
            () -> t(0, 2, 3).rnnTanh(rnn, t(2, 4), d)),
        row(
            "rnnRelu: int64 is not floating; convert it with to(DType.FLOAT32)",
            () -> x.to(DType.INT64).rnnRelu(rnn, t(2, 4), d)),
        row(
            "rnnRelu: only an lstm projects its states; weightHr given",
            () ->
                x.rnnRelu(new RecurrentWeights(t(4, 3), t(4, 2), null, null, t(2, 4)), t(2, 2), d)),
        row(
            "gru: the weightIh is [12, 3]; the input [5, 2, 7] needs [3 · hidden, 7]",
            () -> t(5, 2, 7).gru(gru, t(2, 4), d)),
        row(
            "gru: the weightIh is [11, 3]; the input [5, 2, 3] needs [3 · hidden, 3]",
            () -> x.gru(new RecurrentWeights(t(11, 3), t(12, 4), null, null), t(2, 4), d)),
        row(
            "gru: the weightHh is [12, 3], not [12, 4]",
            () -> x.gru(new RecurrentWeights(t(12, 3), t(12, 3), null, null), t(2, 4), d)),
        row(
            "gru: the biasIh is [4], not [12]",
            () -> x.gru(new RecurrentWeights(t(12, 3), t(12, 4), t(4), null), t(2, 4), d)),
        row(
            "gru: the biasHh is [1, 12], not [12]",
            () -> x.gru(new RecurrentWeights(t(12, 3), t(12, 4), null, t(1, 12)), t(2, 4), d)),
        row("gru: the h is [4], not [2, 4]", () -> x.gru(gru, t(4), d)),
        row(
            "gru: float32 and float64: the types differ; convert one with to(DType.…)",
            () -> x.gru(gru, t(2, 4).to(DType.FLOAT64), d)),
        row("lstm: the h is [2, 4], not [2, 2]", () -> x.lstm(lstm, t(2, 4), t(2, 4), d)),
        row("lstm: the c is [2, 2], not [2, 4]", () -> x.lstm(lstm, t(2, 2), t(2, 2), d)),
        row(
            "lstm: the weightHr is [2, 3], not [2, 4]",
            () ->
                x.lstm(
                    new RecurrentWeights(t(16, 3), t(16, 2), null, null, t(2, 3)),
                    t(2, 2),
                    t(2, 4),
                    d)));
  }
}
