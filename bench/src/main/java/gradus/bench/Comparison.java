// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import static java.util.stream.Collectors.joining;

import gradus.bench.peers.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// What all frameworks reached, held against ours.
///
/// @param trials runs of tasks, several for each
/// @param starts runs of the first step alone
record Comparison(List<Trial> trials, List<Trial> starts) {
  /// Tables of what all took, for each number of threads, and of first steps and memory.
  ///
  /// @param print makes text of a table
  String report(List<Integer> threads, Function<Table, String> print) {
    var text = new StringBuilder();
    for (int n : threads) {
      text.append("%nMilliseconds at %s, and how many times as long as ours%n%n".formatted(of(n)))
          .append(print.apply(times(n)));
      losses(n).forEach(line -> text.append('\n').append(line).append('\n'));
      Table memory = memory(n);
      if (!memory.rows().isEmpty()) {
        text.append("%nPeak memory at %s, MiB%n%n".formatted(of(n))).append(print.apply(memory));
      }
    }
    text.append("\nMilliseconds from the start of a process to the end of the first step of A\n\n")
        .append(print.apply(table("", List.of(Task.A), starts, Trial::start)));
    text.append('\n').append(versions());
    return text.toString();
  }

  /// The median over rounds of a framework's medians, in milliseconds; NaN if there is none.
  double millis(Competitor competitor, Task task, int threads) {
    return median(at(threads), competitor, task, trial -> trial.times().median());
  }

  /// The tasks that were measured, in order.
  List<Task> tasks() {
    return trials.stream().map(Trial::task).distinct().sorted().toList();
  }

  /// The frameworks that were measured, in order.
  List<Competitor> competitors() {
    return trials.stream().map(Trial::competitor).distinct().sorted().toList();
  }

  /// One object for each task, framework and number of threads.
  String json() {
    return Stream.concat(trials.stream(), starts.stream())
        .map(
            trial ->
                """
                {"task": "%s", "framework": "%s", "version": "%s", "threads": %d, \
                "medianMillis": %s, "leastMillis": %s, "startMillis": %s, "peakMiB": %s, \
                "firstLoss": %s, "lastLoss": %s, "cannot": "%s"}"""
                    .formatted(
                        trial.task().words(),
                        trial.competitor().words,
                        trial.version(),
                        trial.threads(),
                        json(trial.times().median()),
                        json(trial.times().least()),
                        json(trial.start()),
                        json(trial.mebibytes()),
                        json(trial.firstLoss()),
                        json(trial.lastLoss()),
                        trial.cannot().replace("\\", "\\\\").replace("\"", "\\\"")))
        .collect(joining(",\n  ", "[\n  ", "\n]\n"));
  }

  /// Says plainly where somebody else was faster.
  List<String> losses(int threads) {
    var lines = new ArrayList<String>();
    for (Task task : tasks()) {
      double ours = millis(Competitor.GRADUS, task, threads);
      for (Competitor other : competitors()) {
        double theirs = millis(other, task, threads);
        if (theirs < ours) {
          lines.add(
              "Gradus loses %s at %s: %s takes %.0f %% of its time."
                  .formatted(task.words(), of(threads), other.words, 100 * theirs / ours));
        }
      }
    }
    if (lines.isEmpty()) {
      lines.add("Gradus loses none of these at %s.".formatted(of(threads)));
    }
    return lines;
  }

  private Table times(int threads) {
    return table("what", tasks(), at(threads), trial -> trial.times().median());
  }

  private Table memory(int threads) {
    List<Task> trainings = tasks().stream().filter(task -> task.model() != null).toList();
    return table("what", trainings, at(threads), Trial::mebibytes);
  }

  private Table table(
      String corner, List<Task> tasks, List<Trial> from, ToDoubleFunction<Trial> number) {
    var columns = new ArrayList<>(List.of(corner));
    competitors().forEach(competitor -> columns.add(competitor.words));
    var rows = new ArrayList<List<String>>();
    for (Task task : tasks) {
      double ours = median(from, Competitor.GRADUS, task, number);
      var row = new ArrayList<>(List.of(task.words()));
      for (Competitor competitor : competitors()) {
        double theirs = median(from, competitor, task, number);
        boolean other = competitor != Competitor.GRADUS;
        row.add(
            Double.isNaN(theirs)
                ? "–"
                : Times.text(theirs) + (other ? " (" + Times.text(theirs / ours) + "×)" : ""));
      }
      rows.add(row);
    }
    return new Table(columns, rows);
  }

  private String versions() {
    return competitors().stream()
        .map(
            competitor ->
                trials.stream()
                        .filter(trial -> trial.competitor() == competitor)
                        .map(Trial::version)
                        .max(String::compareTo)
                        .orElse(competitor.words)
                    + ". "
                    + competitor.note)
        .map(String::strip)
        .collect(joining("\n\n", "", "\n"));
  }

  private List<Trial> at(int threads) {
    return trials.stream().filter(trial -> trial.threads() == threads).toList();
  }

  private static double median(
      List<Trial> from, Competitor competitor, Task task, ToDoubleFunction<Trial> number) {
    double[] numbers =
        from.stream()
            .filter(trial -> trial.competitor() == competitor && trial.task() == task)
            .mapToDouble(number)
            .filter(x -> x > 0)
            .sorted()
            .toArray();
    int n = numbers.length;
    return n == 0 ? Double.NaN : (numbers[n / 2] + numbers[(n - 1) / 2]) / 2;
  }

  private static String of(int threads) {
    return threads == 1 ? "1 thread" : threads + " threads";
  }

  private static String json(double number) {
    return Double.isNaN(number) ? "null" : String.format(Locale.ROOT, "%.4g", number);
  }
}
