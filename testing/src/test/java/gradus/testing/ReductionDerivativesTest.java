// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import static gradus.testing.GradAssertions.assertClose;
import static gradus.testing.OpChecks.check;

import gradus.Tensor;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.domains.Domain;

@Domain(Samples.class)
class ReductionDerivativesTest {
  @OpProperty({"sum()", "sum(int...)", "sum(Dims)"})
  void sum(@ForAll Samples.Axes a) {
    check(Tensor::sum, a.x());
    check(t -> t.sum(a.array()), a.x());
    check(t -> t.sum(a.dims()), a.x());
  }

  @OpProperty({"nansum(int...)", "nansum(Dims)", "nanmean(int...)", "nanmean(Dims)"})
  void withoutNan(@ForAll Samples.Axes a) {
    // The largest elements are replaced by NaN; their derivatives are 0.
    Tensor nan = a.x().gt(0.5);
    check(t -> t.maskedFill(nan, Double.NaN).nansum(), a.x());
    check(t -> t.maskedFill(nan, Double.NaN).nansum(a.dims()), a.x());
    assertClose(
        a.x().maskedFill(nan, Double.NaN).nansum(a.array()),
        a.x().maskedFill(nan, 0).sum(a.array()));
    check(t -> t.nanmean(), a.x());
    check(t -> t.nanmean(a.array()), a.x());
    assertClose(a.x().nanmean(a.dims()), a.x().mean(a.dims()));
  }

  @OpProperty({"prod()", "prod(int...)", "prod(Dims)"})
  void prod(@ForAll Samples.Axes a) {
    check(Tensor::prod, a.x());
    check(t -> t.prod(a.array()), a.x());
    check(t -> t.prod(a.dims()), a.x());
  }

  @OpProperty({"logsumexp(int...)", "logsumexp(Dims)"})
  void logsumexp(@ForAll Samples.Axes a) {
    check(t -> t.logsumexp(), a.x());
    check(t -> t.logsumexp(a.array()), a.x());
    check(t -> t.logsumexp(a.dims()), a.x());
  }

  @OpProperty({"norm()", "norm(double, int...)", "norm(double, Dims)"})
  void norm(@ForAll Samples.Axes a) {
    // Away from 0, where norms have a kink, and apart in size.
    Tensor x = a.x().add(8);
    check(Tensor::norm, x);
    check(t -> t.norm(1, a.array()), x);
    check(t -> t.norm(3, a.array()), x.neg());
    check(t -> t.norm(2, a.dims()), x);
    check(t -> t.norm(-1.5, a.dims()), x);
    check(t -> t.norm(Double.POSITIVE_INFINITY, a.dims()), x.neg());
    check(t -> t.norm(Double.NEGATIVE_INFINITY, a.dims()), x);
    check(t -> t.norm(0, a.dims()), x);
  }

  @OpProperty({"mean()", "mean(int...)", "mean(Dims)"})
  void mean(@ForAll Samples.Axes a) {
    check(Tensor::mean, a.x());
    check(t -> t.mean(a.array()), a.x());
    check(t -> t.mean(a.dims()), a.x());
  }

  @OpProperty({"var()", "var(int...)", "var(Dims)", "var(Dims, int)"})
  void var(@ForAll Samples.Axes a) {
    Assume.that(a.count() > 1);
    check(t -> t.var(), a.x());
    check(t -> t.var(a.array()), a.x());
    check(t -> t.var(a.dims()), a.x());
    check(t -> t.var(a.dims(), 0), a.x());
  }

  @OpProperty({"std()", "std(int...)", "std(Dims, int)"})
  void std(@ForAll Samples.Axes a) {
    Assume.that(a.count() > 1);
    check(t -> t.std(), a.x());
    check(t -> t.std(a.array()), a.x());
    check(t -> t.std(a.dims(), 0), a.x());
  }

  @OpProperty({"max()", "min()", "max(int)", "min(int)"})
  void extremes(@ForAll Samples.Axes a, @ForAll Samples.Axis along) {
    check(t -> t.max(), a.x());
    check(t -> t.min(), a.x());
    // Equal elements are told apart by what is added to them.
    Tensor x =
        along
            .x()
            .mul(16)
            .add(Tensor.arange(along.x().numel()).reshape(along.x().shape()).mul(0.001));
    check(t -> t.max(along.dim()).values(), x);
    check(t -> t.min(along.dim()).values(), x);
  }

  @OpProperty({"amax(int...)", "amax(Dims)", "amin(int...)", "amin(Dims)"})
  void extremesOverDims(@ForAll Samples.Axes a) {
    check(t -> t.amax(a.array()), a.x());
    check(t -> t.amax(a.dims()), a.x());
    check(t -> t.amin(a.array()), a.x());
    check(t -> t.amin(a.dims()), a.x());
  }
}
