// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.RecurrentShape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// [Recurrent.Layer] step by step in plain tensor ops, which can be differentiated any number of
/// times.
final class RecurrentReference {
  private RecurrentReference() {}

  /// Returns what the layer returns.
  static Tensor of(
      RecurrentShape s, Tensor x, RecurrentWeights w, Tensor first, @Nullable Tensor firstC) {
    List<Tensor> inputs = new ArrayList<>();
    split(x.linear(w.weightIh(), w.biasIh()), inputs);
    List<Tensor> sequence = new ArrayList<>();
    Tensor h = first;
    Tensor c = firstC;
    Tensor projection = w.weightHr();
    for (Tensor fromInput : s.reverse() ? inputs.reversed() : inputs) {
      Tensor fromState = h.linear(w.weightHh(), w.biasHh());
      Tensor gates = fromInput.add(fromState);
      switch (s.kind()) {
        case TANH -> h = gates.tanh();
        case RELU -> h = gates.relu();
        case LSTM -> {
          Tensor written = gate(s, gates, 0).sigmoid().mul(gate(s, gates, 2).tanh());
          c = gate(s, gates, 1).sigmoid().mul(Objects.requireNonNull(c)).add(written);
          h = gate(s, gates, 3).sigmoid().mul(c.tanh());
          h = projection == null ? h : h.linear(projection, null);
        }
        case GRU -> {
          Tensor r = gate(s, gates, 0).sigmoid();
          Tensor z = gate(s, gates, 1).sigmoid();
          Tensor n = gate(s, fromInput, 2).add(r.mul(gate(s, fromState, 2))).tanh();
          h = n.add(z.mul(h.sub(n)));
        }
      }
      sequence.add(h);
    }
    if (s.reverse()) {
      Collections.reverse(sequence);
    }
    Tensor all = Tensor.stack(sequence, 0);
    if (c == null) {
      return all;
    }
    Tensor row = all.flatten();
    Tensor kept = c.flatten();
    return Tensor.cat(s.reverse() ? List.of(kept, row) : List.of(row, kept), 0);
  }

  private static Tensor gate(RecurrentShape s, Tensor gates, int index) {
    return gates.narrow(-1, index * s.hidden(), s.hidden());
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
}
