// SPDX-License-Identifier: Apache-2.0
package gradus;

/// What becomes of several elements in one place. (PyTorch: the `reduce` of
/// `torch.scatter_reduce`.)
public enum ScatterReduce {
  /// Their sum.
  SUM,
  /// Their product.
  PROD,
  /// Their mean; that of integers is rounded down.
  MEAN,
  /// The largest; NaN if there is one.
  AMAX,
  /// The smallest; NaN if there is one.
  AMIN
}
