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
          + " interface), TensorFlow, DL4J and Smile, in turn with ours, half a second each, and"
          + " prints tables of medians, which are also written as peers.md, peers.json and"
          + " peers.png.",
      "Norms, recurrent layers and attention by themselves are held against libtorch:"
          + " --with libtorch --task layer_norm,lstm,attention"
    })
final class PeersCommand implements Callable<Integer> {
  private static final int ROUNDS = 3;

  /// Until the JVM's compilers have nothing more to do, even where they share one processor with
  /// the training.
  private static final double WARM_UP_SECONDS = 20;

  private static final double QUICK_WARM_UP_SECONDS = 10;

  /// Turns that each framework has at a task in a round: more than the machine's changes of speed.
  private static final int TURNS = 8;

  /// Starts of each framework in a round.
  private static final int STARTS = 3;

  private static final double TURN_SECONDS = 0.5;
  private static final double QUICK_TURN_SECONDS = 0.25;

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
  private final List<Trial> archived = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path peers = Path.of(System.getProperty("gradus.bench.peers", "bench/peers"));
    List<Competitor> competitors =
        Arrays.stream(Competitor.values())
            .filter(one -> one == Competitor.GRADUS || with.contains(one))
            .toList();
    for (int round = 1; round <= (options.quick ? 1 : ROUNDS); round++) {
      System.err.println("round " + round + "…");
      for (int threads : options.threads) {
        for (Task task : tasks) {
          compete(peers, competitors, task, threads);
        }
      }
      start(peers, competitors);
    }
    var comparison = new Comparison(trials, starts, archived);
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

  /// Has all get ready for a task, one after the other, and then take turns.
  private void compete(Path peers, List<Competitor> competitors, Task task, int threads)
      throws IOException, InterruptedException {
    double warmUp = options.quick ? QUICK_WARM_UP_SECONDS : WARM_UP_SECONDS;
    double seconds = options.quick ? QUICK_TURN_SECONDS : TURN_SECONDS;
    var contestants = new ArrayList<Contestant>();
    try {
      for (Competitor competitor : competitors) {
        contestants.add(new Contestant(peers, competitor, task, threads, warmUp));
      }
      for (int turn = 0; turn < TURNS; turn++) {
        for (Contestant contestant : contestants) {
          contestant.turn(seconds);
        }
      }
      for (Contestant contestant : contestants) {
        trials.add(told(contestant.end()));
      }
    } finally {
      for (Contestant contestant : contestants) {
        contestant.close();
      }
    }
  }

  /// Starts all in turn, and ours also with its classes in an archive, if they can be.
  private void start(Path peers, List<Competitor> competitors)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("gradus-bench");
    Path archive = folder.resolve("classes.jsa");
    try {
      first(peers, Competitor.GRADUS, List.of("-XX:ArchiveClassesAtExit=" + archive));
      boolean exists = Files.exists(archive);
      for (int i = 0; i < STARTS; i++) {
        for (Competitor competitor : competitors) {
          starts.add(first(peers, competitor, List.of()));
        }
        if (exists) {
          archived.add(
              first(peers, Competitor.GRADUS, List.of("-XX:SharedArchiveFile=" + archive)));
        }
      }
    } finally {
      Files.deleteIfExists(archive);
      Files.delete(folder);
    }
  }

  /// A first step alone.
  private static Trial first(Path peers, Competitor competitor, List<String> options)
      throws IOException, InterruptedException {
    int threads = Runtime.getRuntime().availableProcessors();
    try (var contestant = new Contestant(peers, competitor, Task.A, threads, 0, options)) {
      return contestant.end();
    }
  }

  private static Trial told(Trial trial) {
    System.err.printf(
        "  %s, %s: %s%n",
        trial.task().words(),
        trial.competitor().words,
        trial.cannot().isEmpty() ? Times.text(trial.millis()) + " ms" : trial.cannot());
    return trial;
  }
}
