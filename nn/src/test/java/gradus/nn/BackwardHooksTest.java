// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.Autograd;
import gradus.Grad;
import gradus.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackwardHooksTest {
  private final List<String> seen = new ArrayList<>();

  /// Notes the gradients: `in [2.0] out [1.0]`.
  private final BackwardHook note =
      (_, gradInput, gradOutput) -> {
        seen.add("in " + texts(gradInput) + " out " + texts(gradOutput));
        return null;
      };

  private static List<String> texts(List<Tensor> grads) {
    return grads.stream()
        .map(grad -> grad == null ? "none" : Arrays.toString(grad.toFloatArray()))
        .toList();
  }

  @Test
  void seeTheGradientsOfInputAndOutput() {
    var layer = new LeakyReLU(0.5);
    Tensor x = Tensor.of(-1, 2).requiresGrad(true);
    try (var _ = layer.registerFullBackwardHook(note)) {
      layer.apply(x).mul(Tensor.of(3, 4)).sum().backward();
    }
    assertThat(seen).containsExactly("in [[1.5, 4.0]] out [[3.0, 4.0]]");
    assertThat(x.grad().toFloatArray()).containsExactly(1.5f, 4);
    layer.apply(x).sum().backward();
    assertThat(seen).hasSize(1);
  }

  /// What other users of the same tensors add is not the module's.
  @Test
  void seeOnlyWhatPassesThroughTheModule() {
    var layer = new LeakyReLU(0.5);
    layer.registerFullBackwardHook(note);
    Tensor x = Tensor.of(-1).requiresGrad(true);
    layer.apply(x).add(x.mul(10)).sum().backward();
    assertThat(seen).containsExactly("in [[0.5]] out [[1.0]]");
    assertThat(x.grad().toFloatArray()).containsExactly(10.5f);
  }

  @Test
  void runForEveryForwardAndEveryPass() {
    var layer = new LeakyReLU(0.5);
    layer.registerFullBackwardHook(note);
    Tensor x = Tensor.of(-1).requiresGrad(true);
    Tensor y = layer.apply(layer.apply(x)).sum();
    y.backward(Autograd.options().retainGraph(true));
    assertThat(seen).containsExactly("in [[0.5]] out [[1.0]]", "in [[0.25]] out [[0.5]]");
    y.backward();
    assertThat(seen).hasSize(4);
    assertThat(seen.subList(2, 4)).isEqualTo(seen.subList(0, 2));
  }

  @Test
  void runWithoutGradientOfTheInput() {
    var layer = Linear.withoutBias(1, 1);
    Init.constant(3).fill(layer.weight());
    layer.registerFullBackwardHook(note);
    layer.apply(Tensor.of(new double[] {2}, 1, 1)).sum().backward();
    assertThat(seen).containsExactly("in [none] out [[1.0]]");
  }

  @Test
  void restWhereNothingIsRecorded() {
    var layer = new ReLU();
    layer.registerFullBackwardHook(note);
    Tensor x = Tensor.of(1).requiresGrad(true);
    try (var _ = Grad.off()) {
      assertThat(layer.apply(x).requiresGrad()).isFalse();
    }
    assertThat(layer.apply(Tensor.of(1)).requiresGrad()).isFalse();
    assertThat(seen).isEmpty();
  }

  @Test
  void replaceTheGradientOfTheInput() {
    var layer = new LeakyReLU(0.5);
    layer.registerFullBackwardHook((_, in, _) -> List.of(in.getFirst().mul(10)));
    layer.registerFullBackwardHook(note);
    Tensor x = Tensor.of(-1).requiresGrad(true);
    layer.apply(x).sum().backward();
    assertThat(seen).containsExactly("in [[5.0]] out [[1.0]]");
    assertThat(x.grad().toFloatArray()).containsExactly(5);
  }

  @Test
  void waitForAllInputs() {
    var loss = new MSELoss();
    loss.registerFullBackwardHook(note);
    Tensor x = Tensor.of(3).requiresGrad(true);
    Tensor y = Tensor.of(1).requiresGrad(true);
    loss.apply(x, y.mul(1)).backward();
    assertThat(seen).containsExactly("in [[4.0], [-4.0]] out [[1.0]]");
    assertThat(y.grad().item()).isEqualTo(-4);
    seen.clear();
    loss.apply(x, Tensor.of(1)).backward();
    assertThat(seen).containsExactly("in [[4.0], none] out [[1.0]]");
    loss.registerFullBackwardHook((_, in, _) -> in);
    assertThatThrownBy(() -> loss.apply(x, y).backward())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "gradus.nn.MSELoss: a backward hook returned 2 gradients, but 2 of 2 inputs ask for"
                + " one; only that of a single input can be replaced");
  }

  @Test
  void seeEachOutputOfARecord() {
    var lstm = new LSTM(1, 1);
    lstm.registerFullBackwardHook(note);
    Tensor x = Tensor.ones(2, 1, 1).requiresGrad(true);
    LSTM.Output y = lstm.apply(x);
    y.sequence().sum().add(y.c().mul(2).sum()).backward();
    assertThat(seen).singleElement().asString().contains("out [[1.0, 1.0], none, [2.0]]");
    assertThat(x.grad()).isNotNull();
  }

  @Test
  void changeNoGradientByLooking() {
    var net = new Sequential(new Linear(3, 4), new Tanh(), new Linear(4, 2));
    Tensor x = Tensor.randn(5, 3);
    net.apply(x).square().sum().backward();
    List<float[]> plain = net.parameters().stream().map(p -> p.grad().toFloatArray()).toList();
    net.zeroGrad();
    net.modules().forEach(module -> module.registerFullBackwardHook(note));
    net.apply(x).square().sum().backward();
    assertThat(seen).hasSize(4);
    for (int i = 0; i < plain.size(); i++) {
      assertThat(net.parameters().get(i).grad().toFloatArray()).isEqualTo(plain.get(i));
    }
  }
}
