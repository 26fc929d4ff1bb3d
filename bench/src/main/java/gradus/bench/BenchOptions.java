// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/// What all tables can be told.
final class BenchOptions {
  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      defaultValue = "1",
      description = "Thread counts, separated by commas. Default: ${DEFAULT-VALUE}.")
  List<Integer> threads = List.of(1);

  @Option(
      names = "--quick",
      description = "Once instead of several times, and shortly: a first impression.")
  boolean quick;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "target/bench",
      description = "Where the tables go, as Markdown and JSON. Default: ${DEFAULT-VALUE}.")
  Path out = Path.of("target/bench");
}
