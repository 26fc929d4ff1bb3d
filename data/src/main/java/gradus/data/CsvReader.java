// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Tensor;
import gradus.internal.Raw;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads a CSV file line by line.
final class CsvReader {
  private static final int MAX_COLUMNS = 1 << 16;

  private final String file;
  private final Path path;
  private final Csv.Options options;

  private List<String> names = List.of();
  private int target;
  private int line;
  private float[] inputs = new float[1 << 10];
  private int used;
  private final List<String> targets = new ArrayList<>();
  private final List<Integer> targetLines = new ArrayList<>();

  CsvReader(Path path, Csv.Options options) {
    this.path = path;
    this.file = path.toString();
    this.options = options;
  }

  Csv read() throws IOException {
    Path name = path.getFileName();
    Path parent = path.toAbsolutePath().getParent();
    if (name == null || parent == null) {
      throw new DatasetException(file, "is not a file");
    }
    byte[] bytes = new FolderTree(parent).read(name.toString());
    var utf8 = StandardCharsets.UTF_8.newDecoder();
    try (var lines =
        new BufferedReader(new InputStreamReader(new ByteArrayInputStream(bytes), utf8))) {
      for (String text; (text = lines.readLine()) != null; ) {
        line++;
        if (line == 1 && text.startsWith("\ufeff")) {
          text = text.substring(1);
        }
        if (!text.isBlank()) {
          take(fields(text));
        }
      }
    } catch (CharacterCodingException e) {
      throw new DatasetException(file, "is not text in UTF-8, after line " + line);
    }
    if (targets.isEmpty()) {
      throw new DatasetException(file, "holds no line of numbers");
    }
    List<String> features = new ArrayList<>(names);
    features.remove(target);
    Tensor x = Raw.wrap(Arrays.copyOf(inputs, used), targets.size(), features.size());
    return switch (options.target()) {
      case NUMBER -> new Csv(new TensorDataset(x, numbers()), features, List.of());
      case CLASS -> {
        List<String> classes = classes();
        yield new Csv(new TensorDataset(x, labels(classes)), features, classes);
      }
    };
  }

  private void take(List<String> fields) throws DatasetException {
    if (names.isEmpty()) {
      if (begin(fields)) {
        return;
      }
    } else if (fields.size() != names.size()) {
      throw new DatasetException(
          file,
          String.format(
              "line %d has %d columns; there were %d before", line, fields.size(), names.size()));
    }
    if (used + fields.size() > inputs.length) {
      inputs = Arrays.copyOf(inputs, Math.max(2 * inputs.length, used + fields.size()));
    }
    for (int i = 0; i < fields.size(); i++) {
      if (i != target) {
        inputs[used++] = number(fields.get(i), line, i);
      }
    }
    targets.add(fields.get(target));
    targetLines.add(line);
  }

