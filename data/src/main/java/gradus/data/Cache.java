// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// Where downloaded files are kept.
public final class Cache {
  private Cache() {}

  /// Returns the user's folder for them, which may not exist yet: the environment variable
  /// `GRADUS_CACHE`, else `gradus` in the place that the platform has for caches:
  /// `~/Library/Caches` on macOS, `%LOCALAPPDATA%` on Windows, elsewhere `$XDG_CACHE_HOME` or
  /// `~/.cache`.
  public static Path folder() {
    return folder(
        System.getenv(), System.getProperty("os.name", ""), System.getProperty("user.home", ""));
  }

  static Path folder(Map<String, String> environment, String system, String home) {
    String chosen = environment.getOrDefault("GRADUS_CACHE", "");
    if (!chosen.isEmpty()) {
      return Path.of(chosen);
    }
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("mac")) {
      return Path.of(home, "Library", "Caches", "gradus");
    }
    String variable = name.startsWith("windows") ? "LOCALAPPDATA" : "XDG_CACHE_HOME";
    String caches = environment.getOrDefault(variable, "");
    return caches.isEmpty() ? Path.of(home, ".cache", "gradus") : Path.of(caches, "gradus");
  }
}
