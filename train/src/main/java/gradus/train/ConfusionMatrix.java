// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import gradus.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// How often each class was taken for each.
///
/// @param counts `counts.get(label).get(prediction)`, square
public record ConfusionMatrix(List<List<Long>> counts) {
  /// Copies the counts.
  ///
  /// @throws IllegalArgumentException if they are not square
  public ConfusionMatrix {
    counts = counts.stream().map(List::copyOf).toList();
    int classes = counts.size();
    if (counts.stream().anyMatch(row -> row.size() != classes)) {
      throw new IllegalArgumentException(
          "ConfusionMatrix: %d rows are not all %d long".formatted(classes, classes));
    }
  }

  /// Counts outputs `[N, C]`, of which the largest is the prediction, against int64 labels `[N]`.
  ///
  /// @throws IllegalArgumentException if the shapes are others or a label is not in 0 … C − 1
  public static ConfusionMatrix of(Tensor outputs, Tensor labels) {
    if (outputs.dim() != 2 || labels.dim() != 1 || outputs.size(0) != labels.size(0)) {
      throw new IllegalArgumentException(
          "ConfusionMatrix: outputs %s and labels %s; [N, C] and [N] are wanted"
              .formatted(outputs.shape(), labels.shape()));
    }
    int classes = outputs.size(1);
    long[][] counts = new long[classes][classes];
    long[] label = labels.toLongArray();
    long[] prediction = outputs.argmax(1).toLongArray();
    for (int i = 0; i < label.length; i++) {
      if (label[i] < 0 || label[i] >= classes) {
        throw new IllegalArgumentException(
            "ConfusionMatrix: label %d of example %d is not in 0 … %d"
                .formatted(label[i], i, classes - 1));
      }
      counts[(int) label[i]][(int) prediction[i]]++;
    }
    return new ConfusionMatrix(
        IntStream.range(0, classes)
            .mapToObj(c -> IntStream.range(0, classes).mapToObj(p -> counts[c][p]).toList())
            .toList());
  }

  /// Returns the number of classes.
  public int classes() {
    return counts.size();
  }

  /// Returns how many examples of class `label` were taken for class `prediction`.
  public long count(int label, int prediction) {
    return counts.get(label).get(prediction);
  }

  /// Returns how many examples a class has.
  public long support(int label) {
    return counts.get(label).stream().mapToLong(Long::longValue).sum();
  }

  /// Returns the share of all examples that were recognised; NaN if there are none.
  public double accuracy() {
    double all = IntStream.range(0, classes()).mapToLong(this::support).sum();
    return IntStream.range(0, classes()).mapToLong(c -> count(c, c)).sum() / all;
  }

  /// Returns the share of a class's examples that were recognised: its accuracy. NaN if it has
  /// none.
  public double recall(int label) {
    return count(label, label) / (double) support(label);
  }

  /// Returns the share of right ones among the examples taken for a class; NaN if there are none.
  public double precision(int prediction) {
    double taken = counts.stream().mapToLong(row -> row.get(prediction)).sum();
    return count(prediction, prediction) / taken;
  }

  /// Returns a table with a row for each label and a column for each prediction, then each class's
  /// accuracy.
  ///
  /// @param names the names of the classes
  /// @throws IllegalArgumentException if there are not as many names as classes
  public String toTable(List<String> names) {
    if (names.size() != classes()) {
      throw new IllegalArgumentException(
          "ConfusionMatrix: %d names for %d classes".formatted(names.size(), classes()));
    }
    int nameWidth = names.stream().mapToInt(String::length).max().orElse(0);
    int width =
        counts.stream()
                .flatMap(List::stream)
                .mapToInt(count -> count.toString().length())
                .max()
                .orElse(1)
            + 2;
    width = Math.max(width, 6);
    var table = new StringBuilder(" ".repeat(nameWidth));
    for (String name : names) {
      String head = name.substring(0, Math.min(name.length(), width - 2));
      table.append(" ".repeat(width - head.length())).append(head);
    }
    table.append("  accuracy\n");
    for (int label = 0; label < classes(); label++) {
      String name = names.get(label);
      table.append(name).append(" ".repeat(nameWidth - name.length()));
      for (long count : counts.get(label)) {
        String text = Long.toString(count);
        table.append(" ".repeat(width - text.length())).append(text);
      }
      table.append("    ").append(String.format(Locale.ROOT, "%.4f", recall(label))).append('\n');
    }
    return table.toString();
  }
}
