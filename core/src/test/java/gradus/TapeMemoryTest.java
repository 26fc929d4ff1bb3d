// SPDX-License-Identifier: Apache-2.0
package gradus;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a graph keeps alive: exactly the arrays that a derivative reads.
class TapeMemoryTest {
  /// Which of an op's arrays its record keeps.
  enum Keeps {
    NOTHING,
    INPUT,
    OUTPUT,
    BOTH
  }

  private static Arguments row(String name, Keeps keeps, UnaryOperator<Tensor> op) {
    return Arguments.of(name, keeps, op);
  }

  private static List<Arguments> ops() {
    Tensor c = Tensor.full(1.5, 3, 3);
    return List.of(
        row("add", Keeps.NOTHING, x -> x.add(c)),
        row("sub", Keeps.NOTHING, x -> x.sub(c)),
        row("neg", Keeps.NOTHING, Tensor::neg),
        row("mul by a constant", Keeps.NOTHING, x -> x.mul(c)),
        row("div by a constant", Keeps.NOTHING, x -> x.div(c)),
        row("matmul with a constant", Keeps.NOTHING, x -> x.matmul(c)),
        row("sum", Keeps.NOTHING, Tensor::sum),
        row("mean", Keeps.NOTHING, x -> x.mean(0)),
        row("floor", Keeps.NOTHING, Tensor::floor),
        row("cat", Keeps.NOTHING, x -> Tensor.cat(List.of(x, c), 0)),
        row("mul by itself", Keeps.INPUT, x -> x.mul(x)),
        row("log", Keeps.INPUT, Tensor::log),
        row("sin", Keeps.INPUT, Tensor::sin),
        row("gelu", Keeps.INPUT, Tensor::gelu),
        row("abs", Keeps.INPUT, Tensor::abs),
        row("sigmoid", Keeps.OUTPUT, Tensor::sigmoid),
        row("tanh", Keeps.OUTPUT, Tensor::tanh),
        row("exp", Keeps.OUTPUT, Tensor::exp),
        row("sqrt", Keeps.OUTPUT, Tensor::sqrt),
        row("relu", Keeps.OUTPUT, Tensor::relu),
        row("softmax", Keeps.OUTPUT, x -> x.softmax(1)),
        row("logSoftmax", Keeps.OUTPUT, x -> x.logSoftmax(1)),
        row("checkpoint", Keeps.INPUT, x -> Autograd.checkpoint(t -> t.exp().sin(), x)));
  }

  @ParameterizedTest(name = "{0} keeps {1}")
  @MethodSource("ops")
  void keeps(String name, Keeps keeps, UnaryOperator<Tensor> op) {
    List<WeakReference<Object>> inputAndOutput = new ArrayList<>();
    Tensor x = Tensor.full(0.5, 3, 3).requiresGrad(true);
    Tensor last = through(op, x, inputAndOutput);
    System.gc();
    boolean input = inputAndOutput.get(0).get() != null;
    boolean output = inputAndOutput.get(1).get() != null;
    assertThat(input ? output ? Keeps.BOTH : Keeps.INPUT : output ? Keeps.OUTPUT : Keeps.NOTHING)
        .as(name)
        .isEqualTo(keeps);
    last.backward();
    System.gc();
    assertThat(inputAndOutput).allSatisfy(array -> assertThat(array.get()).isNull());
    assertThat(x.grad()).isNotNull();
    assertThat(last.numel()).isEqualTo(1);
  }

  /// In a frame of its own, so that no local variable keeps what the graph doesn't.
  private static Tensor through(
      UnaryOperator<Tensor> op, Tensor x, List<WeakReference<Object>> inputAndOutput) {
    Tensor input = x.add(0.25);
    Tensor output = op.apply(input);
    inputAndOutput.add(new WeakReference<>(input.storage.array()));
    inputAndOutput.add(new WeakReference<>(output.storage.array()));
    return output.add(0).sum();
  }

  @Test
  void aHundredAdditionsKeepThreeArrays() {
    int million = 1_000_000;
    Tensor x = Tensor.zeros(million).requiresGrad(true);
    Tensor b = Tensor.ones(million);
    List<WeakReference<Object>> arrays = new ArrayList<>();
    arrays.add(new WeakReference<>(x.storage.array()));
    arrays.add(new WeakReference<>(b.storage.array()));
    Tensor y = x;
    for (int i = 0; i < 100; i++) {
      y = y.add(b);
      arrays.add(new WeakReference<>(y.storage.array()));
    }
    System.gc();
    assertThat(arrays.stream().filter(r -> r.get() != null).count()).isLessThanOrEqualTo(3);
    y.sum().backward();
    assertThat(x.grad().sum().item()).isEqualTo(million);
    assertThat(b.numel()).isEqualTo(million);
  }
}
