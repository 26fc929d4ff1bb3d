// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import static gradus.testing.OpChecks.check;

import gradus.DType;
import gradus.Direction;
import gradus.Generator;
import gradus.LstmResult;
import gradus.RecurrentWeights;
import gradus.Tensor;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;

/// Recurrent layers, with biases and without, in both directions.
class RecurrentDerivativesTest {
  /// A layer's sizes; h is projected to `projected` numbers unless that is 0.
  record Sizes(
      int steps,
      int batch,
      int features,
      int hidden,
      int projected,
      boolean biases,
      Direction direction) {
    int size() {
      return projected == 0 ? hidden : projected;
    }

    /// Input, first states and weights for so many gates.
    List<Tensor> inputs(int gates) {
      var noise = new Generator(steps + 10L * batch + 100L * features + 1000L * hidden);
      List<Tensor> in = new ArrayList<>();
      in.add(normal(noise, steps, batch, features));
      in.add(normal(noise, batch, size()));
      in.add(normal(noise, batch, hidden));
      in.add(normal(noise, gates * hidden, features));
      in.add(normal(noise, gates * hidden, size()));
      if (projected > 0) {
        in.add(normal(noise, projected, hidden));
      }
      if (biases) {
        in.add(normal(noise, gates * hidden));
        in.add(normal(noise, gates * hidden));
      }
      return in;
    }

    private static Tensor normal(Generator noise, int... shape) {
      return noise.normal(0, 0.7, shape).to(DType.FLOAT64);
    }

    RecurrentWeights weights(List<Tensor> in) {
      Tensor projection = projected > 0 ? in.get(5) : null;
      int from = projected > 0 ? 6 : 5;
      return biases
          ? new RecurrentWeights(in.get(3), in.get(4), in.get(from), in.get(from + 1), projection)
          : new RecurrentWeights(in.get(3), in.get(4), null, null, projection);
    }
  }

  @OpProperty({
    "rnnTanh(RecurrentWeights, Tensor, Direction)",
    "rnnRelu(RecurrentWeights, Tensor, Direction)"
  })
  void rnn(@ForAll("plain") Sizes s) {
    check(in -> in.getFirst().rnnTanh(s.weights(in), in.get(1), s.direction()), s.inputs(1));
    check(in -> in.getFirst().rnnRelu(s.weights(in), in.get(1), s.direction()), s.inputs(1));
  }

  @OpProperty("gru(RecurrentWeights, Tensor, Direction)")
  void gru(@ForAll("plain") Sizes s) {
    check(in -> in.getFirst().gru(s.weights(in), in.get(1), s.direction()), s.inputs(3));
  }

  @OpProperty("lstm(RecurrentWeights, Tensor, Tensor, Direction)")
  void lstm(@ForAll("projected") Sizes s) {
    check(
        in -> {
          LstmResult y = in.getFirst().lstm(s.weights(in), in.get(1), in.get(2), s.direction());
          return Tensor.cat(List.of(y.sequence().flatten(), y.c().flatten()), 0);
        },
        s.inputs(4));
  }

  @Provide
  Arbitrary<Sizes> plain() {
    return sizes(Arbitraries.just(0));
  }

  @Provide
  Arbitrary<Sizes> projected() {
    return sizes(Arbitraries.integers().between(0, 2));
  }

  private static Arbitrary<Sizes> sizes(Arbitrary<Integer> projected) {
    Arbitrary<Integer> few = Arbitraries.integers().between(1, 2);
    return Combinators.combine(
            Arbitraries.integers().between(1, 3),
            few,
            few,
            few,
            projected,
            Arbitraries.of(false, true),
            Arbitraries.of(Direction.class))
        .as(Sizes::new);
  }
}
