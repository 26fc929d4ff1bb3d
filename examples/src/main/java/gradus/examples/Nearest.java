// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;

/// What someone may have meant who misspelt a name.
final class Nearest {
  private Nearest() {}

  /// Returns the name that begins with `wanted` if there is one, else the one that is the least
  /// different; the first of equals.
  static String of(String wanted, Collection<String> names) {
    return names.stream()
        .min(
            Comparator.<String>comparingInt(name -> name.startsWith(wanted) ? 0 : 1)
                .thenComparingInt(name -> distance(wanted, name)))
        .orElseThrow();
  }

  /// Returns whether less than about half of a name is different.
  static boolean isNear(String wanted, String name) {
    return 3 * distance(wanted, name) <= 4 * Math.max(wanted.length(), name.length());
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
