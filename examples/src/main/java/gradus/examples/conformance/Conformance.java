// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gradus conformance DIR`: compares Gradus with what PyTorch computed, in float64 and float32.
@Command(
    name = "conformance",
    description = {
      "Compares Gradus with recorded results of PyTorch.",
      "",
      "Exits with 1 if a case that isn't optional fails, or calls a function that Gradus lacks."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class Conformance implements Callable<Integer> {
  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DIR",
      description = "A folder of golden data: JSON files, one for each family of cases.")
  private Path folder;

  @Option(
      names = "--family",
      paramLabel = "NAME",
      description = "Only families whose name begins so, such as 02; may be repeated.")
  private List<String> families = List.of();

  @Option(
      names = "--case",
      paramLabel = "ID",
      description = "Only cases of this id, such as matmul/07; may be repeated.")
  private List<String> ids = List.of();

  @Option(names = "--verbose", description = "Shows every failure.")
  private boolean verbose;

  /// Made by the command line.
  public Conformance() {}

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    if (!Files.isDirectory(folder)) {
      err.println("conformance: there is no folder " + folder);
      return USAGE;
    }
    List<Family> selected;
    try {
      List<Family> all = Family.readAll(folder);
      if (all.isEmpty()) {
        err.println("conformance: " + folder + " has no .json files; is it golden data?");
        return USAGE;
      }
      selected = selected(all);
    } catch (IOException e) {
      err.println("conformance: " + e.getMessage());
      return FAILED;
    }
    if (selected.isEmpty()) {
      err.println("conformance: no case of " + folder + " is selected by --family and --case");
      return USAGE;
    }
    var report = new Report(spec.commandLine().getOut(), verbose);
    for (Family family : selected) {
      for (Precision precision : Precision.values()) {
        report.add(family.name(), Runner.run(family.cases(), precision));
      }
    }
    report.print();
    return report.passed() ? OK : FAILED;
  }

  private List<Family> selected(List<Family> all) {
    List<Family> selected = new ArrayList<>();
    for (Family family : all) {
      List<Case> cases =
          family.cases().stream().filter(c -> ids.isEmpty() || ids.contains(c.id())).toList();
      if (!cases.isEmpty()
          && (families.isEmpty() || families.stream().anyMatch(family.name()::startsWith))) {
        selected.add(new Family(family.name(), cases));
      }
    }
    return selected;
  }
}
