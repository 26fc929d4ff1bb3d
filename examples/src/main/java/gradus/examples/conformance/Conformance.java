// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
  public Integer call() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw usage("there is no folder " + folder);
    }
    List<Family> all = Family.readAll(folder);
    if (all.isEmpty()) {
      throw usage(folder + " has no .json files; is it golden data?");
    }
    List<Family> selected = selected(all);
    if (selected.isEmpty()) {
      throw usage("no case of " + folder + " is selected by --family and --case");
    }
    var report = new Report(spec.commandLine().getOut(), verbose);
    for (Family family : selected) {
      for (Precision precision : Precision.values()) {
        report.add(family.name(), Runner.run(family.cases(), precision));
      }
    }
    report.print();
    return report.passed() ? 0 : 1;
  }

  private ParameterException usage(String problem) {
    return new ParameterException(spec.commandLine(), problem);
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
