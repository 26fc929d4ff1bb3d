// SPDX-License-Identifier: Apache-2.0
package gradus.train.tensorboard;

import java.util.Arrays;

/// How often numbers lie where.
final class Histogram {
  private static final int BUCKETS = 30;

  private Histogram() {}

  /// Counts those of the numbers that are finite, in buckets of equal widths, as a
  /// `HistogramProto`.
  static Proto of(double[] values) {
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    double min = Arrays.stream(finite).min().orElse(0);
    double max = Arrays.stream(finite).max().orElse(0);
    int buckets = max > min ? BUCKETS : 1;
    double width = (max - min) / buckets;
    double[] limits = new double[buckets];
    for (int b = 0; b < buckets; b++) {
      limits[b] = b == buckets - 1 ? max : min + (b + 1) * width;
    }
    double[] counts = new double[buckets];
    double sum = 0;
    double squares = 0;
    for (double value : finite) {
      int bucket = width > 0 ? (int) ((value - min) / width) : 0;
      counts[Math.min(bucket, buckets - 1)]++;
      sum += value;
      squares += value * value;
    }
    return new Proto()
        .float64(1, min)
        .float64(2, max)
        .float64(3, finite.length)
        .float64(4, sum)
        .float64(5, squares)
        .float64s(6, limits)
        .float64s(7, counts);
  }
}
