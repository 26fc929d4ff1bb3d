// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Generator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Cross-validation: each example is validated with once and trained on k − 1 times.
///
/// `sklearn.model_selection.KFold` and `StratifiedKFold`, with shuffling.
public final class KFold {

  /// One of the k ways to divide a dataset.
  ///
  /// @param train the examples to train on, ascending
  /// @param val those to validate with, ascending
  public record Fold(Subset train, Subset val) {}

  private KFold() {}

  /// Returns k folds in random order, whose validation sets differ in size by one at most.
  ///
  /// @throws IllegalArgumentException if k is not in 2 … size
  public static List<Fold> split(Dataset dataset, int k, Generator generator) {
    check(dataset, k);
    return folds(dataset, k, generator.permutation(dataset.size()));
  }

  /// Returns k folds in which classes are as frequent as in the whole: in validation sets, the
  /// examples of each class differ in number by one at most.
  ///
  /// @param dataset examples whose targets are labels
  /// @throws IllegalArgumentException if k is not in 2 … size, or targets are not labels
  public static List<Fold> stratified(Dataset dataset, int k, Generator generator) {
    check(dataset, k);
    int[] labels = Labels.of(dataset, "KFold");
    return folds(dataset, k, Labels.shuffledByLabel(labels, generator.permutation(dataset.size())));
  }

  private static void check(Dataset dataset, int k) {
    if (k < 2 || k > dataset.size()) {
      throw new IllegalArgumentException(
          "KFold: k = " + k + " is not in 2 … " + dataset.size() + ", the number of examples");
    }
  }

  /// Deals out the examples in turn.
  private static List<Fold> folds(Dataset dataset, int k, int[] order) {
    int[] foldOf = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      foldOf[order[i]] = i % k;
    }
    List<Fold> folds = new ArrayList<>();
    for (int f = 0; f < k; f++) {
      int fold = f;
      int[] all = IntStream.range(0, order.length).toArray();
      folds.add(
          new Fold(
              new Subset(dataset, Arrays.stream(all).filter(i -> foldOf[i] != fold).toArray()),
              new Subset(dataset, Arrays.stream(all).filter(i -> foldOf[i] == fold).toArray())));
    }
    return List.copyOf(folds);
  }
}
