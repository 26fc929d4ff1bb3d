// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import gradus.internal.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// The numbers of each epoch: `loss`, the metrics, with validation `val_loss` and `val_<metric>`,
/// and `lr`, the learning rate of the optimizer's first group.
///
/// The numbers of training are means over the epoch's batches as they were trained on, with
/// dropout. Nothing in it depends on the clock.
///
/// @param columns the names of the numbers
/// @param rows the numbers of each epoch, in the order of the columns
public record History(List<String> columns, List<List<Double>> rows) {
  /// Copies the lists.
  ///
  /// @throws IllegalArgumentException if a row has not one number for each column
  public History {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<Double> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "History: a row has %d numbers for the %d columns %s"
                .formatted(row.size(), columns.size(), columns));
      }
    }
  }

  /// Returns this history with one more epoch, whose numbers are given by their names.
  History plus(Map<String, Double> numbers) {
    List<List<Double>> more = new ArrayList<>(rows);
    more.add(columns.stream().map(numbers::get).toList());
    return new History(columns, more);
  }

  /// Returns the number of epochs.
  public int epochs() {
    return rows.size();
  }

  /// Returns whether there is such a column.
  public boolean has(String column) {
    return columns.contains(column);
  }

  /// Returns the numbers of a column, an epoch each.
  ///
  /// @throws IllegalArgumentException if there is no such column
  public double[] column(String column) {
    int index = index(column);
    return rows.stream().mapToDouble(row -> row.get(index)).toArray();
  }

  /// Returns a number of epoch `epoch`, counted from 0.
  ///
  /// @throws IllegalArgumentException if there is no such column
  /// @throws IndexOutOfBoundsException if there was no such epoch
  public double get(int epoch, String column) {
    return rows.get(epoch).get(index(column));
  }

  /// Returns a number of the last epoch.
  ///
  /// @throws IllegalArgumentException if there is no such column
  /// @throws IllegalStateException if there was no epoch
  public double last(String column) {
    if (rows.isEmpty()) {
      throw new IllegalStateException("History: no epoch has ended yet, so there is no " + column);
    }
    return get(epochs() - 1, column);
  }

  /// Returns the epoch, counted from 0, that is the best by `monitor`, the first of equals; nothing
  /// if there is none or all its numbers are NaN.
  ///
  /// @throws IllegalArgumentException if there is no such column
  public OptionalInt best(Monitor monitor) {
    double[] values = column(monitor.metric());
    double best = Double.NaN;
    int at = -1;
    for (int epoch = 0; epoch < values.length; epoch++) {
      if (monitor.isBetter(values[epoch], best)) {
        best = values[epoch];
        at = epoch;
      }
    }
    return at < 0 ? OptionalInt.empty() : OptionalInt.of(at);
  }

  /// Returns a table with a header, `epoch` counted from 1, and all digits.
  public String toCsv() {
    var csv = new StringBuilder("epoch");
    columns.forEach(column -> csv.append(',').append(column));
    int epoch = 1;
    for (List<Double> row : rows) {
      csv.append('\n').append(epoch++);
      row.forEach(value -> csv.append(',').append(value.doubleValue()));
    }
    return csv.append('\n').toString();
  }

  /// Writes [#toCsv()] to a file, whole or not at all.
  ///
  /// @throws IOException if the file cannot be written
  public void save(Path file) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          ByteBuffer bytes = StandardCharsets.UTF_8.encode(toCsv());
          while (bytes.hasRemaining()) {
            out.write(bytes);
          }
        });
  }

  private int index(String column) {
    int index = columns.indexOf(column);
    if (index < 0) {
      throw new IllegalArgumentException("History: no column " + column + " among " + columns);
    }
    return index;
  }
}
