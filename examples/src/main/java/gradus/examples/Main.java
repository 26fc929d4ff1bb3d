// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.examples.conformance.Conformance;
import gradus.nn.Mlp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/// The command line of Gradus.
@Command(
    name = "gradus",
    description = "Automatic differentiation and neural networks in pure Java.",
    mixinStandardHelpOptions = true,
    version = "gradus 0.1.0-SNAPSHOT",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TrainCommand.class,
      EvalCommand.class,
      PredictCommand.class,
      DataCommand.class,
      Conformance.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:wrong usage", "130:stopped by Ctrl-C"},
    footerHeading = "%nOther commands of the launcher:%n",
    footer = {
      "  test         compile, test and check everything",
      "  format       format the sources",
      "  bench        run the benchmarks"
    })
public final class Main {
  private Main() {}

  /// Runs the command line and exits with 0 (done), 1 (failed), 2 (wrong usage) or 130 (stopped).
  public static void main(String[] args) {
    // Pictures are drawn, never shown.
    System.setProperty("java.awt.headless", "true");
    System.exit(commandLine().execute(args));
  }

  /// Returns the command line, with errors as one line each.
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    Topics.in(line);
    return line.registerConverter(ModelKind.class, new Choice<>(ModelKind.class))
        .registerConverter(Mlp.Activation.class, new Choice<>(Mlp.Activation.class))
        .registerConverter(InitKind.class, new Choice<>(InitKind.class))
        .registerConverter(OptimizerKind.class, new Choice<>(OptimizerKind.class))
        .registerConverter(SchedulerKind.class, new Choice<>(SchedulerKind.class))
        .registerConverter(AugmentationKind.class, new Choice<>(AugmentationKind.class))
        .registerConverter(EvalCommand.Split.class, new Choice<>(EvalCommand.Split.class))
        .setParameterExceptionHandler(new WrongUsage())
        .setExecutionExceptionHandler(failure());
  }

  private static IExecutionExceptionHandler failure() {
    return (e, command, _) -> {
      String name = command.getCommandSpec().qualifiedName();
      switch (e) {
        case NoSuchFileException missing ->
            command.getErr().println(name + ": " + missing.getFile() + ": no such file or folder");
        case AccessDeniedException denied ->
            command.getErr().println(name + ": " + denied.getFile() + ": permission denied");
        case IOException _,
            UncheckedIOException _,
            IllegalArgumentException _,
            IllegalStateException _ ->
            command.getErr().println(name + ": " + e.getMessage());
        // Anything else is a mistake of ours: show where.
        default -> e.printStackTrace(command.getErr());
      }
      return command.getCommandSpec().exitCodeOnExecutionException();
    };
  }
}
