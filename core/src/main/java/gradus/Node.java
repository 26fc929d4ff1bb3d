// SPDX-License-Identifier: Apache-2.0
package gradus;

import org.jspecify.annotations.Nullable;

/// What made a tensor: one op, its derivative, and exactly what backward keeps.
///
/// A node is a record. Its components are the memory bill of the tape: an [Edge] where the
/// derivative needs no value of that input, a [Saved] where it reads one (and [Saved#NOTHING] where
/// nobody asks for the derivative that would), a [Tensor] for the op's own output or a constant.
/// Each record has a static `of` that computes the result and records itself.
sealed interface Node
    permits Constant,
        Pointwise,
        Reduction,
        Cumulative,
        View,
        Indexing,
        Convolution,
        Pooling,
        Linalg,
        Factorization,
        Normalization,
        ChannelNormalization,
        RowNormalization,
        Recurrent,
        Checkpoint,
        Checkpoint.Unkept,
        CustomOp.Recorded,
        CustomOp.Once {
  /// Hands on to each input the product of `grad`, the cotangent of the output, with this op's
  /// derivative.
  ///
  /// A cotangent may have the output's broadcast shape and dtype: [Cotangents] brings it back to
  /// the input's. It is either `grad`, a view of it, or computed here, never a saved value itself.
  void vjp(Tensor grad, Cotangents to);

  /// Whether this reads the op's own result, so that its array must stay.
  default boolean keepsResult() {
    return true;
  }

  /// The op's own result if this is known to keep it, for backward to give its array back.
  default @Nullable Tensor ownResult() {
    return null;
  }

  /// The op's name for messages and graphs.
  default String name() {
    return getClass().getSimpleName();
  }
}
