// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.Tensor;
import gradus.nn.Dropout;
import gradus.nn.F;

/// What networks are made of: family 06.
final class FunctionalTable {
  private FunctionalTable() {}

  static void addTo(OpTable t) {
    t.one("torch.softmax", c -> F.softmax(c.input(), c.args().integer("dim")));
    t.one("torch.log_softmax", c -> F.logSoftmax(c.input(), c.args().integer("dim")));
    t.one("torch.nn.functional.softmin", c -> F.softmin(c.input(), c.args().integer("dim")));
    t.one("torch.nn.functional.glu", c -> F.glu(c.input(), c.args().integer("dim", -1)));
    t.one("torch.nn.functional.linear", FunctionalTable::linear);
    t.one("golden.dropout", FunctionalTable::dropout);
    RecurrentTable.addTo(t);
  }

  private static Tensor linear(Call c) {
    return F.linear(c.input(), c.tensor("weight"), c.optional("bias"));
  }

  private static Tensor dropout(Call c) {
    var layer = new Dropout(c.args().number("p"));
    if (!c.args().flag("training")) {
      layer.eval();
    }
    return layer.apply(c.input());
  }
}
