// SPDX-License-Identifier: Apache-2.0
package gradus;

import static gradus.ErrorsTest.row;
import static gradus.ErrorsTest.t;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// What products and factorizations refuse.
final class LinalgErrors {
  private LinalgErrors() {}

  static Stream<Arguments> rows() {
    return Stream.concat(products(), factors());
  }

  private static Stream<Arguments> products() {
    return Stream.of(
        row("linear: the weight [3] is not [out, in]", () -> t(2, 3).linear(t(3), null)),
        row(
            "linear: the input [2, 3] does not end in 4, as the weight [5, 4] needs",
            () -> t(2, 3).linear(t(5, 4), null)),
        row(
            "linear: the input [2, 2, 2] does not end in 4, as the weight [5, 4] needs; did you mean x.flatten(1), or a Flatten layer before?",
            () -> t(2, 2, 2).linear(t(5, 4), null)),
        row(
            "linear: the input [2, 3] does not end in 4, as the weight [3, 4] needs; did you mean weight.t()?",
            () -> t(2, 3).linear(t(3, 4), null)),
        row(
            "linear: the bias [4] is not [5], one for each row of the weight [5, 3]",
            () -> t(2, 3).linear(t(5, 3), t(4))),
        row(
            "tensordot: [2, 3] · [2, 3]: dimension 1 of size 3 and dimension 0 of size 2 differ",
            () -> t(2, 3).tensordot(t(2, 3), 1)),
        row(
            "tensordot: [2, 3] · [3]: 2 dimensions are not in 0…1",
            () -> t(2, 3).tensordot(t(3), 2)),
        row(
            "tensordot: [2, 3] · [3]: 2 dimensions of the one and 1 of the other",
            () -> t(2, 3).tensordot(t(3), new int[] {0, 1}, new int[] {0})),
        row(
            "tensordot: [2, 2]: dimension -1 is named twice",
            () -> t(2, 2).tensordot(t(2, 2), new int[] {1, -1}, new int[] {0, 1})),
        row(
            "tensordot: [2]: dimension 1 is out of range; expected -1…0",
            () -> t(2).tensordot(t(2), new int[] {1}, new int[] {0})),
        row(
            "tensordot: float32 and float64: the types differ; convert one with to(DType.…)",
            () -> t(2).tensordot(t(2).to(DType.FLOAT64), 1)),
        row("mm: [2] × [2, 2]: expected 2 and 2 dimensions; see matmul", () -> t(2).mm(t(2, 2))),
        row("bmm: [2, 2, 3] × [4, 3, 2]: 2 matrices and 4", () -> t(2, 2, 3).bmm(t(4, 3, 2))),
        row(
            "bmm: [2, 2] × [2, 2]: expected 3 and 3 dimensions; see matmul",
            () -> t(2, 2).bmm(t(2, 2))),
        row(
            "mv: [2, 2] × [2, 2]: expected 2 and 1 dimensions; see matmul",
            () -> t(2, 2).mv(t(2, 2))),
        row("dot: [2, 2] × [2]: expected 1 and 1 dimensions; see matmul", () -> t(2, 2).dot(t(2))),
        row(
            "outer: [2, 2] × [2]: expected 1 and 1 dimensions; see matmul",
            () -> t(2, 2).outer(t(2))),
        row("trace: [2] is not a matrix", () -> t(2).trace()),
        row(
            "einsum: \"ij,jk\": it has 2 terms for 1 operands",
            () -> Tensor.einsum("ij,jk", t(2, 2))),
        row(
            "einsum: \"ij->j\": term \"ij\" doesn't fit operand 0, [2]",
            () -> Tensor.einsum("ij->j", t(2))),
        row(
            "einsum: \"ij,jk\": 'j' is 3 in one place and 4 in operand 1, [4, 2]",
            () -> Tensor.einsum("ij,jk", t(2, 3), t(4, 2))),
        row(
            "einsum: \"ij->k\": 'k' of the result is in no term",
            () -> Tensor.einsum("ij->k", t(2, 2))),
        row(
            "einsum: \"ij->ii\": the result has a label twice",
            () -> Tensor.einsum("ij->ii", t(2, 2))),
        row(
            "einsum: \"i1\": '1' is no letter; labels are a … z and A … Z",
            () -> Tensor.einsum("i1", t(2, 2))));
  }

  private static Stream<Arguments> factors() {
    return Stream.of(
        row("inv: [2, 3]: expected square matrices, […, n, n]", () -> t(2, 3).inv()),
        row("inv: [2, 2] is singular", () -> t(2, 2).inv()),
        row("inv: [3, 2, 2] matrix 0 is singular", () -> t(3, 2, 2).inv()),
        row(
            "inv: int64 is not floating; convert it with to(DType.FLOAT32)",
            () -> Tensor.zeros(DType.INT64, 2, 2).inv()),
        row("det: [2]: expected square matrices, […, n, n]", () -> t(2).det()),
        row("slogdet: [2, 3]: expected square matrices, […, n, n]", () -> t(2, 3).slogdet()),
        row("solve: [2, 2] and [3, 2]: the right side needs 2 rows", () -> t(2, 2).solve(t(3, 2))),
        row("solve: [2, 2] is singular", () -> t(2, 2).solve(t(2))),
        row(
            "cholesky: [2, 2] is not positive definite: its leading minor of order 1 is not"
                + " positive",
            () -> t(2, 2).cholesky()));
  }
}
