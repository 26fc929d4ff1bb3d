// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Direction;
import gradus.Shape;
import gradus.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Runs recurrent nets over sequences: layers and directions.
///
/// @param op the net's name for messages
/// @param weights those of each layer and direction, as in [Recurrent#parameters()]
record Recurrence(String op, Cell cell, List<? extends Tensor> weights, Recurrent.Options options) {
  /// Returns the sequence, then each tensor of the last states.
  ///
  /// @param initial the first states; zeros if empty
  /// @param dropout the probability with which to drop between layers
  List<Tensor> run(Tensor input, List<Tensor> initial, double dropout) {
    int count = Cell.count(options);
    if (weights.size() != options.numLayers() * directions() * count) {
      throw new IllegalArgumentException(
          "%s: %s weights given, %s layers in %s direction%s need %s each"
              .formatted(
                  op,
                  weights.size(),
                  options.numLayers(),
                  directions(),
                  directions() == 1 ? "" : "s",
                  count));
    }
    checkInput(input);
    boolean batched = input.dim() == 3;
    Tensor x = batched ? input : input.unsqueeze(1);
    x = batched && options.batchFirst() ? x.transpose(0, 1) : x;
    List<Tensor> states = states(initial, x, batched);
    List<List<Tensor>> last = new ArrayList<>();
    for (int layer = 0; layer < options.numLayers(); layer++) {
      List<Tensor> sequences = new ArrayList<>();
      for (int direction = 0; direction < directions(); direction++) {
        int index = layer * directions() + direction;
        var own = Cell.weights(weights.subList(index * count, (index + 1) * count));
        List<Tensor> state = states.stream().map(each -> each.select(0, index)).toList();
        Direction way = direction == 1 ? Direction.REVERSE : Direction.FORWARD;
        List<Tensor> all = cell.along(x, state, own, way);
        sequences.add(all.getFirst());
        last.add(all.subList(1, all.size()));
      }
      x = sequences.size() == 1 ? sequences.getFirst() : Tensor.cat(sequences, 2);
      x = dropout > 0 && layer < options.numLayers() - 1 ? F.dropout(x, dropout) : x;
    }
    List<Tensor> results = new ArrayList<>();
    results.add(!batched ? x.squeeze(1) : options.batchFirst() ? x.transpose(0, 1) : x);
    for (int i = 0; i < cell.states; i++) {
      int part = i;
      Tensor stacked = Tensor.stack(last.stream().map(state -> state.get(part)).toList(), 0);
      results.add(batched ? stacked : stacked.squeeze(1));
    }
    return results;
  }

  private int directions() {
    return options.bidirectional() ? 2 : 1;
  }

  private void checkInput(Tensor input) {
    int features = weights.getFirst().size(1);
    boolean fits = (input.dim() == 2 || input.dim() == 3) && input.size(-1) == features;
    int length = fits && input.dim() == 3 && options.batchFirst() ? 1 : 0;
    if (!fits || input.size(length) == 0) {
      throw new IllegalArgumentException(
          "%s: the input %s is neither %s nor [L, %s] with L > 0"
              .formatted(
                  op,
                  input.shape(),
                  options.batchFirst() ? "[N, L, " + features + "]" : "[L, N, " + features + "]",
                  features));
    }
  }

  /// Returns the first states as `[layers · directions, N, hidden]`.
  private List<Tensor> states(List<Tensor> given, Tensor x, boolean batched) {
    int all = options.numLayers() * directions();
    List<Tensor> states = new ArrayList<>();
    for (int i = 0; i < cell.states; i++) {
      // h is as large as what goes through the weights; c has an element for each gate.
      int size = i == 0 ? weights.get(1).size(1) : weights.get(1).size(0) / cell.gates;
      if (given.isEmpty()) {
        states.add(Tensor.zeros(x.dtype(), all, x.size(1), size));
        continue;
      }
      Tensor state = given.get(i);
      Shape expected = batched ? Shape.of(all, x.size(1), size) : Shape.of(all, size);
      if (!state.shape().equals(expected)) {
        throw new IllegalArgumentException(
            "%s: the first state %s is not %s, [layers · directions, %shidden]"
                .formatted(op, state.shape(), expected, batched ? "N, " : ""));
      }
      Check.sameType(op, "input", x, "first state", state);
      states.add(batched ? state : state.unsqueeze(1));
    }
    return states;
  }
}
