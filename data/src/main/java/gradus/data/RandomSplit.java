// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Generator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Cuts a random order of a dataset into parts.
final class RandomSplit {
  private RandomSplit() {}

  static List<Subset> byLengths(Dataset dataset, Generator generator, int[] lengths) {
    long sum = Arrays.stream(lengths).asLongStream().sum();
    if (sum != dataset.size() || Arrays.stream(lengths).anyMatch(n -> n < 0)) {
      throw new IllegalArgumentException(
          String.format(
              "randomSplit: lengths %s must be ≥ 0 and sum to the %d examples",
              Arrays.toString(lengths), dataset.size()));
    }
    int[] order = generator.permutation(dataset.size());
    List<Subset> parts = new ArrayList<>();
    int from = 0;
    for (int length : lengths) {
      parts.add(new Subset(dataset, Arrays.copyOfRange(order, from, from + length)));
      from += length;
    }
    return List.copyOf(parts);
  }

  static void checkFractions(String owner, double[] fractions) {
    double sum = Arrays.stream(fractions).sum();
    if (!(Math.abs(sum - 1) <= 1e-9) || Arrays.stream(fractions).anyMatch(f -> f < 0)) {
      throw new IllegalArgumentException(
          String.format(
              "%s: fractions %s must be ≥ 0 and sum to 1", owner, Arrays.toString(fractions)));
    }
  }

  static List<Subset> byFractions(Dataset dataset, Generator generator, double[] fractions) {
    checkFractions("randomSplit", fractions);
    int[] lengths =
        Arrays.stream(fractions).mapToInt(f -> (int) Math.floor(f * dataset.size())).toArray();
    int left = dataset.size() - Arrays.stream(lengths).sum();
    for (int i = 0; i < left; i++) {
      lengths[i % lengths.length]++;
    }
    return byLengths(dataset, generator, lengths);
  }
}
