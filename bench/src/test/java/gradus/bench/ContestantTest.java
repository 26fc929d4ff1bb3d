// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.bench.peers.Task;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ContestantTest {
  private static final Path NOWHERE = Path.of("no-such-folder");

  @Test
  void measuresOnceForEachTurn() throws Exception {
    try (var contestant = new Contestant(NOWHERE, Competitor.GRADUS, Task.TINY, 1, 1e-3)) {
      contestant.turn(1e-3);
      contestant.turn(1e-3);
      Trial trial = contestant.end();
      assertThat(trial.cannot()).isEmpty();
      assertThat(trial.turns())
          .hasSize(2)
          .allSatisfy(
              turn -> {
                assertThat(turn.least()).isPositive();
                assertThat(turn.median()).isBetween(turn.least(), turn.most());
              });
      assertThat(trial.start()).isPositive();
      assertThat(trial.lastLoss()).isPositive().isNotEqualTo(trial.firstLoss());
      assertThat(trial.version()).isEqualTo("Gradus");
    }
  }

  @Test
  void makesTheFirstStepAlone() throws Exception {
    try (var contestant = new Contestant(NOWHERE, Competitor.GRADUS, Task.TINY, 1, 0)) {
      Trial trial = contestant.end();
      assertThat(trial.turns()).isEmpty();
      assertThat(trial.start()).isPositive();
    }
  }

  @Test
  void aProcessThatFailsHasNoTurnsAndSaysWhy() throws Exception {
    try (var contestant = new Contestant(NOWHERE, Competitor.SMILE, Task.TINY, 1, 1e-3)) {
      contestant.turn(1e-3);
      Trial trial = contestant.end();
      assertThat(trial.turns()).isEmpty();
      assertThat(trial.cannot()).startsWith("exit code 1: ").contains("Smile");
    }
  }
}
