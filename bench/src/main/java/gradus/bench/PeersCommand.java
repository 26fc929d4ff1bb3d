// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import gradus.bench.peers.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs the same models on several frameworks in turn, each time in a new process.
@Command(
    name = "gradus bench peers",
    mixinStandardHelpOptions = true,
    description = {
      "Trains and applies the same models on PyTorch (through DJL and through libtorch's own"
          + " interface), TensorFlow, DL4J and Smile, in turn with ours, and prints tables of"
          + " medians, which are also written as peers.md, peers.json and peers.png.",
      "Norms, recurrent layers and attention by themselves are held against libtorch:"
          + " --with libtorch --task layer_norm,lstm,attention"
    })
final class PeersCommand implements Callable<Integer> {
  private static final int ROUNDS = 3;
  private static final double SECONDS = 4;
  private static final double QUICK_SECONDS = 2;

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--with",
      split = ",",
      paramLabel = "FRAMEWORK",
      description = "Only ours and these: ${COMPLETION-CANDIDATES}. Default: all.")
  private List<Competitor> with = List.of(Competitor.values());

  @Option(
      names = "--task",
      split = ",",
      paramLabel = "TASK",
      description = "Only these: ${COMPLETION-CANDIDATES}. Default: all.")
  private List<Task> tasks = List.of(Task.values());

  private final List<Trial> trials = new ArrayList<>();
  private final List<Trial> starts = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path peers = Path.of(System.getProperty("gradus.bench.peers", "bench/peers"));
    List<Competitor> competitors =
        Arrays.stream(Competitor.values())
            .filter(one -> one == Competitor.GRADUS || with.contains(one))
            .toList();
    double seconds = options.quick ? QUICK_SECONDS : SECONDS;
    for (int round = 1; round <= (options.quick ? 1 : ROUNDS); round++) {
      System.err.println("round " + round + "…");
      for (int threads : options.threads) {
        for (Task task : tasks) {
          for (Competitor competitor : competitors) {
            trials.add(told(Trial.run(peers, competitor, task, threads, seconds)));
          }
        }
      }
      for (Competitor competitor : competitors) {
        starts.add(Trial.run(peers, competitor, Task.A, processors(), 0));
      }
    }
    var comparison = new Comparison(trials, starts);
    Files.createDirectories(options.out);
    String machine = Main.machine();
    Files.writeString(
        options.out.resolve("peers.md"),
        machine + comparison.report(options.threads, Table::markdown));
    Files.writeString(options.out.resolve("peers.json"), comparison.json());
    BarChart.write(comparison, options.threads, options.out.resolve("peers.png"));
    System.out.print(machine + comparison.report(options.threads, Table::text));
    return 0;
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static Trial told(Trial trial) {
    System.err.printf(
        "  %s, %s: %s%n",
        trial.task().words(),
        trial.competitor().words,
        trial.cannot().isEmpty() ? Times.text(trial.times().median()) + " ms" : trial.cannot());
    return trial;
  }
}
