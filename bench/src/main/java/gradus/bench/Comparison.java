// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import static java.util.stream.Collectors.joining;

import gradus.bench.peers.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What all frameworks reached, held against ours.
///
/// @param trials runs of tasks, several for each
/// @param starts runs of the first step alone
/// @param archived the same of ours, with the classes in an archive
record Comparison(List<Trial> trials, List<Trial> starts, List<Trial> archived) {
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
    if (!archived.isEmpty()) {
      double millis = median(archived, Competitor.GRADUS, Task.A, Trial::start);
      String result = Double.isNaN(millis) ? archived.getFirst().cannot() : Times.text(millis);
      text.append("\nGradus with its classes in an archive: %s\n".formatted(result));
    }
    text.append('\n').append(versions());
    return text.toString();
  }

  /// How many times as long as ours a framework takes: the median over all turns of what it took to
  /// what we took in the turn beside it; NaN if there is none.
  double ratio(Competitor competitor, Task task, int threads) {
    List<Trial> ours = of(Competitor.GRADUS, task, at(threads));
    List<Trial> theirs = of(competitor, task, at(threads));
    return Times.median(
        IntStream.range(0, Math.min(ours.size(), theirs.size()))
            .mapToObj(i -> ratios(theirs.get(i).turns(), ours.get(i).turns()))
            .flatMapToDouble(Function.identity()));
  }

  private static DoubleStream ratios(List<Times> theirs, List<Times> ours) {
    return IntStream.range(0, Math.min(theirs.size(), ours.size()))
        .mapToDouble(i -> theirs.get(i).median() / ours.get(i).median());
  }

  private static List<Trial> of(Competitor competitor, Task task, List<Trial> from) {
    return from.stream()
        .filter(trial -> trial.competitor() == competitor && trial.task() == task)
        .toList();
  }

  /// The tasks that were measured, in order.
  List<Task> tasks() {
    return trials.stream().map(Trial::task).distinct().sorted().toList();
  }

  /// The frameworks that were measured, in order.
  List<Competitor> competitors() {
    return trials.stream().map(Trial::competitor).distinct().sorted().toList();
  }

  /// One object for each run: its task, framework and number of threads, and what it said.
  String json() {
    return Stream.concat(
            Stream.of(trials, starts)
                .flatMap(List::stream)
                .map(trial -> json(trial, trial.competitor().words)),
            archived.stream().map(trial -> json(trial, "Gradus with its classes in an archive")))
        .collect(joining(",\n  ", "[\n  ", "\n]\n"));
  }

  private static String json(Trial trial, String framework) {
    return """
        {"task": "%s", "framework": "%s", "version": "%s", "threads": %d, \
        "medianMillis": %s, "leastMillis": %s, "turnsMillis": %s, "startMillis": %s, "peakMiB": %s, \
        "firstLoss": %s, "lastLoss": %s, "cannot": "%s"}"""
        .formatted(
            trial.task().words(),
            framework,
            trial.version(),
            trial.threads(),
            json(trial.millis()),
            json(trial.least()),
            trial.turns().stream()
                .map(turn -> json(turn.median()))
                .collect(joining(", ", "[", "]")),
            json(trial.start()),
            json(trial.mebibytes()),
            json(trial.firstLoss()),
            json(trial.lastLoss()),
            trial.cannot().replace("\\", "\\\\").replace("\"", "\\\""));
  }

  /// Says plainly where somebody else was faster.
  List<String> losses(int threads) {
    var lines = new ArrayList<String>();
    for (Task task : tasks()) {
      for (Competitor other : competitors()) {
        double ratio = ratio(other, task, threads);
        if (ratio < 1) {
          lines.add(
              "Gradus loses %s at %s: %s takes %.1f %% of its time."
                  .formatted(task.words(), of(threads), other.words, 100 * ratio));
        }
      }
    }
    if (lines.isEmpty()) {
      lines.add("Gradus loses none of these at %s.".formatted(of(threads)));
    }
    return lines;
  }

  private Table times(int threads) {
    return table(
        "what",
        tasks(),
        (competitor, task) ->
            Times.median(
                of(competitor, task, at(threads)).stream()
                    .flatMap(trial -> trial.turns().stream())
                    .mapToDouble(Times::median)),
        (competitor, task) -> ratio(competitor, task, threads));
  }

  private Table memory(int threads) {
    List<Task> trainings = tasks().stream().filter(task -> task.model() != null).toList();
    return table("what", trainings, at(threads), Trial::mebibytes);
  }

  private Table table(
      String corner, List<Task> tasks, List<Trial> from, ToDoubleFunction<Trial> number) {
    return table(
        corner,
        tasks,
        (competitor, task) -> median(from, competitor, task, number),
        (competitor, task) ->
            median(from, competitor, task, number) / median(from, Competitor.GRADUS, task, number));
  }

  /// @param ratio to ours
  private Table table(
      String corner,
      List<Task> tasks,
      ToDoubleBiFunction<Competitor, Task> number,
      ToDoubleBiFunction<Competitor, Task> ratio) {
    var columns = new ArrayList<>(List.of(corner));
    competitors().forEach(competitor -> columns.add(competitor.words));
    var rows = new ArrayList<List<String>>();
    for (Task task : tasks) {
      var row = new ArrayList<>(List.of(task.words()));
      for (Competitor competitor : competitors()) {
        double theirs = number.applyAsDouble(competitor, task);
        String times = Times.text(ratio.applyAsDouble(competitor, task)) + "×";
        row.add(
            Double.isNaN(theirs)
                ? "–"
                : Times.text(theirs) + (competitor == Competitor.GRADUS ? "" : " (" + times + ")"));
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
    return Times.median(of(competitor, task, from).stream().mapToDouble(number).filter(x -> x > 0));
  }

  private static String of(int threads) {
    return threads == 1 ? "1 thread" : threads + " threads";
  }

  private static String json(double number) {
    return Double.isNaN(number) ? "null" : String.format(Locale.ROOT, "%.4g", number);
  }
}
