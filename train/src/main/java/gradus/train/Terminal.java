// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// What the process's output is shown on.
///
/// @param live whether a line can be drawn over
/// @param colour whether colours are wanted
/// @param width asks for the number of columns, which may change
record Terminal(boolean live, boolean colour, IntSupplier width) {
  private static final int USUAL_WIDTH = 80;

  /// Whatever only takes lines: a file, a pipe.
  static final Terminal NONE = new Terminal(false, false, () -> USUAL_WIDTH);

  /// Finds out about this process's terminal.
  @SuppressWarnings("SystemConsoleNull") // JDK 25 is back to null where there is no terminal
  static Terminal detect() {
    var console = System.console();
    Map<String, String> environment = System.getenv();
    return of(
        console != null && console.isTerminal(), environment, () -> width(environment, stty()));
  }

  /// A `TERM` of `dumb` cannot draw over a line; `NO_COLOR` set to anything asks for no colours
  /// (<https://no-color.org>).
  static Terminal of(boolean isTerminal, Map<String, String> environment, IntSupplier width) {
    boolean live = isTerminal && !"dumb".equals(environment.get("TERM"));
    boolean colour = live && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(live, colour, width);
  }

  /// Returns the width that the terminal tells, else what the environment says, else 80.
  static int width(Map<String, String> environment, @Nullable String sttySize) {
    String stty = sttySize == null ? "" : sttySize.strip();
    String columns =
        stty.matches("\\d+ \\d+")
            ? stty.substring(stty.indexOf(' ') + 1)
            : environment.getOrDefault("COLUMNS", "");
    int width = columns.matches("\\d{1,5}") ? Integer.parseInt(columns) : 0;
    return width > 0 ? width : USUAL_WIDTH;
  }

  /// Asks the terminal on the standard input for "rows columns"; null if there is no one to ask.
  private static @Nullable String stty() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(1, TimeUnit.SECONDS)) {
        stty.destroyForcibly();
        return null;
      }
      return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException _) {
      return null;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
