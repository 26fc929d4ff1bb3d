// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Measures and prints tables; whatever is not a table's name goes to JMH.
@Command(
    name = "gradus bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures, and prints a table of medians that is also written as Markdown and JSON.",
      "Anything else than a subject is passed on to JMH: ./gradus bench StepBenchmark -f 1"
    })
public final class Main implements Callable<Integer> {
  @Parameters(
      paramLabel = "SUBJECT",
      description = "What to measure: gemm, ops, tape or train.",
      converter = SubjectConverter.class)
  private Subject subject = Subject.GEMM;

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      defaultValue = "1",
      description = "Thread counts, separated by commas. Default: ${DEFAULT-VALUE}.")
  private List<Integer> threads = List.of(1);

  @Option(
      names = "--quick",
      description = "One process each and short iterations: a first impression.")
  private boolean quick;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "target/bench",
      description = "Where SUBJECT.md and SUBJECT.json go. Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("target/bench");

  private Main() {}

  /// Reads a subject's word.
  static final class SubjectConverter implements CommandLine.ITypeConverter<Subject> {
    @Override
    public Subject convert(String word) {
      Subject subject = Subject.of(word);
      if (subject == null) {
        throw new CommandLine.TypeConversionException("'" + word + "' is none of them");
      }
      return subject;
    }
  }

  /// Measures a subject, or hands everything to JMH.
  public static void main(String[] args) throws IOException, RunnerException {
    boolean ours = args.length == 0 || Subject.of(args[0]) != null || args[0].endsWith("help");
    if (ours) {
      System.exit(new CommandLine(new Main()).execute(args));
    }
    org.openjdk.jmh.Main.main(args);
  }

  @Override
  public Integer call() throws IOException, RunnerException {
    Files.createDirectories(out);
    PrintStream log = System.err;
    Map<Integer, Limits> limits = new TreeMap<>();
    if (!subject.columns.isEmpty()) {
      log.println("measuring what the machine can do…");
      for (int n : threads) {
        limits.put(n, Limits.of(n, options()));
      }
    }
    log.println("measuring " + subject.word() + "…");
    ChainedOptionsBuilder options =
        options()
            .include(subject.benchmark.getName())
            .resultFormat(ResultFormatType.JSON)
            .result(out.resolve(subject.word() + ".json").toString());
    if (subject.threaded()) {
      options.param("threads", threads.stream().map(String::valueOf).toArray(String[]::new));
    }
    Table table = table(new Runner(options.build()).run(), limits);
    String machine = machine(limits);
    Files.writeString(out.resolve(subject.word() + ".md"), machine + "\n" + table.markdown());
    System.out.print(machine + "\n" + table.text());
    return 0;
  }

  private ChainedOptionsBuilder options() {
    ChainedOptionsBuilder options = new OptionsBuilder().verbosity(VerboseMode.SILENT);
    if (quick) {
      options
          .forks(1)
          .warmupIterations(3)
          .warmupTime(TimeValue.milliseconds(300))
          .measurementIterations(5)
          .measurementTime(TimeValue.milliseconds(200));
    }
    return options;
  }

  private Table table(Collection<RunResult> results, Map<Integer, Limits> limits) {
    var columns = new ArrayList<String>();
    var rows = new ArrayList<List<String>>();
    for (RunResult result : results) {
      var params = result.getParams();
      List<String> names = params.getParamsKeys().stream().sorted().toList();
      Times times = Times.of(result);
      if (columns.isEmpty()) {
        columns.add("what");
        columns.addAll(names);
        columns.add("median " + result.getPrimaryResult().getScoreUnit().replace("/op", ""));
        columns.add("least – most");
        columns.addAll(subject.columns);
      }
      var row = new ArrayList<String>();
      String name = params.getBenchmark();
      row.add(name.substring(name.lastIndexOf('.') + 1));
      names.forEach(key -> row.add(params.getParam(key)));
      row.add(Times.text(times.median()));
      row.add(Times.text(times.least()) + " – " + Times.text(times.most()));
      if (!subject.columns.isEmpty()) {
        Limits limit = limits.get(Integer.parseInt(params.getParam("threads")));
        if (limit != null) {
          row.addAll(subject.held(params::getParam, times.median(), limit));
        }
      }
      rows.add(row);
    }
    return new Table(columns, rows);
  }

  private static String machine(Map<Integer, Limits> limits) {
    var text = new StringBuilder();
    text.append(
        "%s %s, %s %s, %d processors%n"
            .formatted(
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors()));
    limits.forEach(
        (n, limit) ->
            text.append(
                "%d %s: %s GFLOP/s of fused multiply-adds, %s GB/s in the last cache%n"
                    .formatted(
                        n,
                        n == 1 ? "thread" : "threads",
                        Times.text(limit.gflops()),
                        Times.text(limit.gigabytes()))));
    return text.toString();
  }
}
