// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.POSITIVE_INFINITY;

import gradus.DType;
import gradus.Tensor;

/// Functions of each element alone: family 01, but for its activations.
final class UnaryTable {
  private UnaryTable() {}

  static void addTo(OpTable t) {
    t.one("torch.neg", c -> c.input().neg());
    t.one("torch.abs", c -> c.input().abs());
    t.one("torch.sign", c -> c.input().sign());
    t.one("torch.floor", c -> c.input().floor());
    t.one("torch.ceil", c -> c.input().ceil());
    t.one("torch.round", c -> c.input().round());
    t.one("torch.square", c -> c.input().square());
    t.one("torch.sqrt", c -> c.input().sqrt());
    t.one("torch.rsqrt", c -> c.input().rsqrt());
    t.one("torch.reciprocal", c -> c.input().reciprocal());
    t.one("torch.exp", c -> c.input().exp());
    t.one("torch.expm1", c -> c.input().expm1());
    t.one("torch.log", c -> c.input().log());
    t.one("torch.log1p", c -> c.input().log1p());
    t.one("torch.sin", c -> c.input().sin());
    t.one("torch.cos", c -> c.input().cos());
    t.one("torch.erf", c -> c.input().erf());
    t.one("torch.trunc", c -> c.input().trunc());
    t.one("torch.exp2", c -> c.input().exp2());
    t.one("torch.log2", c -> c.input().log2());
    t.one("torch.log10", c -> c.input().log10());
    t.one("torch.erfc", c -> c.input().erfc());
    t.one("torch.tan", c -> c.input().tan());
    t.one("torch.asin", c -> c.input().asin());
    t.one("torch.acos", c -> c.input().acos());
    t.one("torch.atan", c -> c.input().atan());
    t.one("torch.sinh", c -> c.input().sinh());
    t.one("torch.cosh", c -> c.input().cosh());
    t.one("torch.clamp", UnaryTable::clamp);
    t.one("torch.pow", UnaryTable::pow);
    t.one("torch.isnan", c -> c.input().isNan());
    t.one("torch.isinf", c -> c.input().isInf());
    t.one("torch.isfinite", c -> c.input().isFinite());
    t.one("torch.nan_to_num", UnaryTable::nanToNum);
    t.one("torch.logical_not", c -> c.input().logicalNot());
    t.one("torch.Tensor.detach", c -> c.input().detach());
    t.one("torch.clone", c -> c.input().copy());
    t.one("torch.Tensor.contiguous", c -> c.input().contiguous());
    t.one("torch.Tensor.to", c -> c.input().to(GoldenTensor.dtype(c.args().text("dtype"))));
  }

  private static Tensor clamp(Call c) {
    double min = c.args().number("min", NEGATIVE_INFINITY);
    return c.input().clamp(min, c.args().number("max", POSITIVE_INFINITY));
  }

  private static Tensor nanToNum(Call c) {
    double most = c.input().dtype() == DType.FLOAT64 ? Double.MAX_VALUE : Float.MAX_VALUE;
    Fields args = c.args();
    return c.input()
        .nanToNum(args.number("nan", 0), args.number("posinf", most), args.number("neginf", -most));
  }

  private static Tensor pow(Call c) {
    return c.given("exponent")
        ? c.input().pow(c.tensor("exponent"))
        : c.args().isWhole("exponent")
            ? c.input().pow(c.args().integer("exponent"))
            : c.input().pow(c.args().number("exponent"));
  }
}
