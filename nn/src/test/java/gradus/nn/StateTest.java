// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class StateTest {
  private static Sequential net() {
    return new Sequential(new Linear(3, 2), new ReLU(), new BatchNorm1d(2));
  }

  @Test
  void namesAndOrderArePyTorchs() {
    assertThat(net().stateDict().keySet())
        .containsExactly(
            "0.weight",
            "0.bias",
            "2.weight",
            "2.bias",
            "2.running_mean",
            "2.running_var",
            "2.num_batches_tracked");
    assertThat(net().namedParameters().keySet())
        .containsExactly("0.weight", "0.bias", "2.weight", "2.bias");
    assertThat(net().namedBuffers().keySet())
        .containsExactly("2.running_mean", "2.running_var", "2.num_batches_tracked");
    assertThat(net().numParameters()).isEqualTo(12);
  }

  @Test
  void namedLayers() {
    var layers = new LinkedHashMap<String, Layer>();
    layers.put("stem", new Linear(2, 4));
    layers.put("head", new Sequential(new Tanh(), Linear.withoutBias(4, 1)));
    assertThat(new Sequential(layers).stateDict().keySet())
        .containsExactly("stem.weight", "stem.bias", "head.1.weight");
  }

  @Test
  void isASnapshot() {
    var fc = new Linear(1, 1);
    SequencedMap<String, Tensor> state = fc.stateDict();
    float before = state.get("bias").toFloatArray()[0];
    Init.constant(7).fill(fc.bias());
    assertThat(state.get("bias").toFloatArray()).containsExactly(before);
    assertThat(state.get("bias").requiresGrad()).isFalse();
    assertThatThrownBy(state::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void loadCopiesEverything() {
    var from = net();
    var to = net();
    from.apply(Tensor.randn(4, 3));
    to.loadStateDict(from.stateDict());
    to.stateDict()
        .forEach(
            (name, tensor) ->
                assertThat(tensor.toDoubleArray())
                    .as(name)
                    .containsExactly(from.stateDict().get(name).toDoubleArray()));
    assertThat(to.stateDict().get("2.num_batches_tracked").item()).isEqualTo(1);
    assertThat(to.parameters()).allMatch(p -> p.requiresGrad() && p.isLeaf());
  }

  @Test
  void reportsAllProblemsAtOnceAndChangesNothing() {
    var net = net();
    var before = net.stateDict();
    var state = new LinkedHashMap<String, Tensor>();
    before.forEach((name, tensor) -> state.put(name, Tensor.onesLike(tensor)));
    state.remove("2.running_var");
    state.remove("0.bias");
    state.put("1.weight", Tensor.ones(1));
    state.put("0.weight", Tensor.ones(3, 2));
    state.put("2.bias", Tensor.float64(new double[] {1, 2}));
    assertThatThrownBy(() -> net.loadStateDict(state))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "loadStateDict: the state does not fit this Sequential:"
                + " missing 0.bias, 2.running_var;"
                + " unexpected 1.weight;"
                + " 0.weight is float32 [2, 3] here but float32 [3, 2] in the state;"
                + " 2.bias is float32 [2] here but float64 [2] in the state");
    net.stateDict()
        .forEach(
            (name, tensor) ->
                assertThat(tensor.toDoubleArray()).isEqualTo(before.get(name).toDoubleArray()));
  }

  @Test
  void loadMatchingTakesWhatFits() {
    var net = net();
    var state = new LinkedHashMap<String, Tensor>();
    state.put("extra", Tensor.ones(1));
    state.put("0.bias", Tensor.of(5, 6));
    assertThat(net.loadMatching(state))
        .isEqualTo(
            new IncompatibleKeys(
                net.stateDict().keySet().stream().filter(name -> !name.equals("0.bias")).toList(),
                List.of("extra")));
    assertThat(net.stateDict().get("0.bias").toFloatArray()).containsExactly(5, 6);
    assertThat(net.loadMatching(net.stateDict()).isEmpty()).isTrue();
  }

  @Test
  void loadMatchingStillRefusesAnotherShape() {
    var net = net();
    var state = new LinkedHashMap<String, Tensor>();
    state.put("0.bias", Tensor.of(5, 6));
    state.put("0.weight", Tensor.ones(2, 2));
    assertThatThrownBy(() -> net.loadMatching(state))
        .hasMessage(
            "loadMatching: the state does not fit this Sequential:"
                + " 0.weight is float32 [2, 3] here but float32 [2, 2] in the state");
    assertThat(net.stateDict().get("0.bias").toFloatArray()).isNotEqualTo(new float[] {5, 6});
  }
}
