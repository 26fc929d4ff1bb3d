// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Shape;
import gradus.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Runs recurrent nets over sequences: layers, directions, steps.
///
/// @param op the net's name for messages
/// @param weights those of each layer and direction, as in [Recurrent#parameters()]
record Recurrence(String op, Cell cell, List<? extends Tensor> weights, Recurrent.Options options) {
  /// Returns the sequence, then each tensor of the last states.
  ///
  /// @param initial the first states; zeros if empty
  /// @param dropout the probability with which to drop between layers
  List<Tensor> run(Tensor input, List<Tensor> initial, double dropout) {
    int count = Cell.Weights.count(options);
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
        var own = Cell.Weights.of(weights.subList(index * count, (index + 1) * count));
        List<Tensor> state = states.stream().map(each -> each.select(0, index)).toList();
        Cell.Weights used = cell.addsBiases() ? own.withAddedBiases() : own;
        sequences.add(along(x, state, used, direction == 1, last));
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

  /// Returns what one layer makes of `[L, N, F]` in one direction, and adds its last state to
  /// `last`. What it takes from the input is one product for all steps.
  private Tensor along(
      Tensor x, List<Tensor> first, Cell.Weights w, boolean reverse, List<List<Tensor>> last) {
    List<Tensor> fromInput = new ArrayList<>();
    split(F.linear(x, w.input(), w.inputBias()), fromInput);
    List<Tensor> sequence = new ArrayList<>();
    List<Tensor> state = first;
    for (Tensor each : reverse ? fromInput.reversed() : fromInput) {
      Tensor fromState = F.linear(state.getFirst(), w.state(), w.stateBias());
      state = w.projected(cell.next(each, fromState, state));
      sequence.add(state.getFirst());
    }
    if (reverse) {
      Collections.reverse(sequence);
    }
    last.add(state);
    return Tensor.stack(sequence, 0);
  }

  /// Adds the rows of `x` to `rows`, cut in halves: the derivative of each cut is as large as what
  /// is cut, so that cutting row by row would cost the square of the length.
  private static void split(Tensor x, List<Tensor> rows) {
    int n = x.size(0);
    if (n == 1) {
      rows.add(x.select(0, 0));
    } else {
      split(x.narrow(0, 0, n / 2), rows);
      split(x.narrow(0, n / 2, n - n / 2), rows);
    }
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
