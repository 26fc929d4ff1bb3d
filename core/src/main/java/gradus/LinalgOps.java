// SPDX-License-Identifier: Apache-2.0
package gradus;

import org.jspecify.annotations.Nullable;

/// The linear algebra of a [Tensor].
public sealed interface LinalgOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// Returns the matrix product; leading dimensions are batches and broadcast, a vector is a row on
  /// the left and a column on the right. (PyTorch: `torch.matmul`.)
  ///
  /// Each element is a chain of fused multiply-adds in the order of the inner dimension, in fixed
  /// blocks, or, where a factor is a vector (or a matrix of one row or column), 64 such chains: the
  /// same bits at any thread count and SIMD width, and however the elements lie in memory. So the
  /// last bits of a row's product may differ between a batch of one and a larger one.
  ///
  /// @throws IllegalArgumentException if the inner sizes or the types differ, or the type isn't
  ///   floating
  default Tensor matmul(Tensor other) {
    return Linalg.MatMul.of(self(), other);
  }

  /// Returns this · weightᵀ + bias: what a linear layer computes, in one op. (PyTorch:
  /// `torch.nn.functional.linear`.)
  ///
  /// @param weight `[out, in]`; this is `[*, in]`, the result `[*, out]`
  /// @param bias `[out]`, or null
  /// @throws IllegalArgumentException if sizes or types do not match, or the type isn't floating
  default Tensor linear(Tensor weight, @Nullable Tensor bias) {
    return Linalg.Linear.of(self(), weight, bias);
  }

  /// Returns the product of two matrices, [#matmul(Tensor)] without broadcasting. (PyTorch:
  /// `torch.mm`.)
  ///
  /// @throws IllegalArgumentException also if either isn't a matrix
  default Tensor mm(Tensor other) {
    return Linalg.product("mm", self(), 2, other, 2);
  }

  /// Returns the products of matrices of two batches, `[b, n, m]` and `[b, m, p]`. (PyTorch:
  /// `torch.bmm`.)
  ///
  /// @throws IllegalArgumentException also if either isn't a batch of matrices or their numbers
  ///   differ
  default Tensor bmm(Tensor other) {
    if (self().dim() == 3 && other.dim() == 3 && self().size(0) != other.size(0)) {
      throw new IllegalArgumentException(
          "bmm: %s × %s: %d matrices and %d"
              .formatted(self().shape(), other.shape(), self().size(0), other.size(0)));
    }
    return Linalg.product("bmm", self(), 3, other, 3);
  }

  /// Returns the product of a matrix and a vector. (PyTorch: `torch.mv`.)
  ///
  /// @throws IllegalArgumentException also if they aren't
  default Tensor mv(Tensor vector) {
    return Linalg.product("mv", self(), 2, vector, 1);
  }

  /// Returns the inner product of two vectors. (PyTorch: `torch.dot`.)
  ///
  /// @throws IllegalArgumentException also if they aren't
  default Tensor dot(Tensor other) {
    return Linalg.product("dot", self(), 1, other, 1);
  }

  /// Returns the outer product of two vectors, `out[i][j] = this[i] · other[j]`. (PyTorch:
  /// `torch.outer`.)
  ///
  /// @throws IllegalArgumentException if they aren't
  default Tensor outer(Tensor other) {
    Linalg.ranks("outer", self(), 1, other, 1);
    return self().unsqueeze(1).mul(other);
  }

  /// Returns this + a · b, for matrices a and b; this broadcasts. (PyTorch: `torch.addmm`.)
  default Tensor addmm(Tensor a, Tensor b) {
    return self().add(a.mm(b));
  }

  /// Returns `beta` · this + `alpha` · a · b; if `beta` is 0, NaN and ∞ in this don't count.
  default Tensor addmm(Tensor a, Tensor b, double beta, double alpha) {
    return Linalg.sum(self(), beta, a.mm(b), alpha);
  }

  /// Returns this + a · b, for batches of matrices; this broadcasts. (PyTorch: `torch.baddbmm`.)
  default Tensor baddbmm(Tensor a, Tensor b) {
    return self().add(a.bmm(b));
  }

  /// Returns `beta` · this + `alpha` · a · b, for batches of matrices; if `beta` is 0, NaN and ∞ in
  /// this don't count.
  default Tensor baddbmm(Tensor a, Tensor b, double beta, double alpha) {
    return Linalg.sum(self(), beta, a.bmm(b), alpha);
  }

  /// Returns the sum of a matrix's diagonal. (PyTorch: `torch.trace`.)
  ///
  /// @throws IllegalArgumentException if this isn't a matrix
  default Tensor trace() {
    if (self().dim() != 2) {
      throw new IllegalArgumentException("trace: %s is not a matrix".formatted(self().shape()));
    }
    return self().diagonal().sum();
  }

  /// Returns the Kronecker product: this with each element times `other` in its place; the one with
  /// fewer dimensions gets more in front. (PyTorch: `torch.kron`.)
  default Tensor kron(Tensor other) {
    return Linalg.kron(self(), other);
  }

  /// Returns the sums of products over the last `dims` dimensions of this and the first `dims` of
  /// `other`, in order: the result has the other dimensions of this, then those of `other`.
  /// (PyTorch: `torch.tensordot`.)
  ///
  /// @throws IllegalArgumentException if `dims` is negative or more than either has, sizes differ
  ///   and neither is 1, or the types differ or aren't floating
  default Tensor tensordot(Tensor other, int dims) {
    return Linalg.tensordot(self(), other, dims);
  }

  /// Returns the sums of products over dimensions `dims` of this and `otherDims` of `other`, each
  /// with its counterpart: the result has the other dimensions of this, then those of `other`.
  ///
  /// @throws IllegalArgumentException also if there are not as many of both, or one is named twice
  default Tensor tensordot(Tensor other, int[] dims, int[] otherDims) {
    return Linalg.tensordot(self(), other, dims, otherDims);
  }

  /// Returns the inverse of square matrices. (PyTorch: `torch.linalg.inv`.)
  ///
  /// @throws IllegalArgumentException if this isn't square, isn't floating, or a matrix is singular
  default Tensor inv() {
    return Factorization.Inverse.of(self());
  }

  /// Returns the determinant of square matrices; it has derivatives where they are singular, too.
  /// (PyTorch: `torch.linalg.det`.)
  ///
  /// @throws IllegalArgumentException if this isn't square or isn't floating
  default Tensor det() {
    return Factorization.Det.of(self());
  }

  /// Returns sign and logarithm of the determinant of square matrices. (PyTorch:
  /// `torch.linalg.slogdet`.)
  ///
  /// @throws IllegalArgumentException if this isn't square or isn't floating
  default SlogdetResult slogdet() {
    return Factorization.LogAbsDet.of(self());
  }

  /// Returns X with this · X = b, for square matrices; b is a matrix, a vector, or a batch of
  /// either, and batches broadcast. (PyTorch: `torch.linalg.solve`.)
  ///
  /// @throws IllegalArgumentException if this isn't square, the sizes or types differ, or a matrix
  ///   is singular
  default Tensor solve(Tensor b) {
    return Factorization.Solve.of(self(), b);
  }

  /// Returns the lower triangular L with L · Lᵀ = this, for symmetric positive definite matrices,
  /// of which the lower triangle is read. (PyTorch: `torch.linalg.cholesky`.)
  ///
  /// @throws IllegalArgumentException if this isn't square, isn't floating, or a matrix isn't
  ///   positive definite
  default Tensor cholesky() {
    return Factorization.Cholesky.of(self());
  }
}
