// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A table of numbers from a text file, with a column of targets.
///
/// Fields are separated by commas, or as the options say; a field may stand in double quotes, in
/// which two of them mean one (RFC 4180). Empty lines don't count.
///
/// @param dataset inputs float32 `[N, F]`; targets int64 labels `[N]`, or float32 `[N]`
/// @param features the names of the F columns of inputs; `column 1` … where there is no header
/// @param classes the names of the classes, by label; none where targets are numbers
public record Csv(TensorDataset dataset, List<String> features, List<String> classes) {

  /// Whether the first line names the columns.
  public enum Header {
    /// It does if one of its fields is no number and is not in the column of class names.
    DETECT,

    /// It does.
    PRESENT,

    /// It does not.
    ABSENT
  }

  /// What the column of targets holds.
  public enum Target {
    /// Names of classes, or their numbers; labels are in the order of the numbers or names.
    CLASS,

    /// Numbers, for regression.
    NUMBER
  }

  /// Keeps copies of the lists.
  public Csv {
    features = List.copyOf(features);
    classes = List.copyOf(classes);
  }

  /// Returns the default options: commas, a header if there seems to be one, classes in the last
  /// column.
  public static Options options() {
    return new Options(',', Header.DETECT, Target.CLASS, Optional.empty());
  }

  /// Options of [#read].
  ///
  /// @param separator what stands between fields
  /// @param header whether the first line names the columns
  /// @param target what the column of targets holds
  /// @param column the column of targets: its name or, from 1 on, its number; empty for the last
  public record Options(char separator, Header header, Target target, Optional<String> column) {

    /// Checks the options.
    ///
    /// @throws IllegalArgumentException if the separator is a quote, a digit or a line end
    public Options {
      if ("\"\r\n.-+0123456789".indexOf(separator) >= 0) {
        throw new IllegalArgumentException(
            "Csv: fields cannot be separated by '" + separator + "'");
      }
    }

    /// Returns the same with another character between fields.
    public Options separator(char separator) {
      return new Options(separator, header, target, column);
    }

    /// Returns the same, with a header or without.
    public Options header(Header header) {
      return new Options(separator, header, target, column);
    }

    /// Returns the same with other targets.
    public Options target(Target target) {
      return new Options(separator, header, target, column);
    }

    /// Returns the same with another column of targets; empty for the last.
    public Options column(Optional<String> column) {
      return new Options(separator, header, target, column);
    }

    /// Returns the same with the column of targets of this name or, from 1 on, this number.
    public Options column(String column) {
      return column(Optional.of(column));
    }
  }

  /// Reads a file whose last column holds classes.
  ///
  /// @throws DatasetException as [#read(Path, Options)] does
  /// @throws IOException if reading fails
  public static Csv read(Path file) throws IOException {
    return read(file, options());
  }

  /// Reads a file, which is in UTF-8.
  ///
  /// @throws DatasetException if there is no such file, it is too large, or a line is not as it
  ///   should be, with its number and that of the column
  /// @throws IOException if reading fails
  public static Csv read(Path file, Options options) throws IOException {
    return new CsvReader(file, options).read();
  }
}
