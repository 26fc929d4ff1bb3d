// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Direction;
import gradus.LstmResult;
import gradus.RecurrentWeights;
import gradus.Tensor;
import java.util.List;

/// What a recurrent net does in one step. Weights hold the gates one below the other, `[gates ·
/// hidden, …]`, in PyTorch's order.
enum Cell {
  /// `h' = tanh(Wᵢ·x + bᵢ + Wₕ·h + bₕ)`.
  RNN_TANH(1, 1) {
    @Override
    List<Tensor> along(Tensor x, List<Tensor> state, RecurrentWeights w, Direction direction) {
      return withLast(x.rnnTanh(w, state.getFirst(), direction), direction);
    }
  },
  /// `h' = relu(Wᵢ·x + bᵢ + Wₕ·h + bₕ)`.
  RNN_RELU(1, 1) {
    @Override
    List<Tensor> along(Tensor x, List<Tensor> state, RecurrentWeights w, Direction direction) {
      return withLast(x.rnnRelu(w, state.getFirst(), direction), direction);
    }
  },
  /// Gates i, f, g, o: `c' = σ(f)·c + σ(i)·tanh(g)`, `h' = σ(o)·tanh(c')`.
  LSTM(4, 2) {
    @Override
    List<Tensor> along(Tensor x, List<Tensor> state, RecurrentWeights w, Direction direction) {
      LstmResult all = x.lstm(w, state.get(0), state.get(1), direction);
      return List.of(all.sequence(), last(all.sequence(), direction), all.c());
    }
  },
  /// Gates r, z, n: `n = tanh(xₙ + σ(r)·hₙ)`, `h' = (1 − σ(z))·n + σ(z)·h`.
  GRU(3, 1) {
    @Override
    List<Tensor> along(Tensor x, List<Tensor> state, RecurrentWeights w, Direction direction) {
      return withLast(x.gru(w, state.getFirst(), direction), direction);
    }
  };

  /// How many gates the weights hold.
  final int gates;

  /// How many tensors the state is: h, or h and c.
  final int states;

  Cell(int gates, int states) {
    this.gates = gates;
    this.states = states;
  }

  /// Returns h after each step of a sequence `[L, N, features]`, then the last state, h first.
  abstract List<Tensor> along(
      Tensor x, List<Tensor> state, RecurrentWeights w, Direction direction);

  /// Returns the state after one input `[N, features]` or `[features]`, h first.
  List<Tensor> next(Tensor x, List<Tensor> state, RecurrentWeights w) {
    boolean batched = x.dim() == 2;
    Tensor rows = batched ? x : x.unsqueeze(0);
    List<Tensor> before = batched ? state : state.stream().map(t -> t.unsqueeze(0)).toList();
    List<Tensor> all = along(rows.unsqueeze(0), before, w, Direction.FORWARD);
    List<Tensor> after = all.subList(1, all.size());
    return batched ? after : after.stream().map(t -> t.squeeze(0)).toList();
  }

  private static List<Tensor> withLast(Tensor sequence, Direction direction) {
    return List.of(sequence, last(sequence, direction));
  }

  private static Tensor last(Tensor sequence, Direction direction) {
    return sequence.select(0, direction == Direction.REVERSE ? 0 : -1);
  }

  /// Returns how many weights a layer has in one direction.
  static int count(Recurrent.Options options) {
    return 2 + (options.bias() ? 2 : 0) + (options.projSize() > 0 ? 1 : 0);
  }

  /// Returns the weights of a list, of which two are there for certain; an odd number ends in a
  /// projection.
  static RecurrentWeights weights(List<? extends Tensor> all) {
    Tensor projection = all.size() % 2 == 1 ? all.getLast() : null;
    return all.size() >= 4
        ? new RecurrentWeights(all.get(0), all.get(1), all.get(2), all.get(3), projection)
        : new RecurrentWeights(all.get(0), all.get(1), null, null, projection);
  }
}
