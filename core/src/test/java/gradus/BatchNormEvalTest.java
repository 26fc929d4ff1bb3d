// SPDX-License-Identifier: Apache-2.0
package gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Batch normalisation with given statistics, against its formula in plain ops.
class BatchNormEvalTest {
  private static final double EPS = 0.1;

  private final Generator random = new Generator(3);

  /// Of a channel's consecutive elements there are 1, some, and many.
  @ParameterizedTest
  @ValueSource(strings = {"5 3", "300 70", "3 2 4", "4 3 2 5", "2 3 8 9", "1 4", "2 1 2 3 4"})
  void isTheFormula(String sizes) {
    int[] shape = Arrays.stream(sizes.split(" ")).mapToInt(Integer::parseInt).toArray();
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      Tensor x = normal(dtype, shape);
      check(x);
      check(strided(x));
    }
  }

  private void check(Tensor x) {
    int c = x.size(1);
    Tensor mean = normal(x.dtype(), c);
    Tensor var = normal(x.dtype(), c).square();
    Tensor weight = normal(x.dtype(), c);
    Tensor bias = normal(x.dtype(), c);
    check(x, mean, var, weight, bias);
    check(x, mean, var, weight, null);
    check(x, mean, var, null, bias);
    check(x, mean, var, null, null);
    Tensor every = normal(x.dtype(), c, 4);
    check(x, every.select(1, 0), every.select(1, 1).square(), every.select(1, 2), weight);
  }

  /// Holds result and gradients against those of the formula.
  private void check(
      Tensor x, Tensor mean, Tensor var, @Nullable Tensor weight, @Nullable Tensor bias) {
    Tensor u = normal(x.dtype(), x.shape().toArray());
    List<Tensor> expected =
        results(in -> formula(in[0], in[1], in[2], in[3], in[4]), u, x, mean, var, weight, bias);
    List<Tensor> actual =
        results(
            in -> in[0].batchNorm(in[1], in[2], in[3], in[4], EPS), u, x, mean, var, weight, bias);
    double error = x.dtype() == DType.FLOAT32 ? 2e-5 * Math.sqrt(x.numel()) : 1e-12;
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i).shape()).isEqualTo(expected.get(i).shape());
      assertThat(actual.get(i).dtype()).isEqualTo(x.dtype());
      double[] e = expected.get(i).toDoubleArray();
      double[] a = actual.get(i).toDoubleArray();
      for (int k = 0; k < e.length; k++) {
        assertThat(a[k]).isCloseTo(e[k], offset(error * (1 + Math.abs(e[k]))));
      }
    }
  }

  private static List<Tensor> results(
      Function<@Nullable Tensor[], Tensor> op, Tensor u, @Nullable Tensor... inputs) {
    @Nullable Tensor[] leaves =
        Arrays.stream(inputs)
            .map(t -> t == null ? null : t.detach().requiresGrad(true))
            .toArray(Tensor[]::new);
    Tensor y = op.apply(leaves);
    List<Tensor> results = new ArrayList<>(List.of(y.detach()));
    results.addAll(
        Autograd.grad(
            y,
            Arrays.stream(leaves).filter(Objects::nonNull).toList(),
            Autograd.options().gradient(u)));
    return results;
  }

  private static Tensor formula(
      Tensor x, Tensor mean, Tensor var, @Nullable Tensor weight, @Nullable Tensor bias) {
    int[] each = new int[x.dim() - 1];
    Arrays.fill(each, 1);
    each[0] = x.size(1);
    Tensor y = x.sub(mean.reshape(each)).div(var.reshape(each).add(EPS).sqrt());
    y = weight == null ? y : y.mul(weight.reshape(each));
    return bias == null ? y : y.add(bias.reshape(each));
  }

  private Tensor normal(DType dtype, int... shape) {
    return random.normal(0, 1, shape).to(dtype);
  }

  /// The same values, with the dimensions the other way round in memory.
  private static Tensor strided(Tensor x) {
    int[] backwards = new int[x.dim()];
    Arrays.setAll(backwards, i -> x.dim() - 1 - i);
    return x.permute(backwards).copy().permute(backwards);
  }

  @Test
  void ofNothingIsNothing() {
    for (int[] shape : new int[][] {{0, 3}, {0, 3, 4}, {2, 3, 0}, {2, 0}, {2, 0, 5}}) {
      Tensor x = Tensor.zeros(shape).requiresGrad(true);
      Tensor weight = Tensor.ones(shape[1]).requiresGrad(true);
      Tensor bias = Tensor.ones(shape[1]).requiresGrad(true);
      Tensor ones = Tensor.ones(shape[1]);
      Tensor y = x.batchNorm(ones, ones, weight, bias, EPS);
      assertThat(y.shape()).isEqualTo(x.shape());
      y.sum().backward();
      assertThat(Objects.requireNonNull(x.grad()).shape()).isEqualTo(x.shape());
      for (Tensor parameter : List.of(weight, bias)) {
        assertThat(Objects.requireNonNull(parameter.grad()).toFloatArray())
            .isEqualTo(new float[shape[1]]);
      }
    }
  }

  @Test
  void keepsOfTheStatisticsWhatItReads() {
    var mean = new Buffer(Tensor.zeros(2));
    var var = new Buffer(Tensor.ones(2));
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2).requiresGrad(true);
    Tensor frozen = x.batchNorm(mean, var, null, null, 0);
    Tensor weight = Tensor.full(3, 2).requiresGrad(true);
    Tensor scaled = x.batchNorm(mean, var, weight, null, 0);
    mean.assign(Tensor.ones(2));
    var.assign(Tensor.zeros(2));
    frozen.sum().backward();
    assertThat(Objects.requireNonNull(x.grad()).toFloatArray()).containsExactly(1, 1, 1, 1);
    assertThatThrownBy(() -> scaled.sum().backward())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "backward through BatchNormEval [2, 2]: a saved buffer [2] was changed in place");
  }
}
