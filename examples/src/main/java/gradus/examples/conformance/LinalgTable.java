// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import gradus.SlogdetResult;
import gradus.Tensor;
import java.util.Arrays;
import java.util.List;

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
    t.one("torch.ger", c -> c.input().outer(c.tensor("vec2")));
    t.one(
        "torch.addmm", c -> c.input().addmm(c.tensor("mat1"), c.tensor("mat2"), beta(c), alpha(c)));
    t.one(
        "torch.baddbmm",
        c -> c.input().baddbmm(c.tensor("batch1"), c.tensor("batch2"), beta(c), alpha(c)));
    t.one("torch.einsum", LinalgTable::einsum);
    t.one("torch.tensordot", LinalgTable::tensordot);
    t.one("torch.trace", c -> c.input().trace());
    t.one("torch.kron", c -> c.input().kron(c.other()));
    t.one("torch.linalg.inv", c -> matrix(c).inv());
    t.one("torch.linalg.det", c -> matrix(c).det());
    t.several("torch.linalg.slogdet", LinalgTable::slogdet);
    t.one("torch.linalg.solve", LinalgTable::solve);
    t.one("torch.linalg.cholesky", LinalgTable::cholesky);
    t.one("torch.inverse", c -> matrix(c).inv());
    t.one("torch.det", c -> matrix(c).det());
    t.several("torch.slogdet", LinalgTable::slogdet);
    t.one("torch.cholesky", LinalgTable::cholesky);
  }

  /// `dims` is a number, or a list of the one's dimensions and one of the other's.
  private static Tensor tensordot(Call c) {
    Tensor a = c.tensor("a");
    Tensor b = c.tensor("b");
    JsonNode dims = c.args().get("dims");
    if (!dims.isArray()) {
      return a.tensordot(b, dims.asInt());
    }
    return a.tensordot(b, integers(dims.get(0)), integers(dims.get(1)));
  }

  private static int[] integers(JsonNode list) {
    int[] numbers = new int[list.size()];
    Arrays.setAll(numbers, i -> list.get(i).asInt());
    return numbers;
  }

  private static double beta(Call c) {
    return c.args().number("beta", 1);
  }

  private static double alpha(Call c) {
    return c.args().number("alpha", 1);
  }

  /// Returns the matrix, which PyTorch calls `A` in one place and `input` in another.
  private static Tensor matrix(Call c) {
    return c.given("A") ? c.tensor("A") : c.input();
  }

  private static List<Tensor> slogdet(Call c) {
    SlogdetResult result = matrix(c).slogdet();
    return List.of(result.sign(), result.logabsdet());
  }

  /// X with A · X = B or, not `left`, X · A = B.
  private static Tensor solve(Call c) {
    Tensor b = c.tensor("B");
    return c.args().flag("left", true)
        ? matrix(c).solve(b)
        : matrix(c).transpose(-1, -2).solve(b.transpose(-1, -2)).transpose(-1, -2);
  }

  private static Tensor cholesky(Call c) {
    Tensor lower = matrix(c).cholesky();
    return c.args().flag("upper", false) ? lower.transpose(-1, -2) : lower;
  }

  private static Tensor einsum(Call c) {
    Tensor[] operands = c.list("operands").toArray(Tensor[]::new);
    return Tensor.einsum(c.args().text("equation"), operands);
  }
}
