// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import static gradus.testing.GradAssertions.assertClose;
import static gradus.testing.OpChecks.check;
import static org.assertj.core.api.Assertions.assertThat;

import gradus.Order;
import gradus.Tensor;
import java.util.List;
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

  @OpProperty({"cummax(int)", "cummin(int)", "logcumsumexp(int)"})
  void runningExtremes(@ForAll Samples.Axis a) {
    Tensor x = distinct(a.x());
    check(t -> t.cummax(a.dim()).values(), x);
    check(t -> t.cummin(a.dim()).values(), x);
    assertClose(x.cummin(a.dim()).values(), x.neg().cummax(a.dim()).values().neg());
    check(t -> t.logcumsumexp(a.dim()), a.x());
    assertClose(a.x().logcumsumexp(a.dim()).exp(), a.x().exp().cumsum(a.dim()));
  }

  /// Equal elements, told apart by what is added to them.
  private static Tensor distinct(Tensor x) {
    return x.mul(16).add(Tensor.arange(x.numel()).reshape(x.shape()).mul(0.001));
  }

  @OpProperty({"kthvalue(int)", "kthvalue(int, int)", "mode()", "mode(int)"})
  void kth(@ForAll Samples.Axis a) {
    Tensor x = distinct(a.x());
    check(t -> t.kthvalue(1).values(), x);
    check(t -> t.kthvalue(a.size(), a.dim()).values(), x);
    check(t -> t.mode().values(), x);
    check(t -> t.mode(a.dim()).values(), x);
    assertClose(x.kthvalue(a.size(), a.dim()).values(), x.max(a.dim()).values());
    // Where all differ, the most frequent is the smallest.
    assertClose(x.mode(a.dim()).values(), x.min(a.dim()).values());
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
    Tensor x = distinct(a.x());
    int half = (a.size() + 1) / 2;
    check(t -> t.sort().values(), x);
    check(t -> t.sort(a.dim()).values(), x);
    check(t -> t.sort(a.dim(), Order.DESCENDING).values(), x);
    check(t -> t.topk(1).values(), x);
    check(t -> t.topk(half, a.dim()).values(), x);
    check(t -> t.topk(half, a.dim(), Order.ASCENDING).values(), x);
  }

  @OpProperty({"median()", "median(int)", "quantile(double)", "quantile(double, int)"})
  void ranks(@ForAll Samples.Axis a) {
    Tensor x = distinct(a.x());
    check(t -> t.median(), x);
    check(t -> t.median(a.dim()).values(), x);
    check(t -> t.quantile(0.3), x);
    check(t -> t.quantile(0.75, a.dim()), x);
    // The median of an odd number of elements is the quantile in the middle.
    Tensor odd = Tensor.cat(List.of(x.flatten(), x.flatten(), x.flatten().narrow(0, 0, 1)), 0);
    assertClose(odd.median(), odd.quantile(0.5));
    Tensor nan = x.mul(Double.NaN);
    assertThat(nan.median().isNan().item() + nan.quantile(0.5).isNan().item()).isEqualTo(2);
  }
}
