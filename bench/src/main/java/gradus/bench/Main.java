// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Measures and prints tables; whatever is not a table's name goes to JMH.
@Command(
    name = "gradus bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures, and prints a table of medians that is also written as Markdown and JSON.",
      "./gradus bench fresh multiplies matrices in fresh processes; see its --help.",
      "./gradus bench ulp tells how exact functions are; see its --help.",
      "./gradus bench peers holds other frameworks against ours; see its --help.",
      "Anything else than a subject is passed on to JMH: ./gradus bench StepBenchmark -f 1"
    })
public final class Main implements Callable<Integer> {
  @Parameters(
      paramLabel = "SUBJECT",
      description = "What to measure: gemm, ops, tape, conv, train, inference or layers.",
      converter = SubjectConverter.class)
  private Subject subject = Subject.GEMM;

  @Mixin private BenchOptions options = new BenchOptions();

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
    if (args.length > 0 && args[0].equals("peers")) {
      String[] rest = Arrays.copyOfRange(args, 1, args.length);
      System.exit(execute(new PeersCommand(), rest));
    }
    if (args.length > 0 && args[0].equals("fresh")) {
      System.exit(execute(new FreshCommand(), Arrays.copyOfRange(args, 1, args.length)));
    }
    if (args.length > 0 && args[0].equals("ulp")) {
      System.exit(execute(new UlpCommand(), Arrays.copyOfRange(args, 1, args.length)));
    }
    if (args.length == 0 || Subject.of(args[0]) != null || args[0].endsWith("help")) {
      System.exit(execute(new Main(), args));
    }
    org.openjdk.jmh.Main.main(args);
  }

  private static int execute(Object command, String[] args) {
    return new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true).execute(args);
  }

  @Override
  public Integer call() throws IOException, RunnerException {
    Files.createDirectories(options.out);
    System.err.println("measuring " + subject.word() + "…");
    List<Part> parts = new ArrayList<>();
    if (subject.shapes().isEmpty()) {
      parts.add(measure(jmh()));
    }
    for (String shape : subject.shapes()) {
      parts.add(measure(jmh().param(Subject.SHAPE, shape)));
    }
    Table table = table(parts);
    String machine = machine(parts);
    Files.writeString(
        options.out.resolve(subject.word() + ".md"), machine + "\n" + table.markdown());
    try (var json = new PrintStream(options.out.resolve(subject.word() + ".json").toFile())) {
      List<RunResult> results = parts.stream().flatMap(part -> part.results.stream()).toList();
      ResultFormatFactory.getInstance(ResultFormatType.JSON, json).writeOut(results);
    }
    System.out.print(machine + "\n" + table.text());
    return 0;
  }

  /// What was measured, and right before it what the machine can do with so many threads: that
  /// changes from minute to minute.
  private record Part(Collection<RunResult> results, Map<Integer, Limits> limits) {}

  private Part measure(ChainedOptionsBuilder jmh) throws RunnerException {
    Map<Integer, Limits> limits = new TreeMap<>();
    if (!subject.columns.isEmpty()) {
      for (int n : options.threads) {
        limits.put(n, Limits.of(n, jmh()));
      }
    }
    jmh.include(subject.benchmark.getName());
    if (subject.threaded()) {
      jmh.param("threads", options.threads.stream().map(String::valueOf).toArray(String[]::new));
    }
    return new Part(new Runner(jmh.build()).run(), limits);
  }

  private ChainedOptionsBuilder jmh() {
    ChainedOptionsBuilder jmh = new OptionsBuilder().verbosity(VerboseMode.SILENT);
    if (options.quick) {
      // Most kernels are compiled after three seconds, that of weights' gradients after five.
      jmh.forks(1)
          .warmupIterations(4)
          .warmupTime(TimeValue.seconds(1))
          .measurementIterations(5)
          .measurementTime(TimeValue.milliseconds(200));
    }
    return jmh;
  }

  private Table table(List<Part> parts) {
    var columns = new ArrayList<String>();
    var rows = new ArrayList<List<String>>();
    for (Part part : parts) {
      for (RunResult result : part.results) {
        if (columns.isEmpty()) {
          columns.addAll(columns(result));
        }
        rows.add(row(result, part.limits));
      }
    }
    return new Table(columns, rows);
  }

  private List<String> columns(RunResult result) {
    var columns = new ArrayList<>(List.of("what"));
    columns.addAll(names(result));
    columns.add("median " + result.getPrimaryResult().getScoreUnit().replace("/op", ""));
    columns.add("least – most");
    columns.addAll(subject.columns);
    return columns;
  }

  private static List<String> names(RunResult result) {
    return result.getParams().getParamsKeys().stream().sorted().toList();
  }

  private List<String> row(RunResult result, Map<Integer, Limits> limits) {
    var params = result.getParams();
    Times times = Times.of(result);
    String name = params.getBenchmark().replaceFirst(".*\\.", "");
    var row = new ArrayList<>(List.of(name));
    names(result).forEach(key -> row.add(params.getParam(key)));
    row.add(Times.text(times.median()));
    row.add(Times.text(times.least()) + " – " + Times.text(times.most()));
    if (!subject.columns.isEmpty()) {
      Limits limit = limits.get(Integer.parseInt(params.getParam("threads")));
      if (limit != null) {
        row.addAll(subject.held(name, params::getParam, times.median(), limit));
      }
    }
    return row;
  }

  private String machine(List<Part> parts) {
    var text = new StringBuilder(machine());
    for (int n : parts.getFirst().limits.keySet()) {
      List<Limits> limits = parts.stream().map(part -> part.limits.get(n)).toList();
      text.append(
          "%d %s: %s GFLOP/s of fused multiply-adds, %s GB/s in the last cache%n"
              .formatted(
                  n,
                  n == 1 ? "thread" : "threads",
                  span(limits.stream().mapToDouble(Limits::gflops)),
                  span(limits.stream().mapToDouble(Limits::gigabytes))));
    }
    return text.toString();
  }

  private static String span(DoubleStream numbers) {
    var all = numbers.summaryStatistics();
    String least = Times.text(all.getMin());
    return all.getCount() == 1 ? least : least + "–" + Times.text(all.getMax());
  }

  /// What this runs on, as a line.
  static String machine() {
    return "%s %s, %s %s, %d processors%n"
        .formatted(
            System.getProperty("java.vm.name"),
            System.getProperty("java.vm.version"),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors());
  }
}
