// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import static gradus.bench.peers.Program.CANNOT;
import static gradus.bench.peers.Program.FIRST;
import static gradus.bench.peers.Program.FIRST_LOSS;
import static gradus.bench.peers.Program.LAST_LOSS;
import static gradus.bench.peers.Program.LEAST;
import static gradus.bench.peers.Program.MARK;
import static gradus.bench.peers.Program.MEDIAN;
import static gradus.bench.peers.Program.MEMORY;
import static gradus.bench.peers.Program.MOST;
import static gradus.bench.peers.Program.VERSION;

import gradus.bench.peers.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// What one process of a framework said of a task.
///
/// @param competitor the framework
/// @param task what it did
/// @param threads how many threads it used
/// @param times milliseconds of a call; not numbers if it failed
/// @param start milliseconds from before the process started to the end of the first step; not a
///   number if the task trains nothing
/// @param said the lines, by their words
record Trial(
    Competitor competitor,
    Task task,
    int threads,
    Times times,
    double start,
    Map<String, String> said) {
  private static final Times NONE = new Times(Double.NaN, Double.NaN, Double.NaN);
  private static final int PATIENCE_SECONDS = 180;

  /// Runs a process.
  ///
  /// @param peers the folder of the programs
  /// @param seconds to measure, after twice as many to warm up; 0 for the first step alone, which
  ///   may have all processors
  static Trial run(Path peers, Competitor competitor, Task task, int threads, double seconds)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        competitor.start(
            peers, threads, List.of(task.name(), String.valueOf(threads), String.valueOf(seconds)));
    if (seconds > 0) {
      builder.command().addAll(0, pinning(threads));
    }
    Path errors = Files.createTempFile("gradus-bench", ".err");
    try {
      builder.redirectError(errors.toFile());
      var said = new HashMap<String, String>();
      double start = Double.NaN;
      long before = System.nanoTime();
      Process process = builder.start();
      Thread watchdog = Thread.ofVirtual().start(() -> endIfLate(process));
      try (var lines = process.inputReader()) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith(MARK)) {
            String[] words = line.substring(MARK.length()).split(" ", 2);
            said.put(words[0], words[1]);
            if (words[0].equals(FIRST)) {
              start = (System.nanoTime() - before) * 1e-6;
            }
          }
        }
      }
      if (process.waitFor() != 0 || said.isEmpty()) {
        said.put(CANNOT, failure(process.exitValue(), errors));
      }
      watchdog.interrupt();
      return new Trial(competitor, task, threads, times(said), start, Map.copyOf(said));
    } finally {
      Files.delete(errors);
    }
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

  private static Times times(Map<String, String> said) {
    if (!said.containsKey(MEDIAN)) {
      return NONE;
    }
    double[] millis =
        Stream.of(LEAST, MEDIAN, MOST)
            .mapToDouble(word -> Double.parseDouble(said.getOrDefault(word, "0")))
            .map(nanos -> nanos * 1e-6)
            .toArray();
    return new Times(millis[0], millis[1], millis[2]);
  }

  /// As many processors as threads, where the system can say so: some frameworks start more threads
  /// than they are told to, and garbage collectors do.
  private static List<String> pinning(int threads) {
    boolean can =
        threads <= Runtime.getRuntime().availableProcessors()
            && Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "taskset")));
    return can ? List.of("taskset", "-c", "0-" + (threads - 1)) : List.of();
  }

  private static void endIfLate(Process process) {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      // It has ended.
    }
  }

  private static String failure(int exitCode, Path errors) throws IOException {
    var lines = new ArrayList<>(Files.readAllLines(errors));
    lines.removeIf(String::isBlank);
    return "exit code " + exitCode + (lines.isEmpty() ? "" : ": " + lines.getFirst());
  }
}
