// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.data.DataLoader;
import gradus.data.Dataset;
import gradus.nn.F;
import gradus.nn.Layer;
import gradus.train.Predictions;

/// How well a classifier does on a dataset.
///
/// @param predictions its logits and the labels
/// @param accuracy the share of examples whose largest logit is their label's
/// @param loss the mean cross-entropy, without a penalty
record Score(Predictions predictions, double accuracy, double loss) {
  /// Images that are looked at together when nothing is learned from them.
  static final int BATCH = 500;

  /// Runs `model` in evaluation mode and leaves it in the mode it was in.
  static Score of(Layer model, Dataset images) {
    Predictions predictions = Predictions.of(model, new DataLoader(images, BATCH));
    return new Score(
        predictions,
        predictions.confusionMatrix().accuracy(),
        F.crossEntropy(predictions.outputs(), predictions.targets()).item());
  }

  /// A line such as `test accuracy 0.5060, loss 1.4102`.
  String line(String split) {
    return "%s accuracy %.4f, loss %.4f".formatted(split, accuracy, loss);
  }
}
