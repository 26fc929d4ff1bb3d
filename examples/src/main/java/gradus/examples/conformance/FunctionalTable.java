// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.Tensor;
import gradus.nn.Dropout;
import gradus.nn.F;
import java.util.List;

/// What networks are made of: family 06.
final class FunctionalTable {
  private FunctionalTable() {}

  static void addTo(OpTable t) {
    for (String module : List.of("torch.", "torch.nn.functional.")) {
      t.one(module + "softmax", c -> F.softmax(c.input(), c.args().integer("dim")));
      t.one(module + "log_softmax", c -> F.logSoftmax(c.input(), c.args().integer("dim")));
    }
    t.one("torch.nn.functional.softmin", c -> F.softmin(c.input(), c.args().integer("dim")));
    t.one("torch.nn.functional.glu", c -> F.glu(c.input(), c.args().integer("dim", -1)));
    t.one("torch.nn.functional.linear", FunctionalTable::linear);
    t.one("torch.nn.functional.bilinear", FunctionalTable::bilinear);
    EmbeddingTable.addTo(t);
    t.one("golden.dropout", FunctionalTable::dropout);
    t.one("torch.nn.functional.dropout", FunctionalTable::dropout);
    RecurrentTable.addTo(t);
  }

  private static Tensor linear(Call c) {
    return F.linear(c.input(), c.tensor("weight"), c.optional("bias"));
  }

  private static Tensor bilinear(Call c) {
    return F.bilinear(
        c.tensor("input1"), c.tensor("input2"), c.tensor("weight"), c.optional("bias"));
  }

  private static Tensor dropout(Call c) {
    var layer = new Dropout(c.args().number("p", 0.5));
    if (!c.args().flag("training", true)) {
      layer.eval();
    }
    return layer.apply(c.input());
  }
}
