// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.Tensor;

/// Products of vectors and matrices: family 05.
final class LinalgTable {
  private LinalgTable() {}

  static void addTo(OpTable t) {
    t.one("torch.matmul", c -> c.input().matmul(c.other()));
    t.one("torch.mm", c -> c.input().matmul(c.tensor("mat2")));
    t.one("torch.bmm", c -> c.input().matmul(c.tensor("mat2")));
    t.one("torch.mv", c -> c.input().matmul(c.tensor("vec")));
    t.one("torch.dot", c -> c.input().matmul(c.tensor("tensor")));
    t.one("torch.outer", c -> c.input().unsqueeze(1).mul(c.tensor("vec2")));
    t.one("torch.addmm", c -> addProduct(c, c.tensor("mat1").matmul(c.tensor("mat2"))));
    t.one("torch.baddbmm", c -> addProduct(c, c.tensor("batch1").matmul(c.tensor("batch2"))));
  }

  /// Returns `beta` · input + `alpha` · product.
  private static Tensor addProduct(Call c, Tensor product) {
    double beta = c.args().number("beta", 1);
    return c.input().mul(beta).add(product.mul(c.args().number("alpha", 1)));
  }
}
