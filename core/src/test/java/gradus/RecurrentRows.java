// SPDX-License-Identifier: Apache-2.0
package gradus;

import static gradus.Catalogue.signed;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of recurrent layers.
final class RecurrentRows {
  private RecurrentRows() {}

  static void addTo(Catalogue c) {
    Class<? extends Node> node = Recurrent.Layer.class;
    for (Direction direction : Direction.values()) {
      String way = ", " + direction;
      c.row(
          node,
          "tanh" + way,
          in -> in.getFirst().rnnTanh(weights(in, 2), in.get(1), direction),
          inputs(1, 2, null));
      c.row(
          node,
          "relu" + way,
          in -> in.getFirst().rnnRelu(weights(in, 2), in.get(1), direction),
          inputs(1, 2, null));
      c.row(
          node,
          "gru" + way,
          in -> in.getFirst().gru(weights(in, 2), in.get(1), direction),
          inputs(3, 2, null));
      c.row(
          node,
          "lstm" + way,
          in -> joined(in.getFirst().lstm(weights(in, 3), in.get(1), in.get(2), direction)),
          inputs(4, 2, signed(2, 2)));
    }
    c.row(
        node,
        "lstm, the last c alone",
        in -> in.getFirst().lstm(weights(in, 3), in.get(1), in.get(2), Direction.FORWARD).c(),
        inputs(4, 2, signed(2, 2)));
    c.row(
        node,
        "lstm, projected",
        in -> joined(in.getFirst().lstm(projected(in), in.get(1), in.get(2), Direction.FORWARD)),
        signed(2, 2, 3),
        signed(2, 1),
        signed(2, 2),
        signed(8, 3),
        signed(8, 1),
        signed(1, 2));
    c.row(
        node,
        "gru, without biases, weights alone",
        in ->
            signed(2, 2, 3)
                .detach()
                .gru(
                    new RecurrentWeights(in.get(0), in.get(1), null, null),
                    signed(2, 2).detach(),
                    Direction.REVERSE),
        signed(6, 3),
        signed(6, 2));
    c.row(
        node,
        "gru, input alone, not contiguous",
        in ->
            in.getFirst()
                .transpose(0, 1)
                .gru(
                    new RecurrentWeights(signed(6, 3).detach(), signed(6, 2).detach(), null, null),
                    signed(2, 2).detach(),
                    Direction.FORWARD),
        signed(2, 3, 3));
  }

  /// A sequence of three steps for two sequences of three numbers, states of `hidden` and weights
  /// for so many gates.
  private static Tensor[] inputs(int gates, int hidden, @Nullable Tensor c) {
    int rows = gates * hidden;
    Tensor x = signed(3, 2, 3);
    Tensor h = signed(2, hidden).detach().mul(0.7).requiresGrad(true);
    Tensor ih = signed(rows, 3);
    Tensor hh = signed(rows, hidden).detach().mul(0.6).requiresGrad(true);
    Tensor bi = signed(rows);
    Tensor bh = signed(rows).detach().mul(0.3).requiresGrad(true);
    return c == null ? new Tensor[] {x, h, ih, hh, bi, bh} : new Tensor[] {x, h, c, ih, hh, bi, bh};
  }

  private static RecurrentWeights weights(List<Tensor> in, int from) {
    return new RecurrentWeights(in.get(from), in.get(from + 1), in.get(from + 2), in.get(from + 3));
  }

  private static RecurrentWeights projected(List<Tensor> in) {
    return new RecurrentWeights(in.get(3), in.get(4), null, null, in.get(5));
  }

  private static Tensor joined(LstmResult result) {
    return Tensor.cat(List.of(result.sequence().flatten(), result.c().square().flatten()), 0);
  }
}
