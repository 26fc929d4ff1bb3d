// SPDX-License-Identifier: Apache-2.0

/// Loops over plain arrays. They know no tensor and decide no shapes.
///
/// - [gradus.kernel.Unary], [gradus.kernel.Binary], [gradus.kernel.Compare]: the tables of
///   pointwise functions, one row each; [gradus.kernel.Elementwise] runs them over operands of any
///   strides. `Exponentials`, `Logarithms`, `Trigonometry`, `Rounding`, `Powers` are their
///   arithmetic, `Loops`, `UnaryLoop`, `BinaryLoop`, `Masks`, `Select` their loops.
/// - [gradus.kernel.Copy]: strided to contiguous, and between types; `Walk` and `Transpose` help.
/// - [gradus.kernel.Reduce], [gradus.kernel.Rows], [gradus.kernel.Norms]: sums, extremes and what
///   stands on them; `Sums` and `Extremes` are the orders in which floats are added and compared.
/// - [gradus.kernel.Gemm] and [gradus.kernel.DoubleGemm]: matrix products; `GemmKernel` and
///   `DoubleGemmKernel` are their innermost loops, `Gemv` the products of floats with a vector.
/// - [gradus.kernel.Threefry]: random words.
/// - [gradus.kernel.Parallel]: the worker threads. [gradus.kernel.Vectors]: is the Vector API here?
///
/// Every result has the same bits at any vector width and any thread count. Double and long are
/// plain loops, but for products of doubles.
@NullMarked
package gradus.kernel;

import org.jspecify.annotations.NullMarked;
