// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Generator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Cuts a dataset into parts in which classes are as frequent as in the whole.
///
/// Goes through the examples class by class, in random order within each, and gives each to the
/// part that lacks most of its share so far. So parts have their share of the whole, and of each
/// class, to within one example or two.
final class StratifiedSplit {
  private StratifiedSplit() {}

  static List<Subset> split(Dataset dataset, Generator generator, double[] fractions) {
    RandomSplit.checkFractions("stratifiedSplit", fractions);
    int[] labels = Labels.of(dataset, "stratifiedSplit");
    int[] order = Labels.shuffledByLabel(labels, generator.permutation(dataset.size()));
    int[] partOf = new int[order.length];
    int[] sizes = new int[fractions.length];
    for (int k = 0; k < order.length; k++) {
      int part = 0;
      double most = Double.NEGATIVE_INFINITY;
      for (int p = 0; p < sizes.length; p++) {
        double lack = fractions[p] * (k + 1) - sizes[p];
        if (fractions[p] > 0 && lack > most) {
          most = lack;
          part = p;
        }
      }
      partOf[order[k]] = part;
      sizes[part]++;
    }
    return subsets(dataset, partOf, sizes.length);
  }

  /// Returns a subset for each part, ascending.
  private static List<Subset> subsets(Dataset dataset, int[] partOf, int parts) {
    List<Subset> subsets = new ArrayList<>();
    for (int p = 0; p < parts; p++) {
      int part = p;
      int[] all = new int[partOf.length];
      Arrays.setAll(all, i -> i);
      subsets.add(new Subset(dataset, Arrays.stream(all).filter(i -> partOf[i] == part).toArray()));
    }
    return List.copyOf(subsets);
  }
}
