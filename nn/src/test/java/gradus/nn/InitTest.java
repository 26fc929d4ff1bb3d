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

  /// Φ⁻¹ of Python's `statistics.NormalDist`.
  @Test
  void quantilesOfTheNormalDistribution() {
    double[][] known = {
      {0.5, 0},
      {0.9, 1.2815515655446008},
      {0.975, 1.9599639845400536},
      {1e-5, -4.264890793922825},
      {1e-13, -7.348796102800065},
      {0.999999, 4.753424308817087}
    };
    for (double[] pair : known) {
      double x = NormalDistribution.quantile(pair[0]);
      assertThat(x).isCloseTo(pair[1], within(1e-9));
      assertThat(NormalDistribution.cumulative(x)).isCloseTo(pair[0], within(1e-12));
    }
    assertThat(NormalDistribution.quantile(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(NormalDistribution.quantile(1)).isEqualTo(Double.POSITIVE_INFINITY);
  }

  /// Of a standard normal number cut at ±1 the standard deviation is 0.5396.
  @Test
  void truncatedNormal() {
    var p = parameter(100, 200);
    Init.truncNormal().mean(3).std(2).a(1).b(5).fill(p, new Generator(1));
    assertThat(p.min().item()).isBetween(1.0, 1.01);
    assertThat(p.max().item()).isBetween(4.99, 5.0);
    assertThat(p.mean().item()).isCloseTo(3, within(0.03));
    assertThat(p.std().item()).isCloseTo(2 * 0.5396, within(0.02));
    Init.truncNormal().fill(p, new Generator(1));
    assertThat(p.std().item()).isCloseTo(0.8796, within(0.01));
  }

  @Test
  void orthogonal() {
    for (int[] shape : new int[][] {{5, 5}, {3, 8}, {8, 3}, {4, 2, 3}, {1, 7}}) {
      var p = new Parameter(Tensor.zeros(DType.FLOAT64, shape));
      Init.orthogonal().gain(2).fill(p, new Generator(3));
      Tensor w = p.detach().reshape(shape[0], -1);
      Tensor product = w.size(0) <= w.size(1) ? w.matmul(w.t()) : w.t().matmul(w);
      Tensor expected = Tensor.eye(product.size(0)).to(DType.FLOAT64).mul(4);
      assertThat(product.sub(expected).abs().max().item()).isLessThan(1e-12);
    }
    Init.orthogonal().fill(parameter(0, 3));
    assertThatThrownBy(() -> Init.orthogonal().fill(parameter(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("orthogonal: the parameter [3] has fewer than 2 dimensions");
  }

  /// Vectors that almost coincide lose all digits in the first pass.
  @Test
  void orthonormalInSpiteOfCancellation() {
    double[][] vectors = {{1, 1e-9, 0}, {1, 0, 1e-9}, {1, 1e-9, 1e-9}};
    Orthonormal.make(vectors);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j <= i; j++) {
        double dot = 0;
        for (int k = 0; k < 3; k++) {
          dot += vectors[i][k] * vectors[j][k];
        }
        assertThat(dot).isCloseTo(i == j ? 1 : 0, within(1e-6));
      }
    }
  }

  @Test
  void dirac() {
    var p = parameter(4, 2, 3);
    Init.dirac(2).fill(p);
    assertThat(p.toFloatArray())
        .containsExactly(0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0);
    assertThatThrownBy(() -> Init.dirac().fill(parameter(2, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "dirac: the parameter [2, 2] is no convolution's weight [out, in, …] of 1 groups");
    assertThatThrownBy(() -> Init.dirac(3).fill(parameter(4, 2, 3)))
        .hasMessageEndingWith("of 3 groups");
    assertThatThrownBy(() -> Init.dirac(0)).hasMessage("dirac: groups: 0 is not positive");
  }

  @Test
  void sparse() {
    var p = parameter(10, 50);
    Init.sparse(0.25).std(2).fill(p, new Generator(1));
    for (double zeros : p.eq(Tensor.scalar(0.0)).to(DType.FLOAT32).sum(0).toDoubleArray()) {
      assertThat(zeros).isEqualTo(3);
    }
    assertThat(p.square().sum().item() / 350).isCloseTo(4, within(0.8));
    assertThatThrownBy(() -> Init.sparse(0.5).fill(parameter(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sparse: the parameter [3] is not a matrix");
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
    assertThatThrownBy(() -> Init.truncNormal().std(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("truncNormal: std: 0.0 is not in (0, ∞)");
    assertThatThrownBy(() -> Init.truncNormal().mean(Double.NaN))
        .hasMessage("truncNormal: mean: NaN is not finite");
    assertThatThrownBy(() -> Init.truncNormal().a(2))
        .hasMessage("truncNormal: a 2.0 is not below b 2.0");
    assertThatThrownBy(() -> Init.orthogonal().gain(Double.NaN))
        .hasMessage("orthogonal: gain: NaN is not finite");
    assertThatThrownBy(() -> Init.sparse(2)).hasMessage("sparse: sparsity: 2.0 is not in [0, 1]");
    assertThatThrownBy(() -> Init.sparse(0.5).std(-1))
        .hasMessage("sparse: std: -1.0 is not in [0, ∞)");
    assertThatThrownBy(() -> Init.kaimingNormal().a(Double.POSITIVE_INFINITY))
        .hasMessage("kaiming: a: Infinity is not finite");
  }
}
