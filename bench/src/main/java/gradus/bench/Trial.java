// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import static gradus.bench.peers.Program.CANNOT;
import static gradus.bench.peers.Program.FIRST_LOSS;
import static gradus.bench.peers.Program.LAST_LOSS;
import static gradus.bench.peers.Program.MEMORY;
import static gradus.bench.peers.Program.VERSION;

import gradus.bench.peers.Task;
import java.util.List;
import java.util.Map;

/// What one process of a framework said of a task.
///
/// @param competitor the framework
/// @param task what it did
/// @param threads how many threads it used
/// @param turns milliseconds of a call in each of its turns; none if it failed
/// @param start milliseconds from before the process started to the end of the first step; not a
///   number if the task trains nothing
/// @param said the other lines, by their words
record Trial(
    Competitor competitor,
    Task task,
    int threads,
    List<Times> turns,
    double start,
    Map<String, String> said) {

  /// The median over its turns of the medians in them, in milliseconds, or NaN.
  double millis() {
    return Times.median(turns.stream().mapToDouble(Times::median));
  }

  /// The shortest of its calls in milliseconds, or NaN.
  double least() {
    return turns.stream().mapToDouble(Times::least).min().orElse(Double.NaN);
  }

  /// Why there are no times; empty if there are.
  String cannot() {
    return said.getOrDefault(CANNOT, "");
  }

  /// The largest size of the process in MiB, or 0.
  double mebibytes() {
    return number(MEMORY) / 1024;
  }

  /// The framework with its version.
  String version() {
    return said.getOrDefault(VERSION, competitor.words);
  }

  /// The loss before the first step, or NaN.
  double firstLoss() {
    return said.containsKey(FIRST_LOSS) ? number(FIRST_LOSS) : Double.NaN;
  }

  /// The loss before the last step, or NaN.
  double lastLoss() {
    return said.containsKey(LAST_LOSS) ? number(LAST_LOSS) : Double.NaN;
  }

  private double number(String word) {
    return Double.parseDouble(said.getOrDefault(word, "0"));
  }
}
