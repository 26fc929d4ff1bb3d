// SPDX-License-Identifier: Apache-2.0
package gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What differences in float64 at smooth points don't see of the nodes: the float32 paths,
/// PyTorch's conventions where there is no derivative, and dimensions that count from the end.
class NodesTest {
  static Stream<Catalogue.Row> rows() {
    return Catalogue.rows().stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void float32AgreesWithFloat64(Catalogue.Row row) {
    List<Tensor> doubles = results(row, DType.FLOAT64);
    List<Tensor> floats;
    try {
      floats = results(row, DType.FLOAT32);
    } catch (IllegalArgumentException e) {
      // A row may have a float64 constant of its own, beside which an op takes no float32.
      assumeFalse(
          String.valueOf(e.getMessage()).contains("the types differ"), "the row is of float64");
      throw e;
    }
    for (int i = 0; i < doubles.size(); i++) {
      double[] expected = doubles.get(i).toDoubleArray();
      double[] actual = floats.get(i).toDoubleArray();
      for (int k = 0; k < expected.length; k++) {
        assertThat(Math.abs(actual[k] - expected[k]))
            .isLessThanOrEqualTo(1e-4 + 1e-3 * Math.abs(expected[k]));
      }
    }
  }

  /// The op's result and gradients, for numbers that float32 has exactly.
  private static List<Tensor> results(Catalogue.Row row, DType dtype) {
    List<Tensor> inputs =
        row.inputs().stream()
            .map(
                x ->
                    x.dtype().isFloating()
                        ? x.detach().to(DType.FLOAT32).to(dtype).requiresGrad(x.requiresGrad())
                        : x)
            .toList();
    Tensor y = row.op().apply(inputs);
    Tensor u = new Generator(3).normal(0, 1, y.shape().toArray()).to(dtype);
    List<Tensor> results = new ArrayList<>(List.of(y.detach()));
    results.addAll(
        Autograd.grad(
            y,
            inputs.stream().filter(Tensor::requiresGrad).toList(),
            Autograd.options().allowUnused(true).gradient(u)));
    return results;
  }

  private static double[] slope(UnaryOperator<Tensor> f, double... at) {
    Tensor x = Tensor.float64(at).requiresGrad(true);
    return Autograd.grad(f.apply(x).sum(), List.of(x)).getFirst().toDoubleArray();
  }

  @Test
  void powAtZero() {
    assertThat(slope(x -> x.pow(0), 0, 2, -1)).containsExactly(0, 0, 0);
    assertThat(slope(x -> x.pow(1), 0, 2)).containsExactly(1, 1);
    assertThat(slope(x -> x.pow(2), 0, 3)).containsExactly(0, 6);
    assertThat(slope(x -> x.pow(-1), 0)[0]).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(slope(e -> Tensor.float64(new double[] {0, 0, 1}).pow(e), 0, 2, 3))
        .containsExactly(0, 0, 0);
    assertThat(slope(e -> Tensor.float64(new double[] {0}).pow(e), -1)[0])
        .isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(slope(e -> Tensor.float64(new double[] {2}).pow(e), 3)[0])
        .isEqualTo(8 * StrictMath.log(2));
  }

  /// The slope by a power of 0 is 0 even where x⁻¹ is infinite, and its own slope by the exponent
  /// is 1/x where there is one.
  @Test
  void powersOfZeroByTheBase() {
    Tensor x = Tensor.float64(new double[] {0, 2, 4, 0, 3}).requiresGrad(true);
    Tensor e = Tensor.float64(new double[] {0, 0, 0, 1, 2}).requiresGrad(true);
    Tensor slope =
        Autograd.grad(x.pow(e).sum(), List.of(x), Autograd.options().createGraph(true)).getFirst();
    assertThat(slope.toDoubleArray()).containsExactly(0, 0, 0, 1, 6);
    Tensor mixed = Autograd.grad(slope.narrow(0, 1, 2).sum(), List.of(e)).getFirst();
    assertThat(mixed.toDoubleArray()).containsExactly(0, 0.5, 0.25, 0, 0);
    assertThat(slope(y -> y.pow(Tensor.float64(new double[] {-1, -2})), 2, -1))
        .containsExactly(-0.25, 2);
    assertThat(slope(d -> Tensor.float64(new double[] {2, 4}).pow(d), -1, 0))
        .containsExactly(0.5 * StrictMath.log(2), StrictMath.log(4));
  }

  @Test
  void powersByNumbers() {
    assertThat(slope(x -> x.pow(0.5), 4)[0]).isEqualTo(0.25);
    assertThat(slope(x -> x.pow(-0.5), 4)[0]).isEqualTo(-0.0625);
    assertThat(slope(x -> x.pow(3), 2, -1)).containsExactly(12, 3);
    assertThat(slope(x -> x.pow(0), Double.POSITIVE_INFINITY, Double.NaN)).containsExactly(0, 0);
    Tensor x = Tensor.float64(new double[] {9, -2}).requiresGrad(true);
    assertThat(x.pow(2).toDoubleArray()).containsExactly(81, 4);
    assertThat(x.pow(-1).toDoubleArray()).containsExactly(1 / 9.0, -0.5);
    assertThat(x.pow(0.5).toDoubleArray()).containsExactly(3, Double.NaN);
    assertThat(x.pow(-0.5).toDoubleArray()).containsExactly(1 / 3.0, Double.NaN);
  }

  /// The slopes are zeros that are there, so whoever asks for them gets no error.
  @Test
  void quotientsInWholeNumbersHaveSlopesOfZero() {
    for (RoundingMode mode : List.of(RoundingMode.FLOOR, RoundingMode.TRUNC)) {
      Tensor a = Tensor.float64(new double[] {7, -7}).requiresGrad(true);
      Tensor b = Tensor.float64(new double[] {2, 3}).requiresGrad(true);
      List<Tensor> slopes = Autograd.grad(a.div(b, mode).sum(), List.of(a, b));
      assertThat(slopes.get(0).toDoubleArray()).containsExactly(0, 0);
      assertThat(slopes.get(1).toDoubleArray()).containsExactly(0, 0);
    }
    for (UnaryOperator<Tensor> step :
        List.<UnaryOperator<Tensor>>of(
            Tensor::floor, Tensor::ceil, Tensor::round, Tensor::trunc, Tensor::sign)) {
      assertThat(slope(step, -1.5, 2.25)).containsExactly(0, 0);
    }
  }

  @Test
  void signsAndStepsOfWholeNumbers() {
    Tensor x = Tensor.of(new long[] {-3, 0, 4, Long.MIN_VALUE, Long.MAX_VALUE});
    assertThat(x.sign().dtype()).isEqualTo(DType.INT64);
    assertThat(x.sign().toLongArray()).containsExactly(-1, 0, 1, -1, 1);
    assertThat(x.abs().dtype()).isEqualTo(DType.INT64);
    assertThat(x.abs().toLongArray()).containsExactly(3, 0, 4, Long.MIN_VALUE, Long.MAX_VALUE);
    for (UnaryOperator<Tensor> step :
        List.<UnaryOperator<Tensor>>of(Tensor::floor, Tensor::ceil, Tensor::round, Tensor::trunc)) {
      assertThat(step.apply(x).dtype()).isEqualTo(DType.INT64);
      assertThat(step.apply(x).toLongArray()).isEqualTo(x.toLongArray());
    }
    Tensor bytes = Tensor.of(new long[] {0, 1, 100, 128, 200, 255}).to(DType.UINT8);
    assertThat(bytes.sign().dtype()).isEqualTo(DType.UINT8);
    assertThat(bytes.sign().toLongArray()).containsExactly(0, 1, 1, 1, 1, 1);
    assertThat(bytes.abs().dtype()).isEqualTo(DType.UINT8);
    assertThat(bytes.abs().toLongArray()).isEqualTo(bytes.toLongArray());
    assertThat(bytes.floor().toLongArray()).isEqualTo(bytes.toLongArray());
    Tensor bools = Tensor.of(new boolean[] {true, false});
    assertThat(bools.floor().toBooleanArray()).containsExactly(true, false);
    assertThat(slope(Tensor::abs, -2, 0, 3)).containsExactly(-1, 0, 1);
  }

  /// As C, and so PyTorch, has them where Java has NaN; and the roots that PyTorch takes for ±1/2.
  @Test
  void powersBesideJavas() {
    double infinity = Double.POSITIVE_INFINITY;
    for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
      Tensor x = Tensor.float64(new double[] {-1, 1, 1, -infinity, -0.0}).to(dtype);
      Tensor e =
          Tensor.float64(new double[] {infinity, -infinity, Double.NaN, 0.5, -0.5}).to(dtype);
      assertThat(x.pow(e).toDoubleArray()).containsExactly(1, 1, 1, infinity, infinity);
      assertThat(x.narrow(0, 3, 2).pow(0.5).toDoubleArray()).containsExactly(Double.NaN, -0.0);
      assertThat(x.narrow(0, 3, 2).pow(-0.5).toDoubleArray())
          .containsExactly(Double.NaN, -infinity);
    }
    assertThat(Tensor.arange(4).pow(2).toLongArray()).containsExactly(0, 1, 4, 9);
    assertThat(Tensor.arange(4).pow(2.0).dtype()).isEqualTo(DType.FLOAT32);
    Tensor bools = Tensor.of(new boolean[] {true, false});
    assertThat(bools.square().dtype()).isEqualTo(DType.INT64);
    assertThat(bools.pow(2).toLongArray()).containsExactly(1, 0);
  }

