// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.DType;
import java.util.Arrays;
import java.util.stream.IntStream;

/// The labels of a dataset, without making its inputs where that can be helped.
final class Labels {
  private static final int BATCH = 512;

  private Labels() {}

  /// Returns the label of each example.
  ///
  /// @param owner who asks, for messages
  /// @throws IllegalArgumentException if the dataset is empty, or targets are not int64 `[N]` of
  ///   numbers ≥ 0
  static int[] of(Dataset dataset, String owner) {
    if (dataset.size() == 0) {
      throw new IllegalArgumentException(owner + ": the dataset is empty");
    }
    return labels(dataset, owner);
  }

  private static int[] labels(Dataset dataset, String owner) {
    return switch (dataset) {
      case Subset s -> {
        int[] all = labels(s.dataset(), owner);
        yield Arrays.stream(s.indices()).map(i -> all[i]).toArray();
      }
      case MappedDataset m -> labels(m.dataset(), owner);
      case AugmentedDataset a -> labels(a.dataset(), owner);
      case ConcatDataset c ->
          c.datasets().stream().flatMapToInt(d -> Arrays.stream(labels(d, owner))).toArray();
      case ClassificationDataset c -> IntStream.range(0, c.size()).map(c::label).toArray();
      default -> targets(dataset, owner);
    };
  }

  private static int[] targets(Dataset dataset, String owner) {
    int[] labels = new int[dataset.size()];
    for (int from = 0; from < labels.length; from += BATCH) {
      int to = Math.min(from + BATCH, labels.length);
      Batch batch = dataset.batch(IntStream.range(from, to).toArray());
      if (batch.y().dtype() != DType.INT64 || batch.y().dim() != 1) {
        throw new IllegalArgumentException(
            String.format(
                "%s: targets are %s %s; int64 labels [N] are wanted",
                owner, batch.y().dtype(), batch.y().shape()));
      }
      long[] values = batch.y().toLongArray();
      for (int i = from; i < to; i++) {
        long label = values[i - from];
        if (label < 0 || label > 1 << 24) {
          throw new IllegalArgumentException(
              owner + ": target " + label + " of example " + i + " is not a label");
        }
        labels[i] = (int) label;
      }
    }
    return labels;
  }

  /// Returns how many there are of each label.
  static int[] counts(int[] labels) {
    int[] counts = new int[Arrays.stream(labels).max().orElse(-1) + 1];
    for (int label : labels) {
      counts[label]++;
    }
    return counts;
  }

  /// Returns the numbers of the examples, label by label, in random order within each.
  static int[] shuffledByLabel(int[] labels, int[] permutation) {
    int[] counts = counts(labels);
    int[] next = new int[counts.length];
    for (int c = 1; c < counts.length; c++) {
      next[c] = next[c - 1] + counts[c - 1];
    }
    int[] order = new int[labels.length];
    for (int example : permutation) {
      order[next[labels[example]]++] = example;
    }
    return order;
  }
}
