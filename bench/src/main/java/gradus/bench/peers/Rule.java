// SPDX-License-Identifier: Apache-2.0
package gradus.bench.peers;

/// How a [Model]'s weights are updated.
public enum Rule {
  /// Gradient descent.
  SGD,
  /// Gradient descent with momentum 0.9.
  MOMENTUM,
  /// Adam with β₁ = 0.9, β₂ = 0.999 and ε = 1e-8.
  ADAM
}
