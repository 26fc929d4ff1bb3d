// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The program of `docs/uncertainty.md` is that which is compiled, and its output what it prints.
class UncertaintyPageTest {
  private static final Page PAGE = new Page(Path.of("..", "docs", "uncertainty.md"));
  private static final Path PROGRAM =
      Path.of("src/main/java/gradus/examples/MonteCarloDropout.java");

  @Test
  void showsTheProgram() throws IOException {
    List<String> blocks = PAGE.blocks("java");
    assertThat(blocks).hasSize(3);
    assertThat(Page.foreignLines(String.join("", blocks), PROGRAM)).isEmpty();
  }

  @Test
  void showsItsOutput() throws IOException {
    assertThat(Page.output(() -> MonteCarloDropout.main(new String[0])))
        .isEqualToNormalizingNewlines(String.join("", PAGE.blocks("text")));
  }
}
