// SPDX-License-Identifier: Apache-2.0
package gradus.bench.peers;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntFunction;

/// A process that does one [Task] on one framework and says how long it took. All frameworks run in
/// this very loop.
///
/// What it has to say are lines of standard output that start with [#MARK], then a word and a
/// value; frameworks print others.
public final class Program {
  /// What the lines start with.
  public static final String MARK = "@bench ";

  /// The first step, or the first call, is done.
  public static final String FIRST = "first";

  /// The framework's name and version.
  public static final String VERSION = "version";

  /// Nanoseconds of a call: the median.
  public static final String MEDIAN = "median";

  /// Nanoseconds of a call: the shortest.
  public static final String LEAST = "least";

  /// Nanoseconds of a call: the longest.
  public static final String MOST = "most";

  /// The largest size of the process so far, in KiB.
  public static final String MEMORY = "memory";

  /// The loss of the first step.
  public static final String FIRST_LOSS = "first-loss";

  /// The loss of the last step.
  public static final String LAST_LOSS = "last-loss";

  /// Why the framework can't do it.
  public static final String CANNOT = "cannot";

  private static final int ADDITIONS = 1000;
  private static final int FEWEST = 15;
  private static final int MOST_TIMES = 1 << 20;

  private Program() {}

  /// Does what the arguments say and ends the process.
  ///
  /// @param framework makes the framework for a number of threads
  /// @param args task, threads, seconds to measure, after twice as many to warm up; 0 for a first
  ///   call alone
  public static void run(IntFunction<Framework> framework, String[] args) {
    Locale.setDefault(Locale.ROOT);
    Task task = Task.valueOf(args[0]);
    double seconds = Double.parseDouble(args[2]);
    try {
      run(framework.apply(Integer.parseInt(args[1])), task, seconds);
    } catch (UnsupportedOperationException e) {
      say(CANNOT, String.valueOf(e.getMessage()));
    }
    System.out.flush();
    // Some frameworks have threads that never end.
    Runtime.getRuntime().halt(0);
  }

  private static void run(Framework framework, Task task, double seconds) {
    switch (task) {
      case A, B, C, D, TINY, CNN_S -> {
        var training = framework.train(requireNonNull(task.model()));
        double first = training.loss();
        say(FIRST, "");
        if (seconds > 0) {
          measure(training::step, seconds);
          say(FIRST_LOSS, first);
          say(LAST_LOSS, training.loss());
        }
      }
      case INFER_1 -> measure(framework.infer(1), seconds);
      case INFER_256 -> measure(framework.infer(256), seconds);
      case TAPE -> measure(framework.chain(ADDITIONS), seconds);
      case LAYER_NORM,
          RMS_NORM,
          BATCH_NORM,
          GROUP_NORM,
          DROPOUT,
          LSTM,
          GRU,
          DOT_PRODUCT,
          ATTENTION,
          ENCODER_LAYER ->
          measure(framework.layer(requireNonNull(task.layer())), seconds);
    }
    say(MEMORY, peakKibibytes());
    say(VERSION, framework.version());
  }

  private static void measure(Runnable call, double seconds) {
    long span = (long) (seconds * 1e9);
    for (long end = System.nanoTime() + 2 * span; System.nanoTime() < end; ) {
      call.run();
    }
    var times = new long[MOST_TIMES];
    int n = 0;
    for (long end = System.nanoTime() + span;
        (System.nanoTime() < end || n < FEWEST) && n < times.length;
        n++) {
      long start = System.nanoTime();
      call.run();
      times[n] = System.nanoTime() - start;
    }
    Arrays.sort(times, 0, n);
    say(MEDIAN, times[n / 2]);
    say(LEAST, times[0]);
    say(MOST, times[n - 1]);
  }

  /// Returns what Linux says was the largest size of this process, or 0 elsewhere.
  private static long peakKibibytes() {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  private static void say(String word, Object value) {
    System.out.println(MARK + word + " " + value);
    System.out.flush();
  }
}
