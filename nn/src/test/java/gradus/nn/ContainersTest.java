// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static gradus.nn.Numbers.assertClose;
import static gradus.nn.Numbers.f64;
import static gradus.nn.Numbers.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.DType;
import gradus.Generator;
import gradus.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Containers that have no forward, and the layers that change shapes or take two inputs.
class ContainersTest {
  static class Tower extends Layer {
    final ModuleList<Linear> blocks = new ModuleList<>(new Linear(2, 2), new Linear(2, 2));

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = x;
      for (Linear block : blocks) {
        y = block.apply(y);
      }
      return y;
    }
  }

  @Test
  void moduleListHasPyTorchsKeys() {
    var tower = new Tower();
    assertThat(tower.stateDict().keySet())
        .containsExactly("blocks.0.weight", "blocks.0.bias", "blocks.1.weight", "blocks.1.bias");
    assertThat(tower.blocks.stateDict().keySet())
        .containsExactly("0.weight", "0.bias", "1.weight", "1.bias");
    assertThat(tower.apply(Tensor.ones(1, 2)).shape().toArray()).containsExactly(1, 2);
    assertThat(tower.blocks.size()).isEqualTo(2);
    assertThat(tower.blocks.get(1)).isSameAs(tower.blocks.children().get(1));
    assertThat(new ModuleList<>(List.of(new ReLU()))).hasToString("ModuleList(\n  (0): ReLU()\n)");
    assertThatThrownBy(() -> tower.blocks.get(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ModuleList: there is no module 2 among 2");
    assertThatThrownBy(() -> new ModuleList<Layer>(new ReLU(), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ModuleList: module 1 is null");
  }

  @Test
  void moduleDictHasPyTorchsKeys() {
    var parts = new LinkedHashMap<String, Layer>();
    parts.put("stem", Linear.withoutBias(2, 3));
    parts.put("act", new PReLU());
    var dict = new ModuleDict<>(parts);
    assertThat(dict.stateDict().keySet()).containsExactly("stem.weight", "act.weight");
    assertThat(dict.get("act").apply(Tensor.of(-4)).item()).isEqualTo(-1);
    assertThat(dict.asMap().keySet()).containsExactly("stem", "act");
    assertThatThrownBy(() -> dict.get("head"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ModuleDict: there is no module head; there are stem, act");
    parts.put("none", null);
    assertThatThrownBy(() -> new ModuleDict<>(parts)).hasMessage("ModuleDict: module none is null");
  }

  @Test
  void unflattenSplitsADimension() {
    Tensor x = Tensor.arange(24).reshape(2, 12);
    assertThat(new Unflatten(1, 3, 4).apply(x).shape().toArray()).containsExactly(2, 3, 4);
    assertThat(new Unflatten(-1, 2, -1, 3).apply(x).shape().toArray()).containsExactly(2, 2, 2, 3);
    assertThat(new Unflatten(0, 1, 2).apply(x).shape().toArray()).containsExactly(1, 2, 12);
    assertThat(new Unflatten(0, -1).apply(Tensor.zeros(0, 3)).shape().toArray())
        .containsExactly(0, 3);
    assertThat(new Unflatten(1, 2, 5, 5))
        .hasToString("Unflatten(dim=1, unflattened_size=(2, 5, 5))");
    assertThat(new Unflatten(1, 2)).hasToString("Unflatten(dim=1, unflattened_size=(2,))");
    assertThatThrownBy(() -> new Unflatten(1, 5, 2).apply(x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Unflatten: dimension 1 of the input [2, 12] cannot be split into [5, 2]");
    assertThatThrownBy(() -> new Unflatten(1, 5, -1).apply(x))
        .hasMessageEndingWith("cannot be split into [5, -1]");
    assertThatThrownBy(() -> new Unflatten(2, 1).apply(x))
        .hasMessage("Unflatten: the input [2, 12] has no dimension 2");
    for (int[] sizes : new int[][] {{}, {-2}, {-1, -1}}) {
      assertThatThrownBy(() -> new Unflatten(1, sizes))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith("must be at least one, not negative, with at most one −1");
    }
  }

  /// Numbers from the definition, y = x₁ᵀ W x₂ + b.
  @Test
  void bilinear() {
    var layer = new Bilinear(2, 3, 2);
    layer.to(DType.FLOAT64);
    layer.weight().assign(f64(shape(2, 2, 3), 1, 2, 3, 4, 5, 6, 0, 1, 0, -1, 0, 2));
    layer.bias().assign(f64(shape(2), 0.5, -0.5));
    Tensor y = layer.apply(f64(shape(1, 2), 2, -1), f64(shape(1, 3), 1, 0, 3));
    assertClose(y, 2 * (1 + 9) - (4 + 18) + 0.5, -(-1 + 6) - 0.5);
    Tensor many =
        layer.apply(Tensor.ones(DType.FLOAT64, 4, 5, 2), Tensor.ones(DType.FLOAT64, 4, 5, 3));
    assertThat(many.shape().toArray()).containsExactly(4, 5, 2);
    assertClose(many.select(0, 0).select(0, 0), 21.5, 1.5);
    assertThat(layer)
        .hasToString("Bilinear(in1_features=2, in2_features=3, out_features=2, bias=True)");
    assertThat(Bilinear.withoutBias(2, 3, 2).stateDict().keySet()).containsExactly("weight");
    try (var _ = Generator.scope(1)) {
      for (var p : new Bilinear(25, 9, 200).parameters()) {
        assertThat(p.abs().max().item()).isBetween(0.19, 0.2);
      }
    }
  }

  @Test
  void bilinearRefusesWhatDoesNotFit() {
    var layer = new Bilinear(2, 3, 2);
    assertThatThrownBy(() -> layer.apply(Tensor.ones(1, 2), Tensor.ones(2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "bilinear: the inputs [1, 2] and [2, 3] do not fit the weight [2, 2, 3], which is"
                + " [out, in1, in2]");
    assertThatThrownBy(() -> layer.apply(Tensor.ones(1, 2), Tensor.ones(DType.FLOAT64, 1, 3)))
        .hasMessageStartingWith("bilinear: the weight is float32 but the second input is float64");
    assertThatThrownBy(() -> new Bilinear(0, 1, 1))
        .hasMessage("Bilinear: in1Features: 0 is not positive");
  }
}
