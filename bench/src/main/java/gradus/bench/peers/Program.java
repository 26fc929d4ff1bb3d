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

  /// The program has warmed up and waits for lines on standard input: each is a number of seconds
  /// to measure.
  public static final String READY = "ready";

  /// The framework's name and version.
  public static final String VERSION = "version";

  /// Nanoseconds of a call: the median.
  public static final String MEDIAN = "median";

  /// Nanoseconds of a call: the shortest.
  public static final String LEAST = "least";

  /// Nanoseconds of a call: the longest; the last that is said of some seconds.
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
  private static final int FEWEST = 3;

  /// Fewest calls to warm up, unless they take so many times as long as was asked for: the JVM's
  /// compilers count calls, not seconds.
  private static final int WARM_UP_CALLS = 100;

  private static final int LONGEST_WARM_UP = 5;

  /// This part of the seconds to measure is worked before, unmeasured: meanwhile others worked.
  private static final double AGAIN = 0.2;

  private static final int MOST_TIMES = 1 << 20;

  private Program() {}

  /// Does what the arguments say and ends the process.
  ///
  /// @param framework makes the framework for a number of threads
  /// @param args task, threads, seconds to warm up at least; 0 for a first call alone
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

  /// Warms up, and measures whenever it is told to, until standard input ends.
  private static void measure(Runnable call, double seconds) {
    long late = after(LONGEST_WARM_UP * seconds);
    for (int n = work(call, seconds); n < WARM_UP_CALLS && System.nanoTime() < late; n++) {
      call.run();
    }
    say(READY, "");
    var times = new long[MOST_TIMES];
    for (String line = IO.readln(); line != null; line = IO.readln()) {
      double span = Double.parseDouble(line);
      work(call, AGAIN * span);
      int n = 0;
      for (long end = after(span);
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
  }

  /// Calls for so many seconds, once at least; returns how often.
  private static int work(Runnable call, double seconds) {
    long end = after(seconds);
    int calls = 0;
    do {
      call.run();
      calls++;
    } while (System.nanoTime() < end);
    return calls;
  }

  private static long after(double seconds) {
    return System.nanoTime() + (long) (seconds * 1e9);
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
