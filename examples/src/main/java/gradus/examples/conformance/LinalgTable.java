// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.Tensor;

/// Products of vectors and matrices: family 05.
final class LinalgTable {
  private LinalgTable() {}

  static void addTo(OpTable t) {
    t.one("torch.matmul", c -> c.input().matmul(c.other()));
    t.one("torch.mm", c -> c.input().mm(c.tensor("mat2")));
    t.one("torch.bmm", c -> c.input().bmm(c.tensor("mat2")));
    t.one("torch.mv", c -> c.input().mv(c.tensor("vec")));
    t.one("torch.dot", c -> c.input().dot(c.tensor("tensor")));
    t.one("torch.outer", c -> c.input().outer(c.tensor("vec2")));
    t.one(
        "torch.addmm", c -> c.input().addmm(c.tensor("mat1"), c.tensor("mat2"), beta(c), alpha(c)));
    t.one(
        "torch.baddbmm",
        c -> c.input().baddbmm(c.tensor("batch1"), c.tensor("batch2"), beta(c), alpha(c)));
    t.one("torch.einsum", LinalgTable::einsum);
    t.one("torch.trace", c -> c.input().trace());
    t.one("torch.kron", c -> c.input().kron(c.other()));
    t.one("torch.linalg.inv", c -> c.tensor("A").inv());
    t.one("torch.linalg.det", c -> c.tensor("A").det());
    t.one("torch.linalg.solve", c -> c.tensor("A").solve(c.tensor("B")));
    t.one("torch.linalg.cholesky", c -> c.input().cholesky());
  }

  private static double beta(Call c) {
    return c.args().number("beta", 1);
  }

  private static double alpha(Call c) {
    return c.args().number("alpha", 1);
  }

  private static Tensor einsum(Call c) {
    Tensor[] operands = c.list("operands").toArray(Tensor[]::new);
    return Tensor.einsum(c.args().text("equation"), operands);
  }
}
