// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import static gradus.bench.peers.Program.CANNOT;
import static gradus.bench.peers.Program.FIRST;
import static gradus.bench.peers.Program.LEAST;
import static gradus.bench.peers.Program.MARK;
import static gradus.bench.peers.Program.MEDIAN;
import static gradus.bench.peers.Program.MOST;
import static gradus.bench.peers.Program.READY;

import gradus.bench.peers.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A process of a framework that has warmed up for a task and measures when it is told to, so that
/// several can take turns.
final class Contestant implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 180;

  /// No word: all that it says is read.
  private static final String NOTHING = "nothing";

  private final Competitor competitor;
  private final Task task;
  private final int threads;
  private final Path errors;
  private final Process process;
  private final BufferedReader output;
  private final Writer input;
  private final List<Times> turns = new ArrayList<>();
  private final Map<String, String> said = new HashMap<>();
  private final long before;
  private double start = Double.NaN;
  private boolean silent;

  /// Starts a process and waits until it has warmed up.
  ///
  /// @param peers the folder of the programs
  /// @param seconds to warm up; 0 for the first step alone, which may have all processors
  Contestant(Path peers, Competitor competitor, Task task, int threads, double seconds)
      throws IOException {
    this(peers, competitor, task, threads, seconds, List.of());
  }

  /// The same with more options of its JVM.
  Contestant(
      Path peers,
      Competitor competitor,
      Task task,
      int threads,
      double seconds,
      List<String> options)
      throws IOException {
    this.competitor = competitor;
    this.task = task;
    this.threads = threads;
    ProcessBuilder builder =
        competitor.start(
            peers,
            threads,
            options,
            List.of(task.name(), String.valueOf(threads), String.valueOf(seconds)));
    if (seconds > 0) {
      builder.command().addAll(0, pinning(threads));
    }
    errors = Files.createTempFile("gradus-bench", ".err");
    before = System.nanoTime();
    process = builder.redirectError(errors.toFile()).start();
    output = process.inputReader();
    input = process.outputWriter();
    if (seconds > 0) {
      listen(READY);
    }
  }

  /// Has it measure, unless it failed.
  void turn(double seconds) throws IOException {
    if (silent) {
      return;
    }
    try {
      input.write(seconds + "\n");
      input.flush();
    } catch (IOException e) {
      // It has ended since its last turn, and says no more.
    }
    listen(MOST);
    if (!silent) {
      turns.add(new Times(millis(LEAST), millis(MEDIAN), millis(MOST)));
    }
  }

  /// Ends it, and returns what it said.
  Trial end() throws IOException, InterruptedException {
    try {
      input.close();
    } catch (IOException e) {
      // It has ended already.
    }
    listen(NOTHING);
    if (process.waitFor() != 0 || said.isEmpty()) {
      said.put(CANNOT, failure());
      turns.clear();
    }
    return new Trial(competitor, task, threads, List.copyOf(turns), start, Map.copyOf(said));
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.delete(errors);
  }

  /// Reads what it says, as far as the line with the word given or the end.
  private void listen(String last) throws IOException {
    Thread watchdog = Thread.ofVirtual().start(this::endIfLate);
    String word;
    do {
      word = hear();
    } while (!silent && !word.equals(last));
    watchdog.interrupt();
  }

  /// Reads a line and returns the word that it is about, if there is one.
  private String hear() throws IOException {
    String line = output.readLine();
    silent = line == null;
    if (line == null || !line.startsWith(MARK)) {
      return "";
    }
    String[] words = line.substring(MARK.length()).split(" ", 2);
    said.put(words[0], words[1]);
    if (words[0].equals(FIRST)) {
      start = (System.nanoTime() - before) * 1e-6;
    }
    return words[0];
  }

  private double millis(String word) {
    return Double.parseDouble(said.get(word)) * 1e-6;
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

  private void endIfLate() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      // It has said what was waited for.
    }
  }

  private String failure() throws IOException {
    var lines = new ArrayList<>(Files.readAllLines(errors));
    lines.removeIf(String::isBlank);
    return "exit code " + process.exitValue() + (lines.isEmpty() ? "" : ": " + lines.getFirst());
  }
}
