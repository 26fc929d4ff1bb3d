// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Multiplies matrices in several fresh processes, in each in another order.
@Command(
    name = "gradus bench fresh",
    mixinStandardHelpOptions = true,
    description = {
      "Multiplies matrices in fresh processes, in each in another order, and prints the share of"
          + " the peak that each shape reached in the worst and in the best of them; also written"
          + " as fresh.md."
    })
final class FreshCommand implements Callable<Integer> {
  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--processes",
      paramLabel = "N",
      defaultValue = "10",
      description = "How many. Default: ${DEFAULT-VALUE}.")
  private int processes = 10;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var report = new StringBuilder(Main.machine());
    var text = new StringBuilder(Main.machine());
    for (int threads : options.threads) {
      Map<String, List<Double>> shares = new LinkedHashMap<>();
      FreshGemm.SHAPES.forEach(shape -> shares.put(shape, new ArrayList<>()));
      for (int seed = 1; seed <= processes; seed++) {
        System.err.printf("%d threads, order %d:%n", threads, seed);
        for (String line : run(threads, seed)) {
          int end = line.lastIndexOf(' ');
          String shape = line.substring(0, end);
          double share = Double.parseDouble(line.substring(end + 1));
          System.err.printf("  %-20s %.1f %%%n", shape, share);
          shares.getOrDefault(shape, new ArrayList<>()).add(share);
        }
      }
      Table table = table(shares, threads);
      report.append('\n').append(table.markdown());
      text.append('\n').append(table.text());
    }
    Files.createDirectories(options.out);
    Files.writeString(options.out.resolve("fresh.md"), report);
    System.out.print(text);
    return 0;
  }

  private static Table table(Map<String, List<Double>> shares, int threads) {
    var rows = new ArrayList<List<String>>();
    shares.forEach(
        (shape, found) -> {
          double[] sorted = found.stream().mapToDouble(Double::doubleValue).sorted().toArray();
          rows.add(
              List.of(
                  shape,
                  String.valueOf(threads),
                  String.valueOf(sorted.length),
                  "%.1f".formatted(sorted[0]),
                  "%.1f".formatted(sorted[sorted.length / 2]),
                  "%.1f".formatted(sorted[sorted.length - 1])));
        });
    return new Table(
        List.of("shape", "threads", "processes", "least % of peak", "median", "most"), rows);
  }

  private static List<String> run(int threads, int seed) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(FreshGemm.class.getName(), String.valueOf(threads), String.valueOf(seed)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<String> lines;
    try (var reader = process.inputReader()) {
      lines = reader.lines().toList();
    }
    if (process.waitFor() != 0 || lines.size() != FreshGemm.SHAPES.size()) {
      throw new IllegalStateException(
          "a process of gradus bench fresh ended with exit code " + process.exitValue());
    }
    return lines;
  }
}
