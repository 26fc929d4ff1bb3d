// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The line that shows how far a training is, made to fit.
///
/// @param epoch the epoch's number, from 1
/// @param epochs how many there are
/// @param done the part of the epoch that is done, in [0, 1]
/// @param loss the mean loss of the epoch so far
/// @param samplesPerSecond examples trained on in a second
/// @param secondsLeft of the whole training; NaN if unknown
record ProgressLine(
    int epoch, int epochs, double done, double loss, double samplesPerSecond, double secondsLeft) {
  private static final int LONGEST_BAR = 30;
  private static final int SHORTEST_BAR = 5;
  private static final String COLOUR = "\u001b[36m";
  private static final String PLAIN = "\u001b[0m";

  /// Returns the line in at most `width` columns: where there is little room without its bar, then
  /// without its rate, the epoch, the time left, the loss.
  ///
  /// @param unicode whether the bar may be drawn with line characters
  String render(int width, boolean colour, boolean unicode) {
    String start = "epoch %d/%d".formatted(epoch, epochs);
    String percent = "%3d%%".formatted((int) Math.floor(100 * done));
    String lossPart = "loss " + number(loss);
    String rate = rate(samplesPerSecond) + " samples/s";
    String left = "ETA " + time(secondsLeft);
    for (List<String> parts :
        List.of(
            List.of(start, percent, lossPart, rate, left),
            List.of(start, percent, lossPart, left),
            List.of(percent, lossPart, left),
            List.of(percent, lossPart),
            List.of(percent))) {
      String line = String.join("  ", parts);
      int room = width - line.length() - 2;
      if (parts.size() == 5 && room >= SHORTEST_BAR) {
        List<String> withBar = new ArrayList<>(parts);
        withBar.add(1, bar(Math.min(room, LONGEST_BAR), colour, unicode));
        return String.join("  ", withBar);
      }
      if (room >= -2) {
        return line;
      }
    }
    return percent.substring(0, Math.clamp(width, 0, percent.length()));
  }

  private String bar(int length, boolean colour, boolean unicode) {
    int full = (int) Math.floor(done * length);
    String bar =
        unicode
            ? "━".repeat(full) + "─".repeat(length - full)
            : "#".repeat(full) + "-".repeat(length - full);
    return colour ? COLOUR + bar.substring(0, full) + PLAIN + bar.substring(full) : bar;
  }

  /// Four digits after the point, or an exponent for what is very small or large.
  static String number(double value) {
    double size = Math.abs(value);
    return size != 0 && (size < 1e-2 || size >= 1e5)
        ? String.format(Locale.ROOT, "%.2e", value)
        : String.format(Locale.ROOT, "%.4f", value);
  }

  static String rate(double perSecond) {
    if (!Double.isFinite(perSecond)) {
      return "–";
    }
    return perSecond < 100
        ? String.format(Locale.ROOT, "%.1f", perSecond)
        : String.format(Locale.ROOT, "%,d", Math.round(perSecond));
  }

  /// Returns `1:05`, or `1:02:05` with hours.
  static String time(double seconds) {
    if (!(seconds < 1e8)) {
      return "–";
    }
    long s = (long) Math.ceil(seconds);
    return s < 3600
        ? "%d:%02d".formatted(s / 60, s % 60)
        : "%d:%02d:%02d".formatted(s / 3600, s / 60 % 60, s % 60);
  }
}
