// SPDX-License-Identifier: Apache-2.0
package gradus;

/// The extreme or middle values along a dimension, and where they were.
///
/// @param values the values; gradients flow to where they came from
/// @param indices their indices in that dimension, int64
public record MaxResult(Tensor values, Tensor indices) {}
