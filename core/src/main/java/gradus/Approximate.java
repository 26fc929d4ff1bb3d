// SPDX-License-Identifier: Apache-2.0
package gradus;

/// How [Tensor#gelu(Approximate)] computes the normal distribution Φ.
public enum Approximate {
  /// As (1 + erf(x / √2)) / 2.
  NONE,
  /// As (1 + tanh(√(2/π) · (x + 0.044715 x³))) / 2.
  TANH
}
