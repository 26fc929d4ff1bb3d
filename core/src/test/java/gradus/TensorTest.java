// SPDX-License-Identifier: Apache-2.0
package gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Making, reading, printing and the types of tensors.
class TensorTest {
  @Test
  void making() {
    assertThat(Tensor.of(1, 2, 3).dtype()).isEqualTo(DType.FLOAT32);
    assertThat(Tensor.of(1, 2, 3).shape()).isEqualTo(Shape.of(3));
    assertThat(Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3).toFloatArray())
        .containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(Tensor.of(new double[][] {{1, 2}, {3, 4}}).shape()).isEqualTo(Shape.of(2, 2));
    assertThat(Tensor.of(new float[][] {{1, 2}, {3, 4}}).toFloatArray())
        .containsExactly(1, 2, 3, 4);
    assertThat(Tensor.of(new long[] {7}).dtype()).isEqualTo(DType.INT64);
    assertThat(Tensor.of(new boolean[] {true, false}).toBooleanArray())
        .containsExactly(true, false);
    assertThat(Tensor.of(new byte[] {-1, 2}).toLongArray()).containsExactly(255, 2);
    assertThat(Tensor.float64(new double[] {0.1}).item()).isEqualTo(0.1);
    assertThat(Tensor.scalar(0.1).item()).isEqualTo(0.1f);
    assertThat(Tensor.scalar(3L).dtype()).isEqualTo(DType.INT64);
    assertThat(Tensor.scalar(3L).dim()).isZero();
    assertThat(Tensor.zeros(2, 0).numel()).isZero();
    assertThat(Tensor.full(DType.INT64, 3, 2).toLongArray()).containsExactly(3, 3);
    assertThat(Tensor.arange(2, 5).toLongArray()).containsExactly(2, 3, 4);
    assertThat(Tensor.eye(2).toFloatArray()).containsExactly(1, 0, 0, 1);
    assertThat(Tensor.onesLike(Tensor.arange(2)).dtype()).isEqualTo(DType.INT64);
  }

  @Test
  void valuesAreCopiedInAndOut() {
    float[] values = {1, 2};
    Tensor t = Tensor.of(values);
    values[0] = 9;
    t.toFloatArray()[1] = 9;
    assertThat(t.toFloatArray()).containsExactly(1, 2);
  }

  @Test
  void badValues() {
    assertThatThrownBy(() -> Tensor.of(new float[] {1, 2, 3}, 2, 2))
        .hasMessage("Tensor.of: 3 values don't fill the shape [2, 2], which has 4 elements");
    assertThatThrownBy(() -> Tensor.of(new double[][] {{1, 2}, {3}}))
        .hasMessage("Tensor.of: row 1 has 1 values, row 0 has 2");
    assertThatThrownBy(() -> Tensor.zeros(2, -1)).hasMessage("shape: [2, -1]: a size is negative");
    assertThatThrownBy(() -> Tensor.zeros(65536, 65536))
        .hasMessage(
            "shape: [65536, 65536] has more than 2³¹−1 elements, the most that one tensor holds;"
                + " split it");
    assertThat(Shape.of(65536, 65536, 0).numel()).isZero();
    assertThatThrownBy(() -> Tensor.arange(3, 2)).hasMessage("arange: end 2 is before start 3");
    assertThatThrownBy(() -> Tensor.of(1, 2).item())
        .hasMessage("item: [2] has 2 elements, not one; index it or reduce it first");
    assertThatThrownBy(() -> Tensor.zeros(2, 3).size(2))
        .hasMessage("size: [2, 3]: dimension 2 is out of range; expected -2…1");
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT32, FLOAT32, FLOAT32",
    "FLOAT32, FLOAT64, FLOAT64",
    "FLOAT32, INT64, FLOAT32",
    "FLOAT64, UINT8, FLOAT64",
    "INT64, UINT8, INT64",
    "INT64, BOOL, INT64",
    "UINT8, BOOL, UINT8",
    "BOOL, BOOL, BOOL",
    "FLOAT32, BOOL, FLOAT32"
  })
  void promotion(DType a, DType b, DType expected) {
    assertThat(DType.promote(a, b)).isEqualTo(expected);
    assertThat(DType.promote(b, a)).isEqualTo(expected);
    assertThat(Tensor.ones(a, 2).add(Tensor.ones(b, 2)).dtype()).isEqualTo(expected);
  }

  @Test
  void scalarsDontPromoteWithinTheirCategory() {
    Tensor f = Tensor.of(1, 2);
    assertThat(f.add(Tensor.scalar(1, DType.FLOAT64)).dtype()).isEqualTo(DType.FLOAT32);
    assertThat(f.mul(0.1).dtype()).isEqualTo(DType.FLOAT32);
    assertThat(Tensor.arange(2).mul(2).dtype()).isEqualTo(DType.INT64);
    assertThat(Tensor.arange(2).mul(0.5).dtype()).isEqualTo(DType.FLOAT32);
    assertThat(Tensor.arange(2).add(Tensor.scalar(0.5)).dtype()).isEqualTo(DType.FLOAT32);
    assertThat(Tensor.arange(2).div(2).toFloatArray()).containsExactly(0, 0.5f);
    assertThat(Tensor.of(new byte[] {(byte) 200}).add(100).toLongArray())
        .containsExactly(300 - 256);
    assertThat(
            Tensor.of(new boolean[] {true}).add(Tensor.of(new boolean[] {true})).toBooleanArray())
        .containsExactly(true);
  }

  @Test
  void conversion() {
    assertThat(Tensor.of(-1.7, 0, 2.9).to(DType.INT64).toLongArray()).containsExactly(-1, 0, 2);
    assertThat(Tensor.of(0, 0.5).to(DType.BOOL).toBooleanArray()).containsExactly(false, true);
    assertThat(Tensor.of(255, 256.5).to(DType.UINT8).toLongArray()).containsExactly(255, 0);
    Tensor t = Tensor.of(1);
    assertThat(t.to(DType.FLOAT32)).isSameAs(t);
  }

  @Test
  void comparisonsOfLargeIntegersAreExact() {
    long big = (1L << 53) + 1;
    Tensor x = Tensor.of(new long[] {big, big - 1, 16_777_217});
    assertThat(x.eq(Tensor.scalar(big)).toBooleanArray()).containsExactly(true, false, false);
    assertThat(x.eq(16_777_217).toBooleanArray()).containsExactly(false, false, true);
    assertThat(x.gt(0.5).toBooleanArray()).containsExactly(true, true, true);
  }

  @Test
  void logic() {
    Tensor a = Tensor.of(new boolean[] {true, true, false, false});
    Tensor b = Tensor.of(new boolean[] {true, false, true, false});
    assertThat(a.logicalAnd(b).toBooleanArray()).containsExactly(true, false, false, false);
    assertThat(a.logicalOr(b).toBooleanArray()).containsExactly(true, true, true, false);
    assertThat(a.logicalNot().toBooleanArray()).containsExactly(false, false, true, true);
    assertThat(a.any().item()).isEqualTo(1);
    assertThat(a.all().item()).isZero();
    assertThat(Tensor.of(1, Double.NaN, Double.POSITIVE_INFINITY).isNan().toBooleanArray())
        .containsExactly(false, true, false);
    assertThat(Tensor.of(1, Double.NaN, Double.POSITIVE_INFINITY).isFinite().toBooleanArray())
        .containsExactly(true, false, false);
    assertThatThrownBy(() -> a.sub(b))
        .hasMessage("sub: bool − bool has no meaning; use ne() or convert with to(DType.INT64)");
  }

  @Test
  void printing() {
    assertThat(Tensor.of(1, 2.5, -3)).hasToString("tensor([ 1.0000,  2.5000, -3.0000])");
    assertThat(Tensor.of(1, 2)).hasToString("tensor([1., 2.])");
    assertThat(Tensor.scalar(0.5)).hasToString("tensor(0.5000)");
    assertThat(Tensor.arange(6).reshape(2, 3))
        .hasToString("tensor([[0, 1, 2],\n        [3, 4, 5]])");
    assertThat(Tensor.float64(new double[] {1e-7, 1}))
        .hasToString("tensor([1.0000e-07, 1.0000e+00], dtype=float64)");
    assertThat(Tensor.zeros(0, 3)).hasToString("tensor([], size=[0, 3])");
    assertThat(Tensor.of(Double.NaN, Double.NEGATIVE_INFINITY, 1))
        .hasToString("tensor([ nan, -inf,   1.])");
    assertThat(Tensor.of(new boolean[] {true, false})).hasToString("tensor([ true, false])");
    assertThat(Tensor.of(1).requiresGrad(true)).hasToString("tensor([1.], requiresGrad=true)");
    assertThat(Tensor.of(1).requiresGrad(true).add(1)).hasToString("tensor([2.], node=Add)");
    assertThat(Tensor.arange(2000))
        .hasToString("tensor([   0,    1,    2, ..., 1997, 1998, 1999])");
  }

  @Test
  void assigning() {
    Parameter w = new Parameter(Tensor.of(1, 2));
    w.assign(Tensor.of(3, 4));
    assertThat(w.toFloatArray()).containsExactly(3, 4);
    Parameter square = new Parameter(Tensor.of(new double[] {1, 2, 3, 4}, 2, 2));
    square.assign(square.detach().t());
    assertThat(square.toFloatArray()).containsExactly(1, 3, 2, 4);
    assertThatThrownBy(() -> w.assign(Tensor.of(1)))
        .hasMessage("Parameter.assign: [2] cannot hold [1]");
    assertThatThrownBy(() -> w.assign(Tensor.zeros(DType.FLOAT64, 2)))
        .hasMessage(
            "Parameter.assign: a float32 cannot hold float64 values; convert them with"
                + " to(DType.FLOAT32)");
    Buffer steps = new Buffer(Tensor.scalar(0L));
    steps.assign(steps.add(1));
    assertThat(steps.item()).isEqualTo(1);
    assertThat(steps.requiresGrad()).isFalse();
  }

  @Test
  void aParameterKeepsACopy() {
    Tensor t = Tensor.of(1, 2);
    Parameter w = new Parameter(t);
    w.assign(Tensor.of(3, 4));
    assertThat(t.toFloatArray()).containsExactly(1, 2);
  }

  @Test
  void reductionsAgreeWithPlainLoops() {
    Tensor x = new Generator(1).normal(DType.FLOAT64, 0, 1, Shape.of(3, 4, 5));
    double[] v = x.toDoubleArray();
    double total = 0;
    double[] middle = new double[15];
    for (int i = 0; i < v.length; i++) {
      total += v[i];
      middle[i / 20 * 5 + i % 5] += v[i];
    }
    assertThat(x.sum().item()).isCloseTo(total, offset(1e-12));
    assertThat(x.sum(1).toDoubleArray()).containsExactly(middle, offset(1e-12));
    assertThat(x.sum(Dims.keep(1)).shape()).isEqualTo(Shape.of(3, 1, 5));
    assertThat(x.permute(2, 0, 1).sum(0, 2).toDoubleArray())
        .containsExactly(x.sum(1, 2).toDoubleArray(), offset(1e-12));
    assertThat(x.mean().item()).isCloseTo(total / 60, offset(1e-12));
    assertThat(Tensor.of(1, 2, 4).var().item()).isCloseTo(7.0 / 3, offset(1e-6));
    assertThat(Tensor.of(1, 2, 4).std(Dims.all(), 0).item())
        .isCloseTo(StrictMath.sqrt(14.0 / 9), offset(1e-6));
    assertThat(Tensor.of(new boolean[] {true, true}).sum().dtype()).isEqualTo(DType.INT64);
    assertThat(Tensor.zeros(0).mean().item()).isNaN();
  }

  @Test
  void extremes() {
    Tensor x = Tensor.of(new double[][] {{1, 5, 5}, {7, Double.NaN, 2}});
    MaxResult max = x.max(1);
    assertThat(max.values().toFloatArray()).containsExactly(5, Float.NaN);
    assertThat(max.indices().toLongArray()).containsExactly(1, 1);
    assertThat(x.min(0).values().toFloatArray()).containsExactly(1, Float.NaN, 2);
    assertThat(Tensor.of(3, 1, 1).argmin().item()).isEqualTo(1);
    assertThat(Tensor.of(new double[][] {{1, 2}, {4, 3}}).argmax(1).toLongArray())
        .containsExactly(1, 0);
    Tensor tie = Tensor.of(2, 2, 1).requiresGrad(true);
    tie.max().backward();
    assertThat(tie.grad().toFloatArray()).containsExactly(0.5f, 0.5f, 0);
    tie.zeroGrad();
    tie.max(0).values().backward();
    assertThat(tie.grad().toFloatArray()).containsExactly(1, 0, 0);
    Tensor nan = Tensor.of(1, Double.NaN, 3).requiresGrad(true);
    nan.min().backward();
    assertThat(nan.grad().toFloatArray()).containsExactly(0, 1, 0);
    nan.zeroGrad();
    nan.amin(0).backward();
    assertThat(nan.grad().toFloatArray()).containsOnly(Float.NaN);
  }

  @Test
  void varianceOfOneElement() {
    Tensor x = Tensor.of(new double[] {3}, 1, 1).requiresGrad(true);
    assertThat(gradient(x.var(), x)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(gradient(x.var(1), x)).isNaN();
    assertThat(gradient(x.var(Dims.all(), 0), x)).isZero();
    assertThat(x.var().item()).isNaN();
    assertThat(x.var(1).item()).isNaN();
    assertThat(x.var(Dims.all(), 0).item()).isZero();
  }

  @Test
  void deviationOfEqualElements() {
    Tensor x = Tensor.of(new double[][] {{2, 2, 2}, {1, 2, 3}}).requiresGrad(true);
    Tensor std = x.std(1);
    assertThat(std.toFloatArray()).containsExactly(0, 1);
    std.sum().backward();
    assertThat(x.grad().toFloatArray()).containsExactly(0, 0, 0, -0.5f, 0, 0.5f);
  }

  @Test
  void powersAtZeroAreDifferentiatedTwice() {
    Tensor zeros = Tensor.float64(new double[] {0, 0, 0, 2});
    Tensor exponents = Tensor.float64(new double[] {0, 1, 3, 0});
    checkTwice(in -> in.getFirst().pow(0), zeros.detach().requiresGrad(true));
    checkTwice(in -> in.getFirst().pow(exponents), zeros.detach().requiresGrad(true));
    checkTwice(in -> zeros.pow(in.getFirst()), Tensor.full(DType.FLOAT64, 3, 4).requiresGrad(true));
    checkTwice(
        in -> in.get(0).pow(in.get(1)),
        Tensor.scalar(2, DType.FLOAT64).requiresGrad(true),
        Tensor.scalar(0, DType.FLOAT64).requiresGrad(true));
  }

  private static void checkTwice(Function<List<Tensor>, Tensor> f, Tensor... inputs) {
    Autograd.gradcheck(f, inputs);
    Autograd.gradgradcheck(f, inputs);
  }

  private static float gradient(Tensor y, Tensor x) {
    return Autograd.grad(y.sum(), List.of(x)).getFirst().toFloatArray()[0];
  }

  @Test
  void joining() {
    Tensor a = Tensor.arange(4).reshape(2, 2);
    Tensor b = Tensor.arange(2).reshape(1, 2);
    assertThat(Tensor.cat(List.of(a, b), 0).toLongArray()).containsExactly(0, 1, 2, 3, 0, 1);
    assertThat(Tensor.cat(List.of(a, a.t()), 1).toLongArray())
        .containsExactly(0, 1, 0, 2, 2, 3, 1, 3);
    assertThat(Tensor.stack(List.of(a, a), 2).shape()).isEqualTo(Shape.of(2, 2, 2));
    assertThat(Tensor.cat(List.of(a, Tensor.ones(2, 1)), 1).dtype()).isEqualTo(DType.FLOAT32);
  }

  @Test
  void linspaceMeetsBothEnds() {
    assertThat(Tensor.linspace(0, 1, 5).toDoubleArray()).containsExactly(0, 0.25, 0.5, 0.75, 1);
    assertThat(Tensor.linspace(-0.1, 0.3, 7).toFloatArray()).startsWith(-0.1f).endsWith(0.3f);
    assertThat(Tensor.linspace(2, 3, 1).toDoubleArray()).containsExactly(2);
    assertThat(Tensor.linspace(2, 3, 0).numel()).isZero();
  }

  @Test
  void likeTakesShapeAndType() {
    Tensor like = Tensor.zeros(DType.FLOAT64, 2, 3);
    assertThat(Tensor.fullLike(like, 0.1).toDoubleArray()).hasSize(6).containsOnly(0.1);
    for (Tensor drawn : List.of(Tensor.randLike(like), Tensor.randnLike(like))) {
      assertThat(drawn.shape()).isEqualTo(like.shape());
      assertThat(drawn.dtype()).isEqualTo(like.dtype());
      assertThat(drawn.unique().counts().numel()).isEqualTo(6);
    }
  }

  /// PyTorch's values for the same expressions.
  @Test
  void mixedIndices() {
    Tensor x = Tensor.arange(24).reshape(2, 3, 4);
    Tensor idx = Tensor.of(new long[] {2, 0});
    assertThat(x.at(Index.all(), Index.of(idx), Index.at(1)).toLongArray())
        .containsExactly(9, 1, 21, 13);
    assertThat(x.at(Index.at(-1), Index.range(0, 3, 2), Index.until(-2)).toLongArray())
        .containsExactly(12, 13, 20, 21);
    Tensor apart = x.at(Index.of(idx.sub(1L).abs()), Index.all(), Index.of(idx));
    assertThat(apart.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(apart.toLongArray()).containsExactly(14, 18, 22, 12, 16, 20);
    assertThat(x.at(Index.NEW_AXIS, Index.ELLIPSIS, Index.from(3)).shape())
        .isEqualTo(Shape.of(1, 2, 3, 1));
    assertThat(x.at(Index.ELLIPSIS, Index.of(x.get(0, 0).gt(1))).shape())
        .isEqualTo(Shape.of(2, 3, 2));
    Tensor put = x.indexPut(Tensor.scalar(-1L), Tensor.scalar(1L), idx);
    assertThat(put.get(1, 2).toLongArray()).containsOnly(-1);
    assertThat(put.get(1, 1).toLongArray()).containsExactly(16, 17, 18, 19);
    assertThat(x.get(1, 2).toLongArray()).containsExactly(20, 21, 22, 23);
  }
}
