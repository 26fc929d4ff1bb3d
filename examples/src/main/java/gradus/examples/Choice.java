// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads one of an enum's constants by its [#name]: `KAIMING_UNIFORM` is written `kaiming-uniform`.
/// Case does not matter, and `_` is as good as `-`.
record Choice<E extends Enum<E>>(Class<E> type) implements ITypeConverter<E> {
  /// Returns what users call a constant.
  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public E convert(String value) {
    String wanted = value.toLowerCase(Locale.ROOT).replace('_', '-');
    E[] constants = type.getEnumConstants();
    for (E constant : constants) {
      if (name(constant).equals(wanted)) {
        return constant;
      }
    }
    List<String> names = Arrays.stream(constants).map(Choice::name).toList();
    throw new TypeConversionException(
        "'%s' is none of %s; did you mean %s?"
            .formatted(value, String.join(", ", names), nearest(wanted, names)));
  }

  private static String nearest(String wanted, List<String> names) {
    return names.stream()
        .min(Comparator.comparingInt(name -> distance(wanted, name)))
        .orElseThrow();
  }

  /// The fewest characters to insert, remove or replace to get from `a` to `b` (Levenshtein); an
  /// insertion costs less, as names are often cut short.
  static int distance(String a, String b) {
    int insert = 2;
    int other = 3;
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, j -> insert * j);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = other * i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : other);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j] + other, row[j - 1] + insert));
      }
    }
    return row[b.length()];
  }
}
