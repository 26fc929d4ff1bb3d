// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import java.util.Arrays;
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
            .formatted(value, String.join(", ", names), Nearest.of(wanted, names)));
  }
}
