// SPDX-License-Identifier: Apache-2.0
package gradus.elsewhere;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.Generator;
import gradus.Grad;
import gradus.Tensor;
import gradus.nn.Identity;
import gradus.nn.Layer;
import gradus.nn.Linear;
import gradus.nn.ReLU;
import gradus.nn.Sequential;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// What a user's layer, function or hook has of a chain stays as it was.
class SequentialTest {
  private static final int FEATURES = 200;

  private final Tensor x = new Generator(1).uniform(-1, 1, 100, FEATURES);
  private final List<Tensor> seen = new ArrayList<>();

  private static Linear linear() {
    return new Linear(FEATURES, FEATURES);
  }

  /// Keeps what comes in and goes out.
  private final class Keeper extends Layer {
    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = x.mul(2);
      seen.add(x);
      seen.add(y);
      return y;
    }
  }

  /// What was seen must be the same after later passes, with other values, have used arrays.
  private void stays(UnaryOperator<Tensor> net, int count) {
    for (boolean recorded : new boolean[] {false, true}) {
      seen.clear();
      try (var _ = recorded ? Grad.on() : Grad.off()) {
        Tensor result = net.apply(x);
        List<Tensor> kept = List.copyOf(seen);
        assertThat(kept).hasSize(count);
        List<float[]> values = kept.stream().map(Tensor::toFloatArray).toList();
        float[] first = result.toFloatArray();
        for (int i = 0; i < 3; i++) {
          assertThat(net.apply(x.add(i + 1)).shape()).isEqualTo(result.shape());
        }
        for (int i = 0; i < count; i++) {
          assertThat(kept.get(i).toFloatArray()).isEqualTo(values.get(i));
        }
        assertThat(result.toFloatArray()).isEqualTo(first);
      }
    }
  }

  @Test
  void whatAUsersLayerKeptStays() {
    stays(new Sequential(linear(), new Keeper(), linear(), new ReLU(), linear()), 2);
  }

  @Test
  void whatAFunctionKeptStays() {
    UnaryOperator<Tensor> keeper =
        x -> {
          seen.add(x);
          return x.relu();
        };
    stays(new Sequential(linear(), keeper, linear(), new ReLU(), linear()), 1);
  }

  @Test
  void whatAHookKeptStays() {
    var first = linear();
    var relu = new ReLU();
    var last = linear();
    first.registerForwardHook(
        (_, _, out) -> {
          seen.add((Tensor) out);
          return null;
        });
    last.registerForwardPreHook(
        (_, in) -> {
          seen.add((Tensor) in);
          return null;
        });
    stays(new Sequential(first, relu, linear(), new ReLU(), last), 2);
  }

  @Test
  void whatALayerHandsOnUnchangedStays() {
    stays(
        new Sequential(linear(), new Keeper(), new Identity(), new ReLU(), linear(), new ReLU()),
        2);
  }

  @Test
  void inputAndOutputStay() {
    var net = new Sequential(new Identity(), new ReLU(), linear(), new ReLU());
    float[] before = x.toFloatArray();
    stays(net, 0);
    assertThat(x.toFloatArray()).isEqualTo(before);
  }
}
