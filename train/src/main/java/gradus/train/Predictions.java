// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import gradus.Tensor;

/// What a model gives for the examples of a loader, in the loader's order.
///
/// @param outputs the model's outputs, `[N, …]`
/// @param targets what the loader had as targets, `[N, …]`
public record Predictions(Tensor outputs, Tensor targets) {
  /// Returns the class with the largest output of each example, int64 `[N]`, of outputs `[N, C]`.
  public Tensor classes() {
    return outputs.argmax(1);
  }

  /// Returns the counts of labels against classes, of outputs `[N, C]` and labels int64 `[N]`.
  public ConfusionMatrix confusionMatrix() {
    return ConfusionMatrix.of(outputs, targets);
  }
}
