// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.Tensor;

/// Functions of pairs of elements: family 02.
final class BinaryTable {
  private BinaryTable() {}

  static void addTo(OpTable t) {
    t.one("torch.add", c -> c.input().add(scaled(c)));
    t.one("torch.sub", c -> c.input().sub(scaled(c)));
    t.one("torch.mul", c -> c.input().mul(c.other()));
    t.one("torch.div", c -> c.input().div(c.other()));
    t.one("torch.maximum", c -> c.input().maximum(c.other()));
    t.one("torch.minimum", c -> c.input().minimum(c.other()));
    t.one("torch.atan2", c -> c.input().atan2(c.other()));
    t.one("torch.hypot", c -> c.input().hypot(c.other()));
    t.one("torch.lerp", BinaryTable::lerp);
    t.one(
        "torch.addcmul",
        c -> c.input().addcmul(c.tensor("tensor1"), c.tensor("tensor2"), c.args().number("value")));
    t.one(
        "torch.addcdiv",
        c -> c.input().addcdiv(c.tensor("tensor1"), c.tensor("tensor2"), c.args().number("value")));
    t.one("torch.where", c -> Tensor.where(c.tensor("condition"), c.input(), c.other()));
    t.one("torch.eq", c -> c.input().eq(c.other()));
    t.one("torch.ne", c -> c.input().ne(c.other()));
    t.one("torch.lt", c -> c.input().lt(c.other()));
    t.one("torch.le", c -> c.input().le(c.other()));
    t.one("torch.gt", c -> c.input().gt(c.other()));
    t.one("torch.ge", c -> c.input().ge(c.other()));
  }

  /// Returns `alpha` · other.
  private static Tensor scaled(Call c) {
    return c.args().has("alpha") ? c.other().mul(c.args().number("alpha")) : c.other();
  }

  private static Tensor lerp(Call c) {
    Tensor end = c.tensor("end");
    return c.given("weight")
        ? c.input().lerp(end, c.tensor("weight"))
        : c.input().lerp(end, c.args().number("weight"));
  }
}
