// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.RoundingMode;
import gradus.Tensor;
import java.util.Locale;
import java.util.function.BinaryOperator;

/// Functions of pairs of elements: family 02.
final class BinaryTable {
  private BinaryTable() {}

  static void addTo(OpTable t) {
    t.one("torch.add", c -> scaled(c, Tensor::add));
    t.one("torch.sub", c -> scaled(c, Tensor::sub));
    t.one("torch.mul", c -> c.input().mul(c.operand("other")));
    t.one("torch.div", BinaryTable::div);
    t.one("torch.floor_divide", c -> c.input().div(c.operand("other"), RoundingMode.FLOOR));
    t.one("torch.remainder", c -> c.input().remainder(c.operand("other")));
    t.one("torch.fmod", c -> c.input().fmod(c.operand("other")));
    t.one("torch.logaddexp", c -> c.input().logaddexp(c.other()));
    t.one("torch.logical_xor", c -> c.input().logicalXor(c.other()));
    t.one("torch.maximum", c -> c.input().maximum(c.other()));
    t.one("torch.minimum", c -> c.input().minimum(c.other()));
    t.one("torch.atan2", c -> c.input().atan2(c.other()));
    t.one("torch.hypot", c -> c.input().hypot(c.other()));
    t.one("torch.lerp", BinaryTable::lerp);
    t.one(
        "torch.addcmul",
        c ->
            c.input()
                .addcmul(c.tensor("tensor1"), c.tensor("tensor2"), c.args().number("value", 1)));
    t.one(
        "torch.addcdiv",
        c ->
            c.input()
                .addcdiv(c.tensor("tensor1"), c.tensor("tensor2"), c.args().number("value", 1)));
    t.one("torch.where", c -> Tensor.where(c.tensor("condition"), c.input(), c.operand("other")));
    t.one("torch.logical_and", c -> c.input().logicalAnd(c.other()));
    t.one("torch.logical_or", c -> c.input().logicalOr(c.other()));
    t.one("torch.eq", c -> c.input().eq(c.operand("other")));
    t.one("torch.ne", c -> c.input().ne(c.operand("other")));
    t.one("torch.lt", c -> c.input().lt(c.operand("other")));
    t.one("torch.le", c -> c.input().le(c.operand("other")));
    t.one("torch.gt", c -> c.input().gt(c.operand("other")));
    t.one("torch.ge", c -> c.input().ge(c.operand("other")));
  }

  /// Returns what `op` makes of the input and `alpha` · other, of the type that it makes of both
  /// without.
  private static Tensor scaled(Call c, BinaryOperator<Tensor> op) {
    Tensor other = c.operand("other");
    if (!c.args().given("alpha")) {
      return op.apply(c.input(), other);
    }
    Tensor scaled =
        c.args().isWhole("alpha")
            ? other.mul(c.args().integer("alpha"))
            : other.mul(c.args().number("alpha"));
    return op.apply(c.input(), scaled).to(op.apply(c.input(), other).dtype());
  }

  private static Tensor div(Call c) {
    Tensor other = c.operand("other");
    return c.args().given("rounding_mode")
        ? c.input()
            .div(
                other,
                RoundingMode.valueOf(c.args().text("rounding_mode").toUpperCase(Locale.ROOT)))
        : c.input().div(other);
  }

  private static Tensor lerp(Call c) {
    Tensor end = c.tensor("end");
    return c.given("weight")
        ? c.input().lerp(end, c.tensor("weight"))
        : c.input().lerp(end, c.args().number("weight"));
  }
}
