// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The program in the README is the one that is compiled, and its output what it prints.
class ReadmeTest {
  private static final Page README = new Page(Path.of("..", "README.md"));
  private static final Path PROGRAM = Path.of("src/main/java/gradus/examples/Quickstart.java");

  @Test
  void showsTheProgram() throws IOException {
    String java = README.blocks("java").getFirst();
    assertThat(java.lines()).hasSizeGreaterThan(20);
    assertThat(Page.foreignLines(java, PROGRAM)).containsOnly("void main() {");
  }

  @Test
  void showsItsOutput() throws IOException {
    assertThat(Page.output(() -> Quickstart.main(new String[0])))
        .isEqualToNormalizingNewlines(README.blocks("text").getFirst());
  }
}
