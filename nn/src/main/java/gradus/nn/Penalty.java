// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Parameter;
import gradus.Tensor;

/// A term that depends on a model's weights alone, to be added to the loss and so part of what is
/// reported.
///
/// ```java
/// Tensor loss = crossEntropy(model.apply(x), y).add(Penalty.l2(1e-3).apply(model));
/// ```
@FunctionalInterface
public interface Penalty {
  /// Returns the penalty of the model's present weights, a scalar.
  Tensor apply(Module model);

  /// Returns the penalty `½ · lambda · ΣW²` over all weights: parameters of 2 dimensions or more,
  /// so neither biases nor the scales and shifts of normalisation. Its gradient is `lambda · W`.
  ///
  /// @throws IllegalArgumentException if `lambda` is negative or not finite
  static Penalty l2(double lambda) {
    Check.nonNegative("l2: lambda", lambda);
    return model -> {
      Tensor sum = Tensor.scalar(0.0);
      for (Parameter parameter : model.parameters()) {
        if (parameter.dim() >= 2) {
          sum = sum.add(parameter.square().sum());
        }
      }
      return sum.mul(lambda / 2);
    };
  }
}
