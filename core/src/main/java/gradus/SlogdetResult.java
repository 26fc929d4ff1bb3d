// SPDX-License-Identifier: Apache-2.0
package gradus;

/// A determinant too large or small for a number: `sign · e^logabsdet`.
///
/// @param sign 1, −1, or 0 of a singular matrix
/// @param logabsdet ln |det|, −∞ of a singular matrix
public record SlogdetResult(Tensor sign, Tensor logabsdet) {}
