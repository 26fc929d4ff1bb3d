// SPDX-License-Identifier: Apache-2.0
package gradus;

/// What stands beyond the edges of a padded tensor.
///
/// (PyTorch: the `mode` of `torch.nn.functional.pad`.)
public enum PadMode {
  /// A constant, 0 unless another is given.
  CONSTANT,
  /// The values before the edge in reverse order, without the edge's own: `c b | a b c | b a`.
  REFLECT,
  /// The edge's value: `a a | a b c | c c`.
  REPLICATE,
  /// The values from the other end: `b c | a b c | a b`.
  CIRCULAR
}
