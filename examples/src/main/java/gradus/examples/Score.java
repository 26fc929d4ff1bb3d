// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.Grad;
import gradus.Tensor;
import gradus.data.Batch;
import gradus.data.DataLoader;
import gradus.data.Dataset;
import gradus.nn.F;
import gradus.nn.Layer;

/// How well a classifier does on a dataset.
///
/// @param accuracy the share of examples whose largest logit is their label's
/// @param loss the mean cross-entropy
record Score(double accuracy, double loss) {
  private static final int BATCH = 500;

  /// Scores `model` in evaluation mode and leaves it in the mode it was in.
  static Score of(Layer model, Dataset data) {
    long correct = 0;
    double loss = 0;
    try (var _ = Grad.off();
        var _ = model.evaluating()) {
      for (Batch batch : new DataLoader(data, BATCH)) {
        Tensor logits = model.apply(batch.x());
        correct += (long) logits.argmax(1).eq(batch.y()).sum().item();
        loss += F.crossEntropy(logits, batch.y()).item() * batch.size();
      }
    }
    return new Score((double) correct / data.size(), loss / data.size());
  }

  /// A line such as `test accuracy 0.5060, loss 1.4102`.
  String line(String split) {
    return "%s accuracy %.4f, loss %.4f".formatted(split, accuracy, loss);
  }
}
