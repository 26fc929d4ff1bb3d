// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/// The command line, called in this process.
final class Cli {
  /// What a command exits with and prints.
  record Run(int exit, String out, String err) {}

  private Cli() {}

  static Run run(Object... args) {
    var out = new StringWriter();
    var err = new StringWriter();
    CommandLine line =
        Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int exit = line.execute(Stream.of(args).map(Object::toString).toArray(String[]::new));
    return new Run(exit, out.toString(), err.toString());
  }

  /// Trains on 300 generated images for two epochs, unless `more` says otherwise.
  static Run train(Path out, Object... more) {
    return run(small(out, more));
  }

  /// The arguments of a short training.
  static Object[] small(Path out, Object... more) {
    List<Object> args = new ArrayList<>(List.of("train", "--out", out, "--limit", 300));
    List<Object> others = List.of(more);
    if (!others.contains("--data")) {
      args.addAll(List.of("--data", "generated"));
    }
    if (!others.contains("--epochs")) {
      args.addAll(List.of("--epochs", 2));
    }
    args.addAll(others);
    return args.toArray();
  }
}
