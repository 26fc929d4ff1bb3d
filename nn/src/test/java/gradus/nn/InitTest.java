// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.DType;
import gradus.Generator;
import gradus.Parameter;
import gradus.Tensor;
import gradus.nn.Init.FanMode;
import gradus.nn.Init.Nonlinearity;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InitTest {
  private static Parameter parameter(int... shape) {
    return new Parameter(Tensor.zeros(shape));
  }

  @Test
  void gainsArePyTorchs() {
    assertThat(Init.calculateGain(Nonlinearity.LINEAR)).isEqualTo(1);
    assertThat(Init.calculateGain(Nonlinearity.SIGMOID)).isEqualTo(1);
    assertThat(Init.calculateGain(Nonlinearity.TANH)).isEqualTo(1.6666666666666667);
    assertThat(Init.calculateGain(Nonlinearity.RELU)).isEqualTo(1.4142135623730951);
    assertThat(Init.calculateGain(Nonlinearity.SELU)).isEqualTo(0.75);
    assertThat(Init.calculateGain(Nonlinearity.LEAKY_RELU)).isEqualTo(1.4141428569978354);
    assertThat(Init.calculateGain(Nonlinearity.LEAKY_RELU, 0.2)).isEqualTo(1.3867504905630728);
    assertThat(Init.calculateGain(Nonlinearity.LEAKY_RELU, 1)).isEqualTo(1);
  }

  @Test
  void fans() {
    assertThat(Init.fans(parameter(6, 2, 5))).isEqualTo(new Init.Fans(10, 30));
    assertThat(Init.fans(parameter(3, 8))).isEqualTo(new Init.Fans(8, 3));
    assertThatThrownBy(() -> Init.xavierNormal().fill(parameter(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "init: the parameter [3] has no fan-in and fan-out, which need 2 dimensions or more");
  }

  /// PyTorch's bounds for a weight of [6, 2, 5].
  static Stream<Arguments> uniform() {
    return Stream.of(
        Arguments.of(Init.xavierUniform(), 0.38729833462074165),
        Arguments.of(Init.xavierUniform().gain(1.5), 0.5809475019311126),
        Arguments.of(Init.kaimingUniform(), 0.7745966692414833),
        Arguments.of(Init.kaimingUniform().mode(FanMode.FAN_OUT), 0.447213595499958),
        Arguments.of(
            Init.kaimingUniform().mode(FanMode.FAN_OUT).nonlinearity(Nonlinearity.TANH),
            0.5270462766947299),
        Arguments.of(Init.kaimingUniform().a(0.2), 0.7595545253127498),
        Arguments.of(Init.kaimingUniform().a(2.23606797749979), 0.3162277660168379),
        Arguments.of(Init.kaimingUniform().nonlinearity(Nonlinearity.SELU), 0.41079191812887456));
  }

  /// The bound shows in the values: the same numbers between 0 and 1, scaled.
  @ParameterizedTest
  @MethodSource
  void uniform(Init.Scheme scheme, double bound) {
    var expected = new Generator(1).uniform(-bound, bound, 6, 2, 5).toFloatArray();
    assertFills(scheme, expected);
  }

  static Stream<Arguments> normal() {
    return Stream.of(
        Arguments.of(Init.xavierNormal(), 0.22360679774997896),
        Arguments.of(Init.xavierNormal().gain(2), 0.4472135954999579),
        Arguments.of(Init.kaimingNormal(), 0.4472135954999579),
        Arguments.of(Init.kaimingNormal().mode(FanMode.FAN_OUT), 0.25819888974716115),
        Arguments.of(Init.kaimingNormal().a(0.2), 0.43852900965351455),
        Arguments.of(Init.kaimingNormal().nonlinearity(Nonlinearity.LINEAR), 0.31622776601683794),
        Arguments.of(Init.normal(0.5), 0.5));
  }

  @ParameterizedTest
  @MethodSource
  void normal(Init.Scheme scheme, double std) {
    assertFills(scheme, new Generator(1).normal(0, std, 6, 2, 5).toFloatArray());
  }

  private static void assertFills(Init.Scheme scheme, float[] expected) {
    var given = parameter(6, 2, 5);
    scheme.fill(given, new Generator(1));
    var current = parameter(6, 2, 5);
    try (var _ = Generator.scope(1)) {
      scheme.fill(current);
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat(given.toFloatArray()[i]).isCloseTo(expected[i], within(1e-6f));
    }
    assertThat(current.toFloatArray()).isEqualTo(given.toFloatArray());
    assertThat(given.isLeaf() && given.requiresGrad()).isTrue();
  }

  @Test
  void constants() {
    var p = parameter(2, 3);
    Init.constant(1.5).fill(p);
    assertThat(p.toFloatArray()).containsOnly(1.5f);
    Init.ones().fill(p);
    assertThat(p.toFloatArray()).containsOnly(1);
    Init.zeros().fill(p);
    assertThat(p.toFloatArray()).containsOnly(0);
    Init.eye().fill(p);
    assertThat(p.toFloatArray()).containsExactly(1, 0, 0, 0, 1, 0);
    assertThatThrownBy(() -> Init.eye().fill(parameter(2)))
        .hasMessage("eye: the parameter [2] is not a matrix");
  }

  @Test
  void float64AndEmptyParameters() {
    var p = new Parameter(Tensor.zeros(DType.FLOAT64, 3, 2));
    for (var scheme :
        new Init.Scheme[] {Init.eye(), Init.normal(1), Init.uniform(0, 1), Init.ones()}) {
      scheme.fill(p);
      assertThat(p.dtype()).isEqualTo(DType.FLOAT64);
      assertThat(p.sum().item()).isNotZero();
    }
    Init.kaimingNormal().fill(parameter(2, 0));
    Init.xavierUniform().fill(parameter(0, 0));
  }

  @Test
  void badSettings() {
    assertThatThrownBy(() -> Init.normal(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("normal: std: -1.0 is not in [0, ∞)");
    assertThatThrownBy(() -> Init.uniform(1, 0)).hasMessage("uniform: low 1.0 is above high 0.0");
    assertThatThrownBy(() -> Init.uniform(Double.NaN, 0))
        .hasMessage("uniform: low: NaN is not finite");
    assertThatThrownBy(() -> Init.xavierNormal().gain(-1))
        .hasMessage("xavier: gain: -1.0 is not in [0, ∞)");
    assertThatThrownBy(() -> Init.kaimingNormal().a(Double.POSITIVE_INFINITY))
        .hasMessage("kaiming: a: Infinity is not finite");
  }
}
