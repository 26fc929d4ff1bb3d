// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Generator;
import java.util.Arrays;

/// Examples drawn with probabilities in proportion to weights:
/// `torch.utils.data.WeightedRandomSampler`.
///
/// With replacement, each draw is independent of those before. Without, an example is drawn once at
/// most; each draw is in proportion to the weights of those that are left (Efraimidis and Spirakis:
/// Weighted random sampling with a reservoir, 2006).
public final class WeightedRandomSampler implements Sampler {
  private final double[] weights;
  private final int size;
  private final boolean replacement;
  private final long seed;

  private WeightedRandomSampler(double[] weights, int size, boolean replacement, long seed) {
    int positive = (int) Arrays.stream(weights).filter(w -> w > 0).count();
    double sum = Arrays.stream(weights).sum();
    if (Arrays.stream(weights).anyMatch(w -> !(w >= 0)) || !(sum > 0 && Double.isFinite(sum))) {
      throw new IllegalArgumentException(
          "WeightedRandomSampler: weights must be finite numbers ≥ 0, and not all 0");
    }
    if (size < 1 || (!replacement && size > positive)) {
      throw new IllegalArgumentException(
          String.format(
              "WeightedRandomSampler: %d cannot be drawn %s replacement from %d examples of"
                  + " positive weight",
              size, replacement ? "with" : "without", positive));
    }
    this.weights = weights.clone();
    this.size = size;
    this.replacement = replacement;
    this.seed = seed;
  }

  /// Draws with replacement.
  ///
  /// @param weights that of each example, ≥ 0
  /// @param size how many to draw in an epoch, ≥ 1
  /// @param seed what is drawn is made from
  /// @throws IllegalArgumentException if a weight is negative or not finite, or all are 0, or
  ///   `size` is not positive
  public WeightedRandomSampler(double[] weights, int size, long seed) {
    this(weights, size, true, seed);
  }

  /// Returns a sampler that draws without replacement.
  ///
  /// @param weights that of each example, ≥ 0
  /// @param size how many to draw in an epoch, at most as many as have a positive weight
  /// @param seed what is drawn is made from
  /// @throws IllegalArgumentException if weights or size are not as they should be
  public static WeightedRandomSampler withoutReplacement(double[] weights, int size, long seed) {
    return new WeightedRandomSampler(weights, size, false, seed);
  }

  /// Returns a sampler that draws, with replacement, as many examples as there are, each class as
  /// often as any other: weights 1 / (examples of the class).
  ///
  /// @param dataset examples whose targets are labels
  /// @param seed what is drawn is made from
  /// @throws IllegalArgumentException if the dataset is empty or its targets are not labels
  public static WeightedRandomSampler balanced(Dataset dataset, long seed) {
    int[] labels = Labels.of(dataset, "WeightedRandomSampler");
    int[] counts = Labels.counts(labels);
    double[] weights = Arrays.stream(labels).mapToDouble(label -> 1.0 / counts[label]).toArray();
    return new WeightedRandomSampler(weights, dataset.size(), seed);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int[] indices(int epoch) {
    Generator generator = new Generator(seed).derive(epoch);
    return replacement ? drawn(generator) : drawnOnce(generator);
  }

  private int[] drawn(Generator generator) {
    double[] below = new double[weights.length + 1];
    for (int i = 0; i < weights.length; i++) {
      below[i + 1] = below[i] + weights[i];
    }
    int[] indices = new int[size];
    for (int k = 0; k < size; k++) {
      double point = generator.nextDouble() * below[weights.length];
      indices[k] = indexOf(below, Math.min(point, Math.nextDown(below[weights.length])));
    }
    return indices;
  }

  /// Returns i with `below[i] ≤ point < below[i + 1]`.
  private static int indexOf(double[] below, double point) {
    int low = 0;
    int high = below.length - 1;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (below[middle] <= point) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /// The keys log(u) / w with the largest values.
  private int[] drawnOnce(Generator generator) {
    record Key(int index, double value) {}
    Key[] keys = new Key[weights.length];
    for (int i = 0; i < keys.length; i++) {
      double u = 1 - generator.nextDouble();
      keys[i] =
          new Key(i, weights[i] > 0 ? StrictMath.log(u) / weights[i] : Double.NEGATIVE_INFINITY);
    }
    Arrays.sort(keys, (a, b) -> Double.compare(b.value, a.value));
    return Arrays.stream(keys).limit(size).mapToInt(Key::index).toArray();
  }
}
