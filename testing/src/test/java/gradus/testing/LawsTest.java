// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import static gradus.testing.GradAssertions.assertClose;
import static gradus.testing.GradAssertions.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import gradus.Autograd;
import gradus.DType;
import gradus.Dims;
import gradus.MaxResult;
import gradus.Shape;
import gradus.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;

/// What holds between ops.
@Domain(Samples.class)
class LawsTest {
  /// Three matrices that can be multiplied one after another, and a second last one.
  record Chain(Tensor a, Tensor b, Tensor c, Tensor d) {}

  // ---- arithmetic

  @FixedProperty
  void sumsAndProductsCommute(@ForAll Tensors.Pair p) {
    for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32, DType.INT64)) {
      Tensor a = p.left().to(dtype);
      Tensor b = p.right().to(dtype);
      assertSameBits(a.add(b), b.add(a));
      assertSameBits(a.mul(b), b.mul(a));
      assertSameBits(a.maximum(b), b.maximum(a));
      assertSameBits(a.minimum(b), b.minimum(a));
      assertSameBits(a.sub(b), a.add(b.neg()));
      assertSameBits(a.maximum(b).add(a.minimum(b)), a.add(b));
      assertSameBits(a.mul(2), a.add(a));
      assertSameBits(a.square(), a.mul(a));
      assertSameBits(Tensor.where(a.lt(b), a, b), a.minimum(b));
    }
    assertClose(
        p.left().mul(p.left().sub(p.right())), p.left().square().sub(p.left().mul(p.right())));
  }

  @FixedProperty
  void inversesCancel(@ForAll("positive") Tensor x) {
    assertClose(x.exp().log(), x);
    assertClose(x.log().exp(), x);
    assertClose(x.expm1().log1p(), x);
    assertClose(x.expm1(), x.exp().sub(1));
    assertClose(x.log1p(), x.add(1).log());
    assertClose(x.square().sqrt(), x);
    assertClose(x.sqrt().rsqrt().square().square(), x.reciprocal());
    assertClose(x.pow(1.5), x.mul(x.sqrt()));
    assertClose(x.pow(-2), x.square().reciprocal());
    assertClose(x.div(x.square()), x.reciprocal());
    assertSameBits(x.neg().neg(), x);
  }

  @FixedProperty
  void functionsHaveTheirSymmetries(@ForAll Tensor x) {
    Tensor n = x.neg();
    assertSameBits(n.tanh(), x.tanh().neg());
    assertSameBits(n.erf(), x.erf().neg());
    assertSameBits(n.abs(), x.abs());
    assertSameBits(n.sign().add(0), x.sign().neg().add(0));
    assertSameBits(n.floor().add(0), x.ceil().neg().add(0));
    assertSameBits(n.round().add(0), x.round().neg().add(0));
    assertClose(n.sin(), x.sin().neg());
    assertClose(n.cos(), x.cos());
    assertClose(n.sigmoid(), x.sigmoid().neg().add(1));
    assertClose(x.sin().square().add(x.cos().square()), Tensor.onesLike(x));
    assertClose(x.mul(2).sigmoid().mul(2).sub(1), x.tanh());
    assertSameBits(x.relu().sub(n.relu()), x.add(0.0));
    assertSameBits(x.relu().add(n.relu()), x.abs());
    assertClose(x.leakyRelu(0.25), x.relu().sub(n.relu().mul(0.25)));
    assertSameBits(
        x.clamp(-1, 1),
        x.maximum(Tensor.scalar(-1, DType.FLOAT64)).minimum(Tensor.scalar(1, DType.FLOAT64)));
  }

  // ---- views

  @FixedProperty
  void viewsCanBeUndone(@ForAll Samples.Axis a, @ForAll("permutations") List<Integer> order) {
    Tensor x = a.x();
    assertSameBits(x.flatten().reshape(x.shape()), x);
    assertSameBits(x.unsqueeze(a.dim()).squeeze(a.dim()), x);
    assertSameBits(x.transpose(a.dim(), 0).transpose(0, a.dim()), x);
    assertSameBits(x.copy(), x);
    assertSameBits(x.contiguous(), x);
    if (x.dim() > 0) {
      List<Tensor> slices = new ArrayList<>();
      for (int i = 0; i < a.size(); i++) {
        slices.add(x.select(a.dim(), i));
      }
      int front = Math.floorMod(a.dim(), x.dim());
      assertSameBits(Tensor.stack(slices, front), x);
    }
    Tensor y = Tensor.arange(24).reshape(1, 2, 3, 4);
    int[] there = order.stream().mapToInt(Integer::intValue).toArray();
    int[] back = new int[4];
    for (int d = 0; d < 4; d++) {
      back[there[d]] = d;
    }
    assertSameBits(y.permute(there).permute(back), y);
  }

  @FixedProperty
  void partsJoinAgain(@ForAll Samples.Slice s) {
    Tensor x = s.x();
    int end = s.start() + s.length();
    int size = x.size(s.dim());
    Tensor part = x.narrow(s.dim(), s.start(), s.length());
    assertSameBits(
        Tensor.cat(
            List.of(x.narrow(s.dim(), 0, s.start()), part, x.slice(s.dim(), end, size)), s.dim()),
        x);
    assertSameBits(x.slice(s.dim(), s.start(), end), part);
    assertSameBits(x.indexSelect(s.dim(), Tensor.arange(s.start(), end)), part);
    Tensor every = Tensor.arange(Math.ceilDiv(size, s.step())).mul(s.step());
    assertSameBits(x.slice(s.dim(), 0, size, s.step()), x.indexSelect(s.dim(), every));
  }

  // ---- reductions

  @FixedProperty
  void reductionsAgreeWithEachOther(@ForAll Samples.Axes a) {
    Tensor x = a.x();
    Dims dims = a.dims();
    Dims keep = Dims.keep(a.array());
    Shape kept = x.sum(keep).shape();
    assertSameBits(x.sum(dims).reshape(kept), x.sum(keep));
    assertClose(x.sum(dims).sum(), x.sum());
    assertClose(x.mean(dims).mul(a.count()), x.sum(dims));
    Tensor centred = x.sub(x.mean(keep));
    assertClose(x.var(dims, 0), centred.square().mean(dims));
    assertClose(x.std(dims, 0).square(), x.var(dims, 0));
    assertSameBits(x.neg().amax(dims).neg(), x.amin(dims));
    assertThat(x.le(x.amax(keep)).all().item()).isEqualTo(1);
    assertThat(x.ge(x.amin(keep)).all().item()).isEqualTo(1);
    Tensor oneByOne = x;
    for (int dim : a.list()) {
      oneByOne = oneByOne.sum(Dims.keep(dim));
    }
    assertClose(a.list().isEmpty() ? x.sum(keep) : oneByOne, x.sum(keep));
  }

  @FixedProperty
  void extremesAreWhereTheIndicesSay(@ForAll Samples.Axis a) {
    Tensor x = a.x();
    MaxResult max = x.max(a.dim());
    MaxResult min = x.min(a.dim());
    assertSameBits(max.values(), x.amax(a.dim()));
    assertSameBits(min.values(), x.amin(a.dim()));
    assertSameBits(max.indices(), x.argmax(a.dim()));
    assertSameBits(min.indices(), x.argmin(a.dim()));
    assertSameBits(x.max(), x.amax());
    assertSameBits(x.flatten().gather(0, x.argmax().reshape(1)).reshape(), x.max());
    if (x.dim() > 0) {
      int front = Math.floorMod(a.dim(), x.dim());
      Tensor at = max.indices().unsqueeze(front);
      assertSameBits(x.gather(front, at).squeeze(front), max.values());
    }
  }

  @FixedProperty
  void softmaxIsADistribution(@ForAll Samples.Axis a) {
    Tensor x = a.x();
    Tensor y = x.softmax(a.dim());
    Dims keep = Dims.keep(a.dim());
    assertClose(y.sum(keep), Tensor.onesLike(x.sum(keep)));
    assertThat(y.gt(0).all().item()).isEqualTo(1);
    assertClose(x.add(3.75).softmax(a.dim()), y);
    assertClose(x.add(x.amax(keep).detach()).softmax(a.dim()), y);
    assertClose(x.logSoftmax(a.dim()), y.log());
    assertClose(x.logSoftmax(a.dim()).exp(), y);
    // Far from 0, where the exponential alone overflows.
    assertClose(x.sub(1e4).softmax(a.dim()), y);
    assertClose(x.add(1e4).logSoftmax(a.dim()), x.logSoftmax(a.dim()));
  }

  @FixedProperty
  void batchNormStandardises(@ForAll("batches") Tensor x) {
    Tensor y = x.batchNorm(null, null, 1e-12).output().transpose(0, 1).flatten(1);
    Tensor rows = x.transpose(0, 1).flatten(1);
    assertClose(x.batchNorm(null, null, 0.5).mean(), rows.mean(1));
    assertClose(x.batchNorm(null, null, 0.5).var(), rows.var(Dims.of(1), 0));
    assertClose(y.mean(1), Tensor.zeros(x.size(1)), 1e-9, 0);
    assertClose(y.var(Dims.of(1), 0), Tensor.ones(x.size(1)), 1e-6, 0);
  }

  // ---- products of matrices

  @FixedProperty
  void productsObeyTheirLaws(@ForAll("chains") Chain m) {
    assertClose(m.a().matmul(m.b()).t(), m.b().t().matmul(m.a().t()));
    assertClose(m.a().matmul(m.b()).matmul(m.c()), m.a().matmul(m.b().matmul(m.c())));
    assertClose(m.b().matmul(m.c().add(m.d())), m.b().matmul(m.c()).add(m.b().matmul(m.d())));
    Tensor eye = Tensor.eye(m.a().size(1)).to(DType.FLOAT64);
    assertClose(m.a().matmul(eye), m.a());
    // Rows times columns.
    assertClose(m.a().matmul(m.b()), m.a().unsqueeze(2).mul(m.b().unsqueeze(0)).sum(1));
    assertClose(m.a().matmul(m.b().select(1, 0)), m.a().matmul(m.b()).select(1, 0));
    // A batch is its matrices.
    Tensor batch = Tensor.stack(List.of(m.a(), m.a().mul(2)), 0).matmul(m.b());
    assertClose(batch.get(1), m.a().matmul(m.b()).mul(2));
  }

  // ---- linear maps and their transposes: ⟨Lx, y⟩ = ⟨x, Lᵀy⟩

  @FixedProperty
  void expandIsTheTransposeOfSum(@ForAll Samples.Axes a) {
    Tensor y = a.x();
    Tensor x = y.mean(Dims.keep(a.array())).sin();
    assertDual(x, x.expand(y.shape().toArray()), y, y.sum(Dims.keep(a.array())));
    assertDual(
        y,
        y.sum(),
        Tensor.scalar(1.5, DType.FLOAT64),
        Tensor.full(DType.FLOAT64, 1.5, y.shape().toArray()).reshape(y.shape()));
  }

  @FixedProperty
  void gatherIsTheTransposeOfScatterAdd(@ForAll Samples.Index i) {
    Tensor zeros = Tensor.zerosLike(i.x());
    assertDual(
        i.x(),
        i.x().gather(i.dim(), i.index()),
        i.source(),
        zeros.scatterAdd(i.dim(), i.index(), i.source()));
    Tensor added = i.x().scatterAdd(i.dim(), i.index(), i.source());
    assertClose(added.sub(i.x()), zeros.scatterAdd(i.dim(), i.index(), i.source()));
    assertClose(added.sum(), i.x().sum().add(i.source().sum()));
  }

  @FixedProperty
  void narrowIsTheTransposeOfPadding(@ForAll Samples.Slice s) {
    Tensor x = s.x();
    Tensor part = x.narrow(s.dim(), s.start(), s.length());
    Tensor y = part.cos();
    int rest = x.size(s.dim()) - s.start() - s.length();
    Tensor padded =
        Tensor.cat(
            List.of(
                Tensor.zerosLike(x.narrow(s.dim(), 0, s.start())),
                y,
                Tensor.zerosLike(x.narrow(s.dim(), 0, rest))),
            s.dim());
    assertDual(x, part, y, padded);
  }

  @FixedProperty
  void derivativesOfLinearOpsAreTheirTransposes(@ForAll Samples.Slice s) {
    Tensor x = s.x();
    Tensor index = Tensor.arange(s.start(), s.start() + s.length());
    List<UnaryOperator<Tensor>> linear =
        List.of(
            t -> t.transpose(0, s.dim()),
            t -> t.slice(s.dim(), s.start(), t.size(s.dim()), s.step()),
            t -> t.select(s.dim(), s.start()),
            t -> t.indexSelect(s.dim(), index),
            t -> t.sum(s.dim()),
            t -> t.mean(s.dim()),
            t -> t.sub(t.mean(Dims.keep(s.dim()))),
            t -> Tensor.cat(List.of(t, t.mul(-2), t), s.dim()),
            t -> t.flatten().matmul(t.detach().flatten()),
            Tensor::neg);
    for (UnaryOperator<Tensor> f : linear) {
      Tensor leaf = x.detach().requiresGrad(true);
      Tensor output = f.apply(leaf);
      Tensor y = output.detach().sin().add(0.5);
      Tensor transposed =
          Autograd.grad(output, List.of(leaf), Autograd.options().gradient(y)).getFirst();
      assertDual(x, output.detach(), y, transposed);
    }
  }

  private static void assertDual(Tensor x, Tensor lx, Tensor y, Tensor lty) {
    assertThat(lx.shape()).isEqualTo(y.shape());
    assertThat(lty.shape()).isEqualTo(x.shape());
    assertClose(lx.mul(y).sum(), x.mul(lty).sum());
  }

  @Provide
  Arbitrary<Tensor> positive() {
    return Tensors.float64().between(0.25, 2);
  }

  @Provide
  Arbitrary<List<Integer>> permutations() {
    return Shapes.order(Shape.of(1, 2, 3, 4)).map(order -> Arrays.stream(order).boxed().toList());
  }

  @Provide
  Arbitrary<Tensor> batches() {
    return Tensors.float64().of(Shapes.any().rank(2, 3).sizes(2, 3)).distinct();
  }

  @Provide
  Arbitrary<Chain> chains() {
    return Shapes.uniform(1, 4)
        .list()
        .ofSize(4)
        .flatMap(
            n ->
                Combinators.combine(
                        Tensors.float64().of(n.get(0), n.get(1)),
                        Tensors.float64().of(n.get(1), n.get(2)),
                        Tensors.float64().of(n.get(2), n.get(3)),
                        Tensors.float64().of(n.get(2), n.get(3)))
                    .as(Chain::new));
  }
}
