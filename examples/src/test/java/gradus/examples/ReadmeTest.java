// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.Generator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The program in the README is the one that is compiled, and its output what it prints.
class ReadmeTest {
  private static final Path README = Path.of("..", "README.md");
  private static final Path PROGRAM = Path.of("src/main/java/gradus/examples/Quickstart.java");

  private static String block(String language) throws IOException {
    String text = Files.readString(README);
    String start = "```" + language + "\n";
    int from = text.indexOf(start) + start.length();
    return text.substring(from, text.indexOf("```", from));
  }

  @Test
  void showsTheProgram() throws IOException {
    String program = Files.readString(PROGRAM);
    assertThat(
            block("java").lines().map(String::strip).filter(line -> !line.equals("void main() {")))
        .hasSizeGreaterThan(20)
        .allSatisfy(line -> assertThat(program.lines().map(String::strip)).contains(line));
  }

  @Test
  void showsItsOutput() throws IOException {
    var bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try (var _ = Generator.scope(0)) {
      Quickstart.main(new String[0]);
    } finally {
      System.setOut(before);
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines(block("text"));
  }
}
