// SPDX-License-Identifier: Apache-2.0
package gradus.train.tensorboard;

import gradus.Parameter;
import gradus.data.Batch;
import gradus.train.Callback;
import gradus.train.Trainer;
import gradus.train.report.Pictures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes a training for TensorBoard: the loss of every `everySteps`-th step, and after each epoch
/// all its numbers, histograms of the parameters, and the first layer's weights as an image, if
/// they are those of images. (Lightning: `TensorBoardLogger`.)
///
/// Steps are counted through all epochs. A resumed training writes another file, which takes the
/// place of what was written after the checkpoint.
public final class TensorBoardLogger implements Callback {
  private static final int EVERY_STEPS = 50;

  private final Path folder;
  private final int everySteps;
  private @Nullable SummaryWriter writer;

  /// Makes a logger that writes the loss of every 50th step.
  public TensorBoardLogger(Path folder) {
    this(folder, EVERY_STEPS);
  }

  /// Makes a logger.
  ///
  /// @param folder where the event file goes
  /// @param everySteps how many steps apart losses are written
  /// @throws IllegalArgumentException if `everySteps` is not positive
  public TensorBoardLogger(Path folder, int everySteps) {
    if (everySteps <= 0) {
      throw new IllegalArgumentException(
          "TensorBoardLogger: everySteps " + everySteps + " is not positive");
    }
    this.folder = folder;
    this.everySteps = everySteps;
  }

  @Override
  public void onFitStart(Trainer trainer) {
    write(
        () -> {
          var opened = new SummaryWriter(folder);
          writer = opened;
          if (trainer.globalStep() > 0) {
            opened.addStart(trainer.globalStep() + 1);
          }
        });
  }

  @Override
  public void onTrainBatchEnd(Trainer trainer, Batch batch, int batchIndex, double loss) {
    if (writer != null && trainer.globalStep() % everySteps == 0) {
      SummaryWriter to = writer;
      write(() -> to.addScalar("loss_step", loss, trainer.globalStep()));
    }
  }

  @Override
  public void onTrainEpochEnd(Trainer trainer) {
    if (writer != null) {
      SummaryWriter to = writer;
      write(() -> epoch(to, trainer));
    }
  }

  private static void epoch(SummaryWriter to, Trainer trainer) throws IOException {
    long step = trainer.globalStep();
    for (Map.Entry<String, Double> metric : trainer.callbackMetrics().entrySet()) {
      to.addScalar(metric.getKey(), metric.getValue(), step);
    }
    for (Map.Entry<String, Parameter> p : trainer.model().namedParameters().entrySet()) {
      to.addHistogram(p.getKey(), p.getValue().detach(), step);
    }
    var weights = Pictures.firstLayer(trainer.model());
    if (weights.isPresent()) {
      to.addImage("first_layer", weights.get(), step);
    }
  }

  @Override
  public void onException(Trainer trainer, Throwable exception) {
    close();
  }

  @Override
  public void onFitEnd(Trainer trainer) {
    close();
  }

  private void close() {
    if (writer != null) {
      write(writer::close);
      writer = null;
    }
  }

  private void write(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "TensorBoardLogger: " + folder + ": cannot be written: " + e.getMessage(), e);
    }
  }

  private interface Writing {
    void run() throws IOException;
  }
}
