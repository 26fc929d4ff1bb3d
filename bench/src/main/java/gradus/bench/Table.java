// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Rows of text under names.
record Table(List<String> columns, List<List<String>> rows) {

  /// For a terminal: columns as wide as what is in them.
  String text() {
    int[] widths =
        IntStream.range(0, columns.size())
            .map(c -> lines().stream().mapToInt(row -> row.get(c).length()).max().orElse(0))
            .toArray();
    return lines().stream()
        .map(
            row ->
                IntStream.range(0, widths.length)
                    .mapToObj(c -> pad(row.get(c), widths[c]))
                    .collect(joining("  "))
                    .stripTrailing())
        .collect(joining("\n", "", "\n"));
  }

  String markdown() {
    var lines = new ArrayList<>(lines());
    lines.add(1, columns.stream().map(_ -> "---").toList());
    return lines.stream()
        .map(row -> row.stream().collect(joining(" | ", "| ", " |")))
        .collect(joining("\n", "", "\n"));
  }

  private List<List<String>> lines() {
    var lines = new ArrayList<List<String>>();
    lines.add(columns);
    lines.addAll(rows);
    return lines;
  }

  private static String pad(String cell, int width) {
    return cell + " ".repeat(width - cell.length());
  }
}
