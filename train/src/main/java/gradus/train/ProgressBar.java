// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import gradus.data.Batch;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongSupplier;

/// Shows how a training goes: a line for each epoch, and on a terminal below them one that is drawn
/// over again and again, with the part of the epoch that is done, the loss, samples per second and
/// the time that is left of the whole training. (Lightning: `TQDMProgressBar`.)
///
/// That line fits the window, loses parts where it is narrow, and has no colours if the environment
/// sets `NO_COLOR`.
public final class ProgressBar implements Callback {
  private static final long REDRAW_NANOS = 100_000_000;
  private static final String ERASE = "\r\u001b[K";

  private final PrintWriter out;
  private final Terminal terminal;
  private final boolean unicode;
  private final LongSupplier nanoTime;

  private int width;
  private long fitStart;
  private long firstStep;
  private long epochStart;
  private long samples;
  private long drawn;
  private boolean onScreen;

  /// Makes a progress bar on the standard output.
  public ProgressBar() {
    this(new PrintWriter(System.out, true, System.out.charset()));
  }

  /// Makes a progress bar on what is the standard output's writer; live if that is a terminal.
  public ProgressBar(PrintWriter out) {
    this(out, Terminal.detect(), stdoutIsUnicode(), System::nanoTime);
  }

  ProgressBar(PrintWriter out, Terminal terminal, boolean unicode, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.unicode = unicode;
    this.nanoTime = nanoTime;
  }

  /// Returns a progress bar that only writes lines, whatever `out` is shown on.
  public static ProgressBar plain(PrintWriter out) {
    return new ProgressBar(out, Terminal.NONE, false, System::nanoTime);
  }

  private static boolean stdoutIsUnicode() {
    Charset charset = System.out.charset();
    return charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.UTF_16);
  }

  @Override
  public void onFitStart(Trainer trainer) {
    fitStart = nanoTime.getAsLong();
    firstStep = trainer.globalStep();
    if (trainer.currentEpoch() > 0 || trainer.currentBatch() > 0) {
      out.printf(
          "going on in epoch %d after %d of %d batches%n",
          trainer.currentEpoch() + 1, trainer.currentBatch(), trainer.loader().length());
      out.flush();
    }
  }

  @Override
  public void onTrainEpochStart(Trainer trainer) {
    width = terminal.width().getAsInt();
    epochStart = nanoTime.getAsLong();
    drawn = epochStart - REDRAW_NANOS;
    samples = 0;
  }

  @Override
  public void onTrainBatchEnd(Trainer trainer, Batch batch, int batchIndex, double loss) {
    samples += batch.size();
    long now = nanoTime.getAsLong();
    if (terminal.live()
        && (now - drawn >= REDRAW_NANOS || batchIndex + 1 == trainer.loader().length())) {
      drawn = now;
      draw(trainer, now);
    }
  }

  private void draw(Trainer trainer, long now) {
    int batches = trainer.loader().length();
    long stepsLeft =
        (long) trainer.maxEpochs() * batches
            - (long) trainer.currentEpoch() * batches
            - trainer.currentBatch();
    long steps = trainer.globalStep() - firstStep;
    var line =
        new ProgressLine(
            trainer.currentEpoch() + 1,
            trainer.maxEpochs(),
            (double) trainer.currentBatch() / batches,
            trainer.runningLoss(),
            samples / ((now - epochStart) / 1e9),
            (now - fitStart) / 1e9 / steps * stepsLeft);
    // The last column stays free: some terminals go to the next line when it is written to.
    out.print(ERASE + line.render(width - 1, terminal.colour(), unicode));
    out.flush();
    onScreen = true;
  }

  @Override
  public void onTrainEpochEnd(Trainer trainer) {
    erase();
    EpochTiming timing = trainer.timings().getLast();
    String epochs = Integer.toString(trainer.maxEpochs());
    var line = new StringBuilder("epoch ");
    line.append(("%" + epochs.length() + "d/%s").formatted(trainer.currentEpoch() + 1, epochs));
    trainer
        .callbackMetrics()
        .forEach(
            (name, value) ->
                line.append("  ").append(name).append(' ').append(ProgressLine.number(value)));
    line.append("  ").append(ProgressLine.rate(timing.samplesPerSecond())).append(" samples/s");
    line.append(
        String.format(Locale.ROOT, "  %.1f s", timing.trainSeconds() + timing.validationSeconds()));
    out.println(line);
    out.flush();
  }

  @Override
  public void onException(Trainer trainer, Throwable exception) {
    erase();
    out.flush();
  }

  @Override
  public void onFitEnd(Trainer trainer) {
    erase();
    if (trainer.isStopping()) {
      Path folder = trainer.settings().checkpoints();
      out.printf(
          "stopped in epoch %d after %d of %d batches%s%n",
          trainer.currentEpoch() + 1,
          trainer.currentBatch(),
          trainer.loader().length(),
          folder == null ? "" : "; to go on: " + folder.resolve(Checkpoints.LAST));
    } else if (trainer.history().epochs() < trainer.maxEpochs()) {
      out.printf(
          "no epoch was better than epoch %d for %d epochs: stopped%n",
          trainer.best() == null ? 0 : trainer.best().epoch() + 1, trainer.settings().patience());
    }
    out.flush();
  }

  private void erase() {
    if (onScreen) {
      out.print(ERASE);
      onScreen = false;
    }
  }
}
