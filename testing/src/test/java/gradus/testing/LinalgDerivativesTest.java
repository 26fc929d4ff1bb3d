// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import static gradus.testing.GradAssertions.assertClose;
import static gradus.testing.OpChecks.check;

import gradus.DType;
import gradus.Dims;
import gradus.Tensor;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;

@Domain(Samples.class)
class LinalgDerivativesTest {
  @OpProperty({
    "mm(Tensor)",
    "bmm(Tensor)",
    "mv(Tensor)",
    "dot(Tensor)",
    "outer(Tensor)",
    "kron(Tensor)",
    "trace()"
  })
  void products(@ForAll("matrices") Tensor x) {
    check((a, b) -> a.mm(b.t()), x, x.add(1));
    check((a, b) -> a.unsqueeze(0).bmm(b.unsqueeze(0).transpose(1, 2)), x, x.add(1));
    check((a, b) -> a.mv(b), x, x.get(0).add(1));
    check((a, b) -> a.dot(b), x.get(0), x.get(-1).mul(2));
    check((a, b) -> a.outer(b), x.get(0), x.select(1, 0));
    check((a, b) -> a.kron(b), x, x.get(0).add(1));
    check(t -> t.trace(), x);
  }

  @OpProperty({"tensordot(Tensor, int)", "tensordot(Tensor, int..., int...)"})
  void tensordot(@ForAll("matrices") Tensor x) {
    check((a, b) -> a.tensordot(b.t(), 1), x, x.add(1));
    check((a, b) -> a.tensordot(b, 2), x, x.add(1));
    check((a, b) -> a.tensordot(b.get(0), 0), x, x.add(1));
    check((a, b) -> a.tensordot(b, new int[] {0}, new int[] {-2}), x, x.add(1));
    check((a, b) -> a.tensordot(b.sum(Dims.keep(1)), 2), x, x.add(1));
  }

  @OpProperty({
    "linear(Tensor, Tensor)",
    "addmm(Tensor, Tensor)",
    "addmm(Tensor, Tensor, double, double)",
    "baddbmm(Tensor, Tensor)",
    "baddbmm(Tensor, Tensor, double, double)"
  })
  void sums(@ForAll("matrices") Tensor x) {
    check((a, b) -> a.linear(b, null), x, x.add(1));
    check((a, b) -> a.linear(b, a.select(1, 0)), x, x.add(1));
    check((a, b) -> a.unsqueeze(0).linear(b, b.select(1, 0)), x, x.add(1));
    check((a, b) -> a.select(1, 0).addmm(a, b.t()), x, x.add(1));
    check((a, b) -> a.select(1, 0).addmm(a, b.t(), 0.5, -2), x, x.add(1));
    Tensor batch = x.unsqueeze(0);
    check((a, b) -> a.select(2, 0).baddbmm(a, b.transpose(1, 2)), batch, batch.add(1));
    check((a, b) -> a.select(2, 0).baddbmm(a, b.transpose(1, 2), 3, 0.5), batch, batch.add(1));
  }

  @OpProperty({"inv()", "det()", "slogdet()", "solve(Tensor)", "cholesky()"})
  void factors(@ForAll("matrices") Tensor x) {
    check(t -> definite(t).inv(), x);
    check(t -> definite(t).det(), x);
    check(t -> definite(t).slogdet().logabsdet(), x);
    check((a, b) -> definite(a).solve(b), x, x.add(1));
    check((a, b) -> definite(a).solve(b.select(1, 0)), x, x.add(1));
    check(t -> definite(t).cholesky(), x);
    Tensor a = definite(x);
    Tensor l = a.cholesky();
    assertClose(l.matmul(l.t()), a);
    assertClose(a.matmul(a.solve(x)), x);
    assertClose(l.det().square(), a.det());
  }

  /// A symmetric matrix, well away from singular ones.
  private static Tensor definite(Tensor x) {
    return x.matmul(x.t()).add(Tensor.eye(x.size(0)).to(x.dtype()).mul(2));
  }

  @OpProperty({"einsum(String, Tensor...)"})
  void einsum(@ForAll("matrices") Tensor x) {
    check((a, b) -> Tensor.einsum("ij,kj->ik", a, b), x, x.add(1));
    check((a, b) -> Tensor.einsum("ij,ij->j", a, b), x, x.add(1));
    check((a, b) -> Tensor.einsum("...j,kj", a, b), x, x.add(1));
    check((a, b) -> Tensor.einsum("ij,kl->", a, b), x, x.add(1));
    check(t -> Tensor.einsum("ij,kj,kl->il", t, t, t), x);
    check(t -> Tensor.einsum("ii->i", t.matmul(t.t())), x);
    check(t -> Tensor.einsum("ji", t), x);
    assertClose(Tensor.einsum("ij,kj->ik", x, x), x.matmul(x.t()));
    assertClose(Tensor.einsum("ij->ji", x.to(DType.INT64)), x.to(DType.INT64).t());
  }

  @Provide
  Arbitrary<Tensor> matrices() {
    return Tensors.float64().of(Shapes.any().rank(2).sizes(1, 3));
  }
}
