// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import static gradus.testing.GradAssertions.assertClose;
import static gradus.testing.GradAssertions.assertSameBits;

import gradus.DType;
import gradus.Dims;
import gradus.Tensor;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;

/// Rows longer than vector registers, where contiguous tensors take another path than views: the
/// same bits on both, and close to float64.
class WideTensorsTest {
  private static final List<UnaryOperator<Tensor>> UNARY =
      List.of(
          Tensor::neg,
          Tensor::abs,
          Tensor::sign,
          Tensor::square,
          Tensor::exp,
          Tensor::expm1,
          Tensor::sin,
          Tensor::cos,
          Tensor::erf,
          Tensor::tanh,
          Tensor::sigmoid,
          Tensor::relu,
          x -> x.leakyRelu(0.1),
          x -> x.clamp(-1, 1.5),
          x -> x.pow(3),
          x -> x.add(2.5).log(),
          x -> x.add(2.5).log1p(),
          x -> x.add(2.5).sqrt(),
          x -> x.add(2.5).rsqrt(),
          x -> x.add(2.5).reciprocal(),
          x -> x.add(2.5).pow(-0.75));

  private static final List<UnaryOperator<Tensor>> FOLDING =
      List.of(
          x -> x.sum(),
          x -> x.sum(0),
          x -> x.sum(Dims.keep(-1)),
          x -> x.mean(-1),
          x -> x.var(0),
          x -> x.std(Dims.of(-1), 0),
          x -> x.amax(0),
          x -> x.max(-1).values(),
          x -> x.softmax(-1),
          x -> x.logSoftmax(0),
          x -> x.matmul(x.t()),
          x -> x.t().matmul(x).narrow(0, 0, 5),
          x -> x.batchNorm(null, null, 1e-5).output(),
          x -> x.batchNorm(x.get(0), x.get(1).square(), x.get(2), x.get(3), 0.1));

  private static final List<BinaryOperator<Tensor>> BINARY =
      List.of(
          Tensor::add,
          Tensor::sub,
          Tensor::mul,
          (a, b) -> a.div(b.add(2.5)),
          (a, b) -> a.add(2.5).pow(b),
          Tensor::maximum,
          Tensor::minimum,
          (a, b) -> Tensor.where(a.lt(b), a, b));

  @FixedProperty
  void eachElementAlone(@ForAll("wide") Tensor x) {
    UNARY.forEach(f -> assertAlike(f, x));
  }

  @FixedProperty
  void rowsAndColumns(@ForAll("wide") Tensor x) {
    FOLDING.forEach(f -> assertAlike(f, x));
  }

  @FixedProperty
  void pairsOfElements(@ForAll("widePairs") Tensors.Pair p) {
    for (BinaryOperator<Tensor> f : BINARY) {
      Tensor y = f.apply(p.left(), p.right());
      assertSameBits(f.apply(p.left().copy(), p.right().copy()), y);
      assertSameBits(f.apply(p.left().copy(), p.right()), y);
      assertClose(y, f.apply(p.left().to(DType.FLOAT64), p.right().to(DType.FLOAT64)));
    }
  }

  private static void assertAlike(UnaryOperator<Tensor> f, Tensor x) {
    Tensor y = f.apply(x);
    assertSameBits(f.apply(x.copy()), y);
    assertSameBits(f.apply(Layouts.transposed(x)), y);
    assertClose(y, f.apply(x.to(DType.FLOAT64)));
  }

  @Provide
  Arbitrary<Tensor> wide() {
    return Tensors.float32().of(Shapes.any().rank(2).sizes(5, 70).elements(600));
  }

  @Provide
  Arbitrary<Tensors.Pair> widePairs() {
    return Tensors.pairs(
        Shapes.broadcasting(Shapes.any().rank(1, 2).sizes(5, 70).elements(600)),
        Tensors.float32(),
        Tensors.float32());
  }
}
