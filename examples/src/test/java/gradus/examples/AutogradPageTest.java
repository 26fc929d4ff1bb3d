// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The programs of `docs/autograd.md` are those that are compiled, and their output what they
/// print.
class AutogradPageTest {
  private static final Page PAGE = new Page(Path.of("..", "docs", "autograd.md"));
  private static final Path PROGRAM = Path.of("src/main/java/gradus/examples/AutogradTour.java");

  @Test
  void showsTheProgram() throws IOException {
    List<String> blocks = PAGE.blocks("java");
    assertThat(blocks).hasSizeGreaterThan(10);
    assertThat(Page.foreignLines(String.join("", blocks), PROGRAM)).isEmpty();
  }

  @Test
  void showsItsOutput() throws IOException {
    assertThat(Page.output(() -> AutogradTour.main(new String[0])))
        .isEqualToNormalizingNewlines(String.join("", PAGE.blocks("text")));
  }
}
