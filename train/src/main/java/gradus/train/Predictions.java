// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import gradus.Grad;
import gradus.Tensor;
import gradus.data.Batch;
import gradus.data.DataLoader;
import gradus.nn.Layer;
import java.util.ArrayList;
import java.util.List;

/// What a model gives for the examples of a loader, in the loader's order.
///
/// @param outputs the model's outputs, `[N, …]`
/// @param targets what the loader had as targets, `[N, …]`
public record Predictions(Tensor outputs, Tensor targets) {
  /// Runs a model on all of a loader's batches, in evaluation mode, and leaves it in the mode it
  /// was in.
  ///
  /// @throws IllegalArgumentException if the loader has no batches
  public static Predictions of(Layer model, DataLoader examples) {
    List<Tensor> outputs = new ArrayList<>();
    List<Tensor> targets = new ArrayList<>();
    try (var _ = Grad.off();
        var _ = model.evaluating()) {
      for (Batch batch : examples) {
        outputs.add(model.apply(batch.x()));
        targets.add(batch.y());
      }
    }
    return new Predictions(Tensor.cat(outputs, 0), Tensor.cat(targets, 0));
  }

  /// Returns the class with the largest output of each example, int64 `[N]`, of outputs `[N, C]`.
  public Tensor classes() {
    return outputs.argmax(1);
  }

  /// Returns the counts of labels against classes, of outputs `[N, C]` and labels int64 `[N]`.
  public ConfusionMatrix confusionMatrix() {
    return ConfusionMatrix.of(outputs, targets);
  }
}
