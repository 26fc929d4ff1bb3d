// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says in a line what is wrong with a command, with the nearest option or command that exists, and
/// in another where help is.
final class WrongUsage implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    err.println(name + ": " + message(e, List.of(args)));
    err.println("Try '" + name + " --help'.");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /// An option that is missing may be there, misspelt.
  private static String message(ParameterException e, List<String> args) {
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    List<String> suspects =
        switch (e) {
          case UnmatchedArgumentException unmatched -> unmatched.getUnmatched();
          case MissingParameterException _ -> args;
          default -> List.of();
        };
    Optional<String> option =
        suspects.stream()
            .map(arg -> arg.split("=", 2)[0])
            .filter(arg -> arg.matches("--?[A-Za-z].*") && !spec.optionsMap().containsKey(arg))
            .findFirst();
    if (option.isPresent()) {
      return "Unknown option: '%s'; did you mean %s?"
          .formatted(option.get(), meant(spec, option.get()));
    }
    if (e instanceof UnmatchedArgumentException unmatched && !spec.subcommands().isEmpty()) {
      String command = unmatched.getUnmatched().getFirst();
      return "Unknown command: '%s'; did you mean %s?"
          .formatted(command, Nearest.of(command, spec.subcommands().keySet()));
    }
    return String.valueOf(e.getMessage());
  }

  /// The option with a name much like `wanted`; else one that is described with that word; else the
  /// one whose name is the least different.
  private static String meant(CommandSpec spec, String wanted) {
    String word = wanted.replaceFirst("^--?", "");
    String nearest =
        Nearest.of(
            "--" + word,
            spec.options().stream()
                .flatMap(known -> Arrays.stream(known.names()))
                .filter(name -> name.startsWith("--"))
                .toList());
    if (Nearest.isNear("--" + word, nearest)) {
      return nearest;
    }
    String described = word.replace('-', ' ').toLowerCase(Locale.ROOT);
    return spec.options().stream()
        .filter(
            known ->
                String.join(" ", known.description()).toLowerCase(Locale.ROOT).contains(described))
        .map(OptionSpec::longestName)
        .findFirst()
        .orElse(nearest);
  }
}
