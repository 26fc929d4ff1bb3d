// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import java.nio.file.Path;

/// The user's home folder.
final class Home {
  private Home() {}

  /// Returns a path as it is shown: `~/…` if it is in there.
  static String shorten(Path path) {
    Path home = Path.of(System.getProperty("user.home", ""));
    return home.isAbsolute() && path.startsWith(home)
        ? Path.of("~").resolve(home.relativize(path)).toString()
        : path.toString();
  }
}
