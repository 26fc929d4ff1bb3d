// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.data.Batch;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressBarTest {
  private static final ProgressLine LINE = new ProgressLine(3, 20, 0.625, 1.23456, 8123.4, 72.1);

  @Test
  void fitsTheWindow() {
    assertThat(LINE.render(100, false, true))
        .isEqualTo(
            "epoch 3/20  ━━━━━━━━━━━━━━━━━━────────────   62%  loss 1.2346  8,123 samples/s  ETA 1:13");
    assertThat(LINE.render(68, false, false))
        .isEqualTo("epoch 3/20  ######----   62%  loss 1.2346  8,123 samples/s  ETA 1:13");
    assertThat(LINE.render(60, false, true))
        .isEqualTo("epoch 3/20   62%  loss 1.2346  8,123 samples/s  ETA 1:13");
    assertThat(LINE.render(50, false, true)).isEqualTo("epoch 3/20   62%  loss 1.2346  ETA 1:13");
    assertThat(LINE.render(30, false, true)).isEqualTo(" 62%  loss 1.2346  ETA 1:13");
    assertThat(LINE.render(20, false, true)).isEqualTo(" 62%  loss 1.2346");
    assertThat(LINE.render(8, false, true)).isEqualTo(" 62%");
    for (int width = 0; width < 120; width++) {
      assertThat(LINE.render(width, false, true).length()).isLessThanOrEqualTo(width);
    }
  }

  @Test
  void coloursTheBarAlone() {
    String coloured = LINE.render(100, true, true);
    assertThat(coloured).contains("\u001b[36m━━━━━━━━━━━━━━━━━━\u001b[0m────────────");
    assertThat(coloured.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(LINE.render(100, false, true));
  }

  @ParameterizedTest
  @CsvSource({"0,0:00", "0.2,0:01", "59.5,1:00", "3599,59:59", "3661,1:01:01", "NaN,–"})
  void times(double seconds, String text) {
    assertThat(ProgressLine.time(seconds)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0,0.0000", "2.302585,2.3026", "1e-5,1.00e-05", "123456,1.23e+05", "NaN,NaN"})
  void numbers(double number, String text) {
    assertThat(ProgressLine.number(number)).isEqualTo(text);
  }

  @Test
  void drawsOverOneLineOnATerminal() {
    String text = shown(new Terminal(true, false, () -> 60), ticking());
    assertThat(text.replace("\r\u001b[K", "⏎").lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).startsWith("⏎").contains("⏎epoch", "100%  loss"));
    String drawn = text.substring(0, text.indexOf('\n'));
    List<String> states = List.of(drawn.split("\r\u001b\\[K", -1));
    assertThat(states.get(1))
        .matches("epoch 1/2   14%  loss \\d\\.\\d{4}  320 samples/s  ETA 0:03");
    assertThat(states.get(7)).startsWith("epoch 1/2  100%");
    assertThat(states.get(8))
        .matches(
            "epoch 1/2  loss [\\d.]{6}  accuracy [\\d.]{6}  val_loss [\\d.]{6}"
                + "  val_accuracy [\\d.]{6}  lr 0.0100  [\\d,.]+ samples/s  \\d\\.\\d s");
    assertThat(states).hasSize(9);
    // Nothing but the summary is longer than the window less one column.
    assertThat(states.subList(0, 8)).allSatisfy(state -> assertThat(state.length()).isLessThan(60));
  }

  @Test
  void writesPlainLinesElsewhere() {
    String text = shown(Terminal.NONE, ticking());
    assertThat(text).doesNotContain("\r", "\u001b").hasLineCount(2).startsWith("epoch 1/2  loss ");
  }

  @Test
  void saysThatItStopped() {
    var stop =
        new Callback() {
          @Override
          public void onTrainBatchEnd(Trainer trainer, Batch batch, int batchIndex, double loss) {
            if (trainer.globalStep() == 9) {
              trainer.stop();
            }
          }
        };
    var out = new StringWriter();
    Runs.trainer(1, o -> o.callbacks(ProgressBar.plain(new PrintWriter(out)), stop)).fit(3);
    assertThat(out.toString().lines())
        .hasSize(2)
        .last()
        .isEqualTo("stopped in epoch 2 after 2 of 7 batches");
    var early = new StringWriter();
    Runs.trainer(
            1,
            o ->
                o.monitor(Monitor.min("val_loss").minDelta(1e6))
                    .patience(1)
                    .callbacks(ProgressBar.plain(new PrintWriter(early))))
        .fit(3);
    assertThat(early.toString().lines())
        .last()
        .isEqualTo("no epoch was better than epoch 1 for 1 epochs: stopped");
  }

  /// A clock that goes on by a tenth of a second each time it is read.
  private static LongSupplier ticking() {
    var now = new AtomicLong();
    return () -> now.addAndGet(100_000_000);
  }

  private static String shown(Terminal terminal, LongSupplier clock) {
    var out = new StringWriter();
    var bar = new ProgressBar(new PrintWriter(out), terminal, true, clock);
    Runs.trainer(1, o -> o.callbacks(bar)).fit(2);
    return out.toString();
  }

  @Test
  void respectsTheEnvironment() {
    assertThat(Terminal.of(true, Map.of("TERM", "xterm"), () -> 80).colour()).isTrue();
    Terminal noColour = Terminal.of(true, Map.of("NO_COLOR", "1"), () -> 80);
    assertThat(noColour.live()).isTrue();
    assertThat(noColour.colour()).isFalse();
    assertThat(Terminal.of(true, Map.of("NO_COLOR", ""), () -> 80).colour()).isTrue();
    assertThat(Terminal.of(true, Map.of("TERM", "dumb"), () -> 80).live()).isFalse();
    assertThat(Terminal.of(false, Map.of("TERM", "xterm"), () -> 80).live()).isFalse();
  }

  @Test
  void asksForTheWidth() {
    assertThat(Terminal.width(Map.of("COLUMNS", "99"), "40 132\n")).isEqualTo(132);
    assertThat(Terminal.width(Map.of("COLUMNS", "99"), "")).isEqualTo(99);
    assertThat(Terminal.width(Map.of("COLUMNS", "99"), "0 0\n")).isEqualTo(80);
    assertThat(Terminal.width(Map.of(), null)).isEqualTo(80);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-3", "999999"})
  void ignoresWidthsThatAreNone(String columns) {
    assertThat(Terminal.width(Map.of("COLUMNS", columns), null)).isEqualTo(80);
  }
}
