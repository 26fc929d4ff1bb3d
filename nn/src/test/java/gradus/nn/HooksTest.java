// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.RemovableHandle;
import gradus.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HooksTest {
  private final Tensor x = Tensor.of(1, 2);

  @Test
  void runAroundTheForwardInOrder() {
    var layer = new Identity();
    var seen = new ArrayList<String>();
    try (var _ = layer.registerForwardHook((_, in, out) -> note(seen, "after " + in.equals(out)));
        var _ = layer.registerForwardPreHook((module, _) -> note(seen, "1 " + module));
        var _ = layer.registerForwardPreHook((_, in) -> note(seen, "2 " + in.equals(x)))) {
      layer.apply(x);
    }
    assertThat(seen).containsExactly("1 Identity()", "2 true", "after true");
    layer.apply(x);
    assertThat(seen).hasSize(3);
  }

  private static Object note(List<String> seen, String text) {
    seen.add(text);
    return null;
  }

  @Test
  void replaceInputAndOutput() {
    var layer = new Identity();
    layer.registerForwardPreHook((_, in) -> ((Tensor) in).mul(10));
    layer.registerForwardHook((_, in, out) -> ((Tensor) out).add((Tensor) in));
    layer.registerForwardHook((_, _, out) -> ((Tensor) out).add(1));
    assertThat(layer.apply(x).toFloatArray()).containsExactly(21, 41);
  }

  @Test
  void aHookMayRemoveItself() {
    var layer = new Identity();
    var handles = new ArrayList<RemovableHandle>();
    var calls = new ArrayList<String>();
    handles.add(
        layer.registerForwardPreHook(
            (_, _) -> {
              handles.getFirst().close();
              return note(calls, "once");
            }));
    ForwardPreHook twice = (_, _) -> note(calls, "each");
    layer.registerForwardPreHook(twice);
    layer.registerForwardPreHook(twice).close();
    layer.apply(x);
    layer.apply(x);
    handles.getFirst().close();
    assertThat(calls).containsExactly("once", "each", "each");
  }

  @Test
  void severalInputsAreAList() {
    var loss = new MSELoss();
    loss.registerForwardPreHook(
        (_, in) -> in instanceof List<?> two ? List.of(two.get(1), two.get(1)) : null);
    assertThat(loss.apply(Tensor.of(1), Tensor.of(3)).item()).isZero();
  }

  /// A part's hooks run wherever it is, once for each of its forwards.
  @Test
  void ofPartsRunInsideTheWhole() {
    var shared = new Identity();
    var net = new Sequential(shared, new Sequential(shared), new Flatten());
    var seen = new ArrayList<String>();
    net.modules()
        .forEach(
            part -> {
              String name = part.getClass().getSimpleName();
              part.registerForwardPreHook((_, _) -> note(seen, name));
              part.registerForwardHook((_, _, _) -> note(seen, "/" + name));
            });
    net.apply(Tensor.ones(1, 2));
    assertThat(String.join(" ", seen))
        .isEqualTo(
            "Sequential Identity /Identity Sequential Identity /Identity /Sequential"
                + " Flatten /Flatten /Sequential");
  }

  @Test
  void refuseAnotherType() {
    var layer = new Identity();
    try (var _ = layer.registerForwardPreHook((_, in) -> List.of(in))) {
      assertThatThrownBy(() -> layer.apply(x))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("gradus.nn.Identity: a hook replaced the input, a Tensor, by a List");
    }
    try (var _ = layer.registerForwardHook((_, _, _) -> "text")) {
      assertThatThrownBy(() -> layer.apply(x))
          .hasMessage("gradus.nn.Identity: a hook replaced the output, a Tensor, by a String");
    }
  }

  static class Broken extends Layer {
    @Override
    protected Tensor forward(Tensor x) {
      return null;
    }
  }

  @Test
  void nullOutputIsAnError() {
    assertThatThrownBy(() -> new Broken().apply(x))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("Broken: forward returned null");
    assertThatThrownBy(() -> new Sequential(new ReLU(), _ -> null).apply(x))
        .hasMessage("Sequential: layer 1 returned null");
    assertThatThrownBy(() -> new Sequential(new ReLU(), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Sequential: layer 1 is null");
  }
}
