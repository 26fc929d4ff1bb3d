// SPDX-License-Identifier: Apache-2.0
package gradus;

/// The linear algebra of a [Tensor].
public sealed interface LinalgOps permits Tensor {
  /// Returns the matrix product; leading dimensions are batches and broadcast, a vector is a row on
  /// the left and a column on the right. (PyTorch: `torch.matmul`.)
  ///
  /// Each element is a chain of fused multiply-adds in the order of the inner dimension, in fixed
  /// blocks: the same bits at any thread count and SIMD width.
  ///
  /// @throws IllegalArgumentException if the inner sizes or the types differ, or the type isn't
  ///   floating
  default Tensor matmul(Tensor other) {
    return Linalg.MatMul.of((Tensor) this, other);
  }
}
