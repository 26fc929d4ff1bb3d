// SPDX-License-Identifier: Apache-2.0
package gradus.train.report;

import gradus.DType;
import gradus.Tensor;
import gradus.train.Predictions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// An example that a classifier took for another class.
///
/// @param index its number in the loader's order
/// @param label its class
/// @param prediction the class that it was taken for
/// @param labelProbability how probable the model held its class
/// @param predictionProbability how probable the model held the other
public record Mistake(
    int index, int label, int prediction, double labelProbability, double predictionProbability) {
  /// Returns the mistakes that a model was surest of, the worst first.
  ///
  /// @param predictions logits `[N, C]` and int64 labels `[N]`
  /// @param most how many at most
  public static List<Mistake> worst(Predictions predictions, int most) {
    Tensor outputs = predictions.outputs().detach().to(DType.FLOAT64);
    double[] probabilities = outputs.softmax(1).toDoubleArray();
    long[] taken = predictions.classes().toLongArray();
    long[] labels = predictions.targets().toLongArray();
    int classes = outputs.size(1);
    List<Mistake> mistakes = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      if (taken[i] != labels[i]) {
        mistakes.add(
            new Mistake(
                i,
                (int) labels[i],
                (int) taken[i],
                probabilities[i * classes + (int) labels[i]],
                probabilities[i * classes + (int) taken[i]]));
      }
    }
    mistakes.sort(
        Comparator.comparingDouble(Mistake::predictionProbability)
            .reversed()
            .thenComparingInt(Mistake::index));
    return List.copyOf(mistakes.subList(0, Math.min(most, mistakes.size())));
  }
}
