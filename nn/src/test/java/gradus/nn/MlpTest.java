// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.DType;
import gradus.Generator;
import gradus.Tensor;
import gradus.nn.Mlp.Activation;
import java.util.List;
import org.junit.jupiter.api.Test;

class MlpTest {
  private final Generator generator = new Generator(1);

  @Test
  void isASequentialThatFlattens() {
    var net = new Mlp(Mlp.options(12, 3).hidden(8));
    assertThat(net.apply(Tensor.randn(generator, 5, 3, 2, 2)).shape().toArray())
        .containsExactly(5, 3);
    assertThat(net.stateDict().keySet())
        .containsExactly("1.weight", "1.bias", "3.weight", "3.bias");
    assertThat(net.options().hidden()).containsExactly(8);
  }

  @Test
  void printsItsLayers() {
    var options =
        Mlp.options(4, 2).hidden(3).activation(Activation.TANH).dropout(0.4).batchNorm(true);
    assertThat(new Mlp(options))
        .hasToString(
            """
            Mlp(
              (0): Flatten(start_dim=1, end_dim=-1)
              (1): Linear(in_features=4, out_features=3, bias=True)
              (2): BatchNorm1d(3, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)
              (3): Tanh()
              (4): Dropout(p=0.4, inplace=False)
              (5): Linear(in_features=3, out_features=2, bias=True)
            )""");
    assertThat(new Mlp(Mlp.options(4, 2).hidden(List.of())).layers()).hasSize(2);
  }

  @Test
  void everyActivation() {
    assertThat(Activation.RELU.layer()).isInstanceOf(ReLU.class);
    assertThat(Activation.LEAKY_RELU.layer()).isInstanceOf(LeakyReLU.class);
    assertThat(Activation.SIGMOID.layer()).isInstanceOf(Sigmoid.class);
    assertThat(Activation.TANH.layer()).isInstanceOf(Tanh.class);
  }

  @Test
  void aSchemeSetsWeightsAndZeroesBiases() {
    var net = new Mlp(Mlp.options(50, 10).hidden(40, 30).init(Init.normal(0.01)));
    net.namedParameters()
        .forEach(
            (name, p) -> {
              if (name.endsWith("bias")) {
                assertThat(p.toFloatArray()).containsOnly(0);
              } else {
                assertThat(p.square().mean().sqrt().item()).isCloseTo(0.01, within(0.002));
              }
            });
  }

  @Test
  void badSettings() {
    assertThatThrownBy(() -> Mlp.options(0, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Mlp: inFeatures: 0 is not positive");
    assertThatThrownBy(() -> Mlp.options(1, -3)).hasMessage("Mlp: classes: -3 is not positive");
    assertThatThrownBy(() -> Mlp.options(1, 3).hidden(5, 0))
        .hasMessage("Mlp: hidden: 0 is not positive");
    assertThatThrownBy(() -> Mlp.options(1, 3).dropout(-0.1))
        .hasMessage("Mlp: dropout: -0.1 is not in [0, 1]");
  }

  @Test
  void initialLossIsThatOfGuessing() {
    try (var _ = Generator.scope(2)) {
      var net = new Mlp(Mlp.options(3072, 10).hidden(50).init(Init.normal(0.001)));
      Tensor x = Tensor.randn(generator, 64, 3, 32, 32);
      Tensor y = Tensor.randint(generator, 0, 10, 64);
      Tensor loss = F.crossEntropy(net.apply(x), y);
      assertThat(loss.item()).isCloseTo(2.302585092994046, within(0.01));
      assertThat(loss.add(Penalty.l2(1e3).apply(net)).item()).isGreaterThan(50);
    }
  }

  @Test
  void penaltyIsHalfTheSquaresOfTheWeightsAlone() {
    var net = new Sequential(new Linear(2, 2), new BatchNorm1d(2), Linear.withoutBias(2, 1));
    net.namedParameters().get("0.weight").assign(Tensor.of(new float[] {1, 2, 3, 4}, 2, 2));
    net.namedParameters().get("2.weight").assign(Tensor.of(new float[] {5, 6}, 1, 2));
    Tensor penalty = Penalty.l2(0.5).apply(net);
    assertThat(penalty.dim()).isZero();
    assertThat(penalty.item()).isEqualTo(0.25 * 91);
    penalty.backward();
    assertThat(net.namedParameters().get("0.weight").grad().toFloatArray())
        .containsExactly(0.5f, 1, 1.5f, 2);
    assertThat(net.namedParameters().get("0.bias").grad()).isNull();
    assertThat(Penalty.l2(1).apply(new ReLU()).item()).isZero();
    net.to(DType.FLOAT64);
    assertThat(Penalty.l2(1).apply(net).dtype()).isEqualTo(DType.FLOAT64);
    assertThatThrownBy(() -> Penalty.l2(-1)).hasMessage("l2: lambda: -1.0 is not in [0, ∞)");
  }
}
