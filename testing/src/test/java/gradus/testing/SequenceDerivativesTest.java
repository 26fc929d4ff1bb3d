// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import static gradus.testing.OpChecks.check;

import gradus.Order;
import gradus.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.domains.Domain;

@Domain(Samples.class)
class SequenceDerivativesTest {
  @OpProperty({"cumsum(int)", "cumprod(int)"})
  void running(@ForAll Samples.Axis a) {
    check(t -> t.cumsum(a.dim()), a.x());
    check(t -> t.cumprod(a.dim()), a.x());
    // With zeros, whose derivatives are those of the others' product.
    Tensor kept = a.x().gt(-0.5).to(a.x().dtype());
    check(t -> t.mul(kept).cumprod(a.dim()), a.x());
  }

  @OpProperty({
    "sort()",
    "sort(int)",
    "sort(int, Order)",
    "topk(int)",
    "topk(int, int)",
    "topk(int, int, Order)"
  })
  void sorted(@ForAll Samples.Axis a) {
    // Equal elements are told apart by what is added to them.
    Tensor x = a.x().mul(16).add(Tensor.arange(a.x().numel()).reshape(a.x().shape()).mul(0.001));
    int half = (a.size() + 1) / 2;
    check(t -> t.sort().values(), x);
    check(t -> t.sort(a.dim()).values(), x);
    check(t -> t.sort(a.dim(), Order.DESCENDING).values(), x);
    check(t -> t.topk(1).values(), x);
    check(t -> t.topk(half, a.dim()).values(), x);
    check(t -> t.topk(half, a.dim(), Order.ASCENDING).values(), x);
  }
}
