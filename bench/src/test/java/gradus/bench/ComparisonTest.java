// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.bench.peers.Program;
import gradus.bench.peers.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private final List<Trial> trials = new ArrayList<>();
  private final Comparison comparison =
      new Comparison(
          trials,
          List.of(trial(Competitor.GRADUS, Task.A, Double.NaN)),
          List.of(start(400), start(300), start(310)));

  @Test
  void aTableHoldsMediansOverTurnsAndOfTheRatiosOfTurnsSideBySide() {
    add(Competitor.GRADUS, Task.A, 2, 9, 1);
    add(Competitor.DJL, Task.A, 4, 27, 1.5);
    add(Competitor.GRADUS, Task.TINY, 0.00503);
    add(Competitor.DJL, Task.TINY, 0.1);
    add(Competitor.GRADUS, Task.TAPE, 10);
    fail(Competitor.DJL, Task.TAPE);
    String[] report = comparison.report(List.of(1), Table::markdown).lines().toArray(String[]::new);
    assertThat(report)
        .contains(
            "| what | Gradus | DJL/PyTorch |",
            "| A | 2.00 | 4.00 (2.00×) |",
            "| tiny | 0.00503 | 0.100 (19.9×) |",
            "| 1000 additions | 10.0 | – |",
            "| A | 100 | 100 (1.00×) |",
            "Gradus loses none of these at 1 thread.",
            "Gradus with its classes in an archive: 310");
  }

  @Test
  void aRoundInWhichSomebodyFailedIsComparedWithNone() {
    add(Competitor.GRADUS, Task.A, 1, 10);
    fail(Competitor.DJL, Task.A);
    add(Competitor.DJL, Task.A, 30);
    assertThat(comparison.ratio(Competitor.DJL, Task.A, 1)).isEqualTo(3);
  }

  @Test
  void onlyTrainingsHaveTheirMemoryCompared() {
    add(Competitor.GRADUS, Task.LSTM, 3);
    add(Competitor.LIBTORCH, Task.LSTM, 6);
    assertThat(comparison.report(List.of(1), Table::markdown))
        .contains("| LSTM | 3.00 | 6.00 (2.00×) |")
        .doesNotContain("Peak memory");
  }

  @Test
  void saysWhyNoStartFromAnArchiveCameToItsEnd() {
    fail(Competitor.GRADUS, Task.A);
    var failed = new Comparison(trials, List.of(), List.of(trials.getLast()));
    assertThat(failed.report(List.of(), Table::text))
        .contains("in an archive: no \"convolutions\"");
  }

  @Test
  void saysWhereWeLose() {
    add(Competitor.GRADUS, Task.A, 2);
    add(Competitor.TENSORFLOW, Task.A, 1);
    add(Competitor.SMILE, Task.A, 3);
    assertThat(comparison.losses(1))
        .containsExactly("Gradus loses A at 1 thread: TensorFlow takes 50.0 % of its time.");
  }

  @Test
  void jsonHasNullForWhatIsNotKnown() {
    fail(Competitor.SMILE, Task.CNN_S);
    assertThat(comparison.json())
        .startsWith(
            """
            [
              {"task": "CNN-S", "framework": "Smile", "version": "Smile", "threads": 1, \
            "medianMillis": null, "leastMillis": null, "turnsMillis": [], "startMillis": null, "peakMiB": 0.000, \
            "firstLoss": null, "lastLoss": null, "cannot": "no \\"convolutions\\""},
            """);
  }

  private void add(Competitor competitor, Task task, double... millis) {
    for (double one : millis) {
      trials.add(trial(competitor, task, one));
    }
  }

  private void fail(Competitor competitor, Task task) {
    trials.add(
        new Trial(
            competitor,
            task,
            1,
            List.of(),
            Double.NaN,
            Map.of(Program.CANNOT, "no \"convolutions\"")));
  }

  private static Trial start(double millis) {
    return new Trial(Competitor.GRADUS, Task.A, 2, List.of(), millis, Map.of());
  }

  private static Trial trial(Competitor competitor, Task task, double millis) {
    return new Trial(
        competitor,
        task,
        1,
        List.of(new Times(millis, millis, millis)),
        Double.NaN,
        Map.of(Program.MEMORY, "102400"));
  }
}
