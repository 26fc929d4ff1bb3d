// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import gradus.Tensor;
import java.util.function.BinaryOperator;

/// A number that tells how well outputs fit targets, over any number of batches: a few sums that
/// each batch adds to, and a value made from them at the end.
///
/// A metric holds no state of its own, so trainers on several threads may share it, and its sums go
/// into checkpoints.
public interface Metric {
  /// Returns the name under which the [History] keeps it; for validation, `val_` goes before.
  String name();

  /// Returns what one batch adds to the sums: as many numbers each time.
  ///
  /// @param output what the model gave, `[N, …]`, without a graph
  /// @param target what it should have given, `[N, …]`
  double[] sums(Tensor output, Tensor target);

  /// Returns the metric of the sums over all batches.
  double value(double[] sums);

  /// Returns the `accuracy`: the share of examples whose largest output is their label's.
  ///
  /// Outputs `[N, C]`, labels int64 `[N]`; also `[N, C, d₁, …]` with `[N, d₁, …]`.
  static Metric accuracy() {
    return new Accuracy();
  }

  /// Returns the `top<k>_accuracy`: the share of examples whose label has one of the `k` largest
  /// outputs; among equal ones the lower class counts as larger.
  ///
  /// Outputs `[N, C]`, labels int64 `[N]`.
  ///
  /// @throws IllegalArgumentException if `k` is not positive
  static Metric topK(int k) {
    return new TopKAccuracy(k);
  }

  /// Returns the mean over examples of a loss that gives a batch's mean, such as `F::mseLoss`.
  static Metric mean(String name, BinaryOperator<Tensor> loss) {
    return new MeanLoss(name, loss);
  }
}
