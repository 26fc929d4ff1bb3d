// SPDX-License-Identifier: Apache-2.0
package gradus;

/// How a quotient becomes a whole number. (PyTorch: the `rounding_mode` of `torch.div`.)
public enum RoundingMode {
  /// Toward 0, as Java divides integers.
  TRUNC,
  /// Down, as Python's `//`.
  FLOOR
}
