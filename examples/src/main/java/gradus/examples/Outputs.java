// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.Grad;
import gradus.Tensor;
import gradus.data.Batch;
import gradus.data.DataLoader;
import gradus.data.Dataset;
import gradus.nn.F;
import gradus.nn.Layer;
import java.util.ArrayList;
import java.util.List;

/// What a classifier says of a dataset.
///
/// @param logits `[N, C]`
/// @param labels int64 `[N]`
record Outputs(Tensor logits, Tensor labels) {
  private static final int BATCH = 500;

  /// Runs `model` in evaluation mode and leaves it in the mode it was in.
  static Outputs of(Layer model, Dataset data) {
    List<Tensor> logits = new ArrayList<>();
    List<Tensor> labels = new ArrayList<>();
    try (var _ = Grad.off();
        var _ = model.evaluating()) {
      for (Batch batch : new DataLoader(data, BATCH)) {
        logits.add(model.apply(batch.x()));
        labels.add(batch.y());
      }
    }
    return new Outputs(Tensor.cat(logits, 0), Tensor.cat(labels, 0));
  }

  /// Returns how well that is.
  Score score() {
    double hits = logits.argmax(1).eq(labels).sum().item();
    return new Score(hits / labels.size(0), F.crossEntropy(logits, labels).item());
  }
}