  /// Takes the first line and returns whether it is a header.
  private boolean begin(List<String> fields) throws DatasetException {
    if (fields.size() < 2) {
      throw new DatasetException(
          file,
          String.format(
              "line %d has no '%c'; at least one column of numbers and one of targets are wanted",
              line, options.separator()));
    }
    boolean header =
        switch (options.header()) {
          case PRESENT -> true;
          case ABSENT -> false;
          case DETECT -> isHeader(fields);
        };
    names = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      names.add(header ? fields.get(i) : "column " + (i + 1));
    }
    target = options.column().isEmpty() ? names.size() - 1 : column(options.column().get());
    return header;
  }

  /// A number where a name of a column is asked for is its place. The column of targets may hold
  /// names in any line, so it tells nothing unless it is named.
  private boolean isHeader(List<String> fields) {
    String asked = options.column().orElse("");
    for (int i = 0; i < fields.size(); i++) {
      boolean mayBeClass =
          options.target() == Csv.Target.CLASS
              && (asked.isEmpty() ? i == fields.size() - 1 : asked.equals(String.valueOf(i + 1)));
      if (!mayBeClass && parse(fields.get(i)) == null) {
        return true;
      }
    }
    return false;
  }

  private int column(String asked) throws DatasetException {
    int index = names.indexOf(asked);
    if (index >= 0) {
      return index;
    }
    for (int i = 0; i < names.size(); i++) {
      if (asked.equals(String.valueOf(i + 1))) {
        return i;
      }
    }
    throw new DatasetException(
        file, "has no column '" + asked + "'; its columns are " + String.join(", ", names));
  }

  /// Splits a line.
  private List<String> fields(String text) throws DatasetException {
    List<String> fields = new ArrayList<>();
    int at = 0;
    while (at <= text.length()) {
      if (fields.size() == MAX_COLUMNS) {
        throw new DatasetException(file, "line " + line + " has more than 65536 columns");
      }
      if (at < text.length() && text.charAt(at) == '"') {
        var field = new StringBuilder();
        at = quoted(text, at + 1, fields.size() + 1, field);
        fields.add(field.toString());
      } else {
        int end = text.indexOf(options.separator(), at);
        end = end < 0 ? text.length() : end;
        fields.add(text.substring(at, end).strip());
        at = end;
      }
      at++;
    }
    return fields;
  }

  /// Appends what stands in quotes from `at` on and returns where it ends.
  private int quoted(String text, int at, int column, StringBuilder field) throws DatasetException {
    while (true) {
      int end = text.indexOf('"', at);
      if (end < 0) {
        throw wrong(line, column, "a quote is not closed");
      }
      field.append(text, at, end);
      at = end + 1;
      if (at == text.length() || text.charAt(at) == options.separator()) {
        return at;
      }
      if (text.charAt(at) != '"') {
        throw wrong(line, column, "something follows a closed quote");
      }
      field.append('"');
      at++;
    }
  }

  private float number(String field, int line, int column) throws DatasetException {
    Float value = parse(field);
    if (value == null) {
      throw wrong(
          line,
          column + 1,
          String.format("(%s) '%s' is not a number", names.get(column), abbreviated(field)));
    }
    return value;
  }

  private static String abbreviated(String field) {
    return field.length() <= 40 ? field : field.substring(0, 40) + "…";
  }

  /// Returns the number that a field holds, in decimal, or null. Java would take `1f` and `0x1p3`
  /// too.
  private static @Nullable Float parse(String field) {
    for (int i = 0; i < field.length(); i++) {
      if ("0123456789+-.eE".indexOf(field.charAt(i)) < 0) {
        return null;
      }
    }
    try {
      float value = Float.parseFloat(field);
      return Float.isFinite(value) ? value : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private Tensor numbers() throws DatasetException {
    float[] values = new float[targets.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(targets.get(i), targetLines.get(i), target);
    }
    return Raw.wrap(values, values.length);
  }

  /// The names in order; as numbers, if that is what all are.
  private List<String> classes() throws DatasetException {
    Comparator<String> order = Comparator.naturalOrder();
    if (targets.stream().allMatch(name -> parse(name) != null)) {
      order = Comparator.<String>comparingDouble(Double::parseDouble).thenComparing(order);
    }
    for (int i = 0; i < targets.size(); i++) {
      if (targets.get(i).isEmpty()) {
        throw wrong(
            targetLines.get(i), target + 1, "(" + names.get(target) + ") the class is missing");
      }
    }
    var classes = new TreeSet<>(order);
    classes.addAll(targets);
    return List.copyOf(classes);
  }

  private Tensor labels(List<String> classes) {
    Map<String, Integer> byName = new TreeMap<>();
    for (String name : classes) {
      byName.put(name, byName.size());
    }
    return Raw.wrap(targets.stream().mapToLong(byName::get).toArray(), targets.size());
  }

  private DatasetException wrong(int line, int column, String what) {
    return new DatasetException(file, String.format("line %d, column %d: %s", line, column, what));
  }
}
