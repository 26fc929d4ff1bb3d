// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a recurrent net does in one step. Weights hold the gates one below the other, `[gates ·
/// hidden, …]`, in PyTorch's order.
enum Cell {
  /// `h' = tanh(Wᵢ·x + bᵢ + Wₕ·h + bₕ)`.
  RNN_TANH(1, 1) {
    @Override
    List<Tensor> next(Tensor fromInput, Tensor fromState, List<Tensor> state) {
      return List.of(fromInput.add(fromState).tanh());
    }
  },
  /// `h' = relu(Wᵢ·x + bᵢ + Wₕ·h + bₕ)`.
  RNN_RELU(1, 1) {
    @Override
    List<Tensor> next(Tensor fromInput, Tensor fromState, List<Tensor> state) {
      return List.of(fromInput.add(fromState).relu());
    }
  },
  /// Gates i, f, g, o: `c' = σ(f)·c + σ(i)·tanh(g)`, `h' = σ(o)·tanh(c')`.
  LSTM(4, 2) {
    @Override
    List<Tensor> next(Tensor fromInput, Tensor fromState, List<Tensor> state) {
      Tensor gates = fromInput.add(fromState);
      Tensor written = gate(gates, 0, 4).sigmoid().mul(gate(gates, 2, 4).tanh());
      Tensor c = gate(gates, 1, 4).sigmoid().mul(state.get(1)).add(written);
      return List.of(gate(gates, 3, 4).sigmoid().mul(c.tanh()), c);
    }
  },
  /// Gates r, z, n: `n = tanh(xₙ + σ(r)·hₙ)`, `h' = (1 − σ(z))·n + σ(z)·h`.
  GRU(3, 1) {
    @Override
    List<Tensor> next(Tensor fromInput, Tensor fromState, List<Tensor> state) {
      Tensor r = gate(fromInput, 0, 3).add(gate(fromState, 0, 3)).sigmoid();
      Tensor z = gate(fromInput, 1, 3).add(gate(fromState, 1, 3)).sigmoid();
      Tensor n = gate(fromInput, 2, 3).add(r.mul(gate(fromState, 2, 3))).tanh();
      return List.of(n.add(z.mul(state.getFirst().sub(n))));
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

  /// Returns whether the state's bias only ever adds to the input's, so that both can be added to
  /// all inputs at once.
  boolean addsBiases() {
    return this != GRU;
  }

  /// Returns the next state, h first.
  ///
  /// @param fromInput `Wᵢ·x + bᵢ`, `[N, gates · hidden]`
  /// @param fromState `Wₕ·h + bₕ`, likewise
  abstract List<Tensor> next(Tensor fromInput, Tensor fromState, List<Tensor> state);

  /// Returns the next state for one input.
  List<Tensor> next(Tensor x, List<Tensor> state, Weights w) {
    Tensor fromInput = F.linear(x, w.input(), w.inputBias());
    return next(fromInput, F.linear(state.getFirst(), w.state(), w.stateBias()), state);
  }

  private static Tensor gate(Tensor gates, int index, int count) {
    int size = gates.size(-1) / count;
    return gates.narrow(-1, index * size, size);
  }

  /// The weights of one layer in one direction: `weight_ih`, `weight_hh`, `bias_ih`, `bias_hh` and
  /// `weight_hr`, which maps h to fewer numbers.
  record Weights(
      Tensor input,
      Tensor state,
      @Nullable Tensor inputBias,
      @Nullable Tensor stateBias,
      @Nullable Tensor projection) {
    /// Weights without a projection.
    Weights(Tensor input, Tensor state, @Nullable Tensor inputBias, @Nullable Tensor stateBias) {
      this(input, state, inputBias, stateBias, null);
    }

    /// Returns a next state with its h projected.
    List<Tensor> projected(List<Tensor> state) {
      if (projection == null) {
        return state;
      }
      List<Tensor> result = new ArrayList<>(state);
      result.set(0, F.linear(state.getFirst(), projection, null));
      return result;
    }

    /// Returns the same without biases, but that of the input as their sum.
    Weights withAddedBiases() {
      return inputBias == null || stateBias == null
          ? this
          : new Weights(input, state, inputBias.add(stateBias), null, projection);
    }

    /// How many tensors there are.
    static int count(Recurrent.Options options) {
      return 2 + (options.bias() ? 2 : 0) + (options.projSize() > 0 ? 1 : 0);
    }

    /// Returns the weights of a list, of which two are there for certain; an odd number ends in a
    /// projection.
    static Weights of(List<? extends Tensor> all) {
      Tensor projection = all.size() % 2 == 1 ? all.getLast() : null;
      return all.size() >= 4
          ? new Weights(all.get(0), all.get(1), all.get(2), all.get(3), projection)
          : new Weights(all.get(0), all.get(1), null, null, projection);
    }
  }
}