  @Test
  void divisionsThatLeaveSomething() {
    Tensor a = Tensor.of(new long[] {7, -7, 7, -7});
    Tensor b = Tensor.of(new long[] {2, 2, -2, -2});
    assertThat(a.div(b, RoundingMode.FLOOR).toLongArray()).containsExactly(3, -4, -4, 3);
    assertThat(a.div(b, RoundingMode.TRUNC).toLongArray()).containsExactly(3, -3, -3, 3);
    assertThat(a.remainder(b).toLongArray()).containsExactly(1, 1, -1, -1);
    assertThat(a.fmod(b).toLongArray()).containsExactly(1, -1, 1, -1);
    assertThat(a.div(2, RoundingMode.FLOOR).toLongArray()).containsExactly(3, -4, 3, -4);
    assertThat(a.remainder(-2).toLongArray()).containsExactly(-1, -1, -1, -1);
    assertThat(a.fmod(4).toLongArray()).containsExactly(3, -3, 3, -3);
    assertThat(a.div(2.5, RoundingMode.TRUNC).toFloatArray()).containsExactly(2, -2, 2, -2);
    assertThat(a.remainder(2.5).toFloatArray()).containsExactly(2, 0.5f, 2, 0.5f);
    assertThat(a.fmod(2.5).toFloatArray()).containsExactly(2, -2, 2, -2);
    for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
      Tensor x = a.to(dtype);
      Tensor y = b.to(dtype);
      assertThat(x.div(y, RoundingMode.FLOOR).toDoubleArray()).containsExactly(3, -4, -4, 3);
      assertThat(x.div(y, RoundingMode.TRUNC).toDoubleArray()).containsExactly(3, -3, -3, 3);
      assertThat(x.remainder(y).toDoubleArray()).containsExactly(1, 1, -1, -1);
      assertThat(x.fmod(y).toDoubleArray()).containsExactly(1, -1, 1, -1);
    }
    // 1 / 0.1 is rounded to 10, but ten times the double 0.1 is more than 1.
    Tensor tenth = Tensor.float64(new double[] {0.1});
    assertThat(Tensor.float64(new double[] {1}).div(tenth, RoundingMode.FLOOR).item()).isEqualTo(9);
    assertThat(tenth.div(tenth.mul(0), RoundingMode.FLOOR).item()).isInfinite();
  }

  @Test
  void sumsOfExponentials() {
    Tensor x = Tensor.of(1000, Double.NEGATIVE_INFINITY, 0);
    Tensor y = Tensor.of(1000, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
    assertThat(x.logaddexp(y).toFloatArray())
        .containsExactly((float) (1000 + StrictMath.log(2)), Float.NEGATIVE_INFINITY, 0);
    Tensor bools = Tensor.of(new boolean[] {true, false});
    assertThat(bools.logicalXor(Tensor.of(3, 0)).toBooleanArray()).containsExactly(false, false);
    assertThat(bools.logicalXor(Tensor.of(0)).toBooleanArray()).containsExactly(true, false);
  }

  @Test
  void askingWholeNumbers() {
    Tensor bools = Tensor.of(new boolean[] {true, false});
    assertThat(bools.sign().toBooleanArray()).containsExactly(true, false);
    assertThat(bools.isInf().toBooleanArray()).containsExactly(false, false);
    assertThat(Tensor.arange(2).isFinite().toBooleanArray()).containsExactly(true, true);
    assertThat(Tensor.arange(3).threshold(0, -1).toLongArray()).containsExactly(-1, 1, 2);
    assertThat(Tensor.arange(2).logsumexp().item())
        .isCloseTo(StrictMath.log(1 + Math.E), offset(1e-6));
  }

  @Test
  void ofNothing() {
    Tensor x = Tensor.zeros(3, 0, 2);
    for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32, DType.INT64)) {
      assertThat(x.to(dtype).amax(0).shape()).isEqualTo(Shape.of(0, 2));
      assertThat(x.to(dtype).min(2).indices().shape()).isEqualTo(Shape.of(3, 0));
    }
    assertThat(x.logsumexp(0).shape()).isEqualTo(Shape.of(0, 2));
    assertThat(x.norm(Double.POSITIVE_INFINITY).item()).isZero();
    assertThat(x.mean().item()).isNaN();
    assertThat(Tensor.cat(List.of(Tensor.zeros(0), Tensor.ones(2, 3)), 1).shape())
        .isEqualTo(Shape.of(2, 3));
    assertThat(Tensor.cat(List.of(Tensor.zeros(0), Tensor.zeros(0)), 0).shape())
        .isEqualTo(Shape.of(0));
  }

  /// NaN and ∞ in what `beta` = 0 leaves out don't count.
  @Test
  void sumsWithoutTheirFirst() {
    Tensor x = Tensor.of(Double.NaN, Double.POSITIVE_INFINITY);
    Tensor product = x.addmm(Tensor.ones(1, 3), Tensor.ones(3, 2), 0, 2);
    assertThat(product.toFloatArray()).containsExactly(6, 6);
  }

  @Test
  void mediansAtTies() {
    assertThat(slope(Tensor::median, 2, 2, 1, 2, 1))
        .containsExactly(1 / 3.0, 1 / 3.0, 0, 1 / 3.0, 0);
    Tensor nan = Tensor.of(1, Double.NaN, 0, Double.NaN);
    assertThat(nan.median().item()).isNaN();
    assertThat(nan.median(0).indices().item()).isEqualTo(1);
    assertThat(Tensor.scalar(3.0).median(0).values().item()).isEqualTo(3);
  }

  @Test
  void normsWhereTheyHaveNoDerivative() {
    assertThat(slope(Tensor::norm, 0, 0)).containsExactly(0, 0);
    assertThat(slope(Tensor::norm, 3, 4)).containsExactly(0.6, 0.8);
    assertThat(slope(x -> x.norm(1), 0, -2, 5)).containsExactly(0, -1, 1);
    assertThat(slope(x -> x.norm(0), 0, -2)).containsExactly(0, 0);
    assertThat(slope(x -> x.norm(Double.POSITIVE_INFINITY), 1, -5, 2)).containsExactly(0, -1, 0);
    assertThat(slope(x -> x.norm(Double.POSITIVE_INFINITY), 5, -5, 2))
        .containsExactly(0.5, -0.5, 0);
    assertThat(slope(x -> x.norm(Double.NEGATIVE_INFINITY), 5, -1, 2)).containsExactly(0, -1, 0);
    assertThat(slope(x -> x.norm(3), 0, 0)).containsExactly(0, 0);
    assertThat(Tensor.of(3, 0, -4).norm(0).item()).isEqualTo(2);
    assertThat(Tensor.of(3, 0, -4).norm(1).item()).isEqualTo(7);
    assertThat(Tensor.of(3, 0, -4).norm(Double.NEGATIVE_INFINITY).item()).isZero();
    assertThat(Tensor.float64(new double[] {3e200, 4e200}).norm().item())
        .isCloseTo(5e200, offset(1e186));
  }

  @Test
  void dimensionsAndIndicesCountFromTheEnd() {
    Tensor x = Tensor.arange(6).reshape(2, 3);
    assertThat(x.slice(1, -2, -1).toLongArray()).containsExactly(1, 4);
    assertThat(x.slice(-1, 0, 100).toLongArray()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(x.slice(-1, -100, 2).toLongArray()).containsExactly(0, 1, 3, 4);
    assertThat(x.slice(1, 2, 1).shape()).isEqualTo(Shape.of(2, 0));
    assertThat(x.narrow(-1, -2, 2).toLongArray()).containsExactly(1, 2, 4, 5);
    assertThat(x.select(-1, -1).toLongArray()).containsExactly(2, 5);
    assertThat(x.permute(-1, 0).toLongArray()).containsExactly(0, 3, 1, 4, 2, 5);
    assertThat(x.transpose(1, -1)).isSameAs(x);
    assertThat(Tensor.cat(List.of(x, x), -1).shape()).isEqualTo(Shape.of(2, 6));
    assertThat(Tensor.stack(List.of(x, x), -1).shape()).isEqualTo(Shape.of(2, 3, 2));
    assertThat(x.reshape(-1).shape()).isEqualTo(Shape.of(6));
    assertThat(x.reshape(3, -1).shape()).isEqualTo(Shape.of(3, 2));
    assertThat(x.reshape(2, 3)).isSameAs(x);
    assertThat(Tensor.zeros(0, 3).reshape(0, 5).shape()).isEqualTo(Shape.of(0, 5));
    assertThatThrownBy(() -> Tensor.zeros(0, 3).reshape(0, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
