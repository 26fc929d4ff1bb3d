// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.examples.conformance.Conformance;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command line of Gradus.
@Command(
    name = "gradus",
    description = "Automatic differentiation and neural networks in pure Java.",
    mixinStandardHelpOptions = true,
    version = "gradus 0.1.0-SNAPSHOT",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = Conformance.class)
public final class Main {
  private Main() {}

  /// Runs the command line and exits with 0 (done), 1 (failed) or 2 (wrong usage).
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }
}
