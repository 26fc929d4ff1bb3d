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
}
