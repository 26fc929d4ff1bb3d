// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.Generator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// A page of the documentation, which shows a program and what it prints.
record Page(Path path) {
  /// The contents of the page's blocks of code in a language.
  List<String> blocks(String language) throws IOException {
    return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(path))
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  /// The lines of Java that are not in a program.
  static List<String> foreignLines(String java, Path program) throws IOException {
    List<String> lines = Files.readString(program).lines().map(String::strip).toList();
    return java.lines().map(String::strip).filter(line -> !lines.contains(line)).toList();
  }

  /// What a program prints.
  static String output(Runnable program) {
    var bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try (var _ = Generator.scope(0)) {
      program.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
