// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import gradus.data.Batch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A training that may be killed at any time and started again: it goes on from its last
/// checkpoint, if there is one, and ends after three epochs.
final class KillableRun {
  private KillableRun() {}

  /// Trains in the folder of the first argument, with a pause of as many milliseconds as the second
  /// says after each step, which it prints, for as many epochs as the third says.
  public static void main(String[] args) throws IOException {
    try {
      train(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    } catch (UncheckedIOException e) {
      System.out.println(e.getMessage());
      System.exit(1);
    }
  }

  static void train(Path folder, int pauseMillis, int epochs) throws IOException {
    var pause =
        new Callback() {
          @Override
          public void onTrainBatchEnd(Trainer trainer, Batch batch, int batchIndex, double loss) {
            if (pauseMillis > 0) {
              System.out.println("step " + trainer.globalStep());
              try {
                Thread.sleep(pauseMillis);
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            }
          }
        };
    Trainer trainer =
        Runs.trainer(
            11,
            o ->
                o.checkpoints(folder)
                    .checkpointEverySteps(2)
                    .callbacks(pause, new CsvLogger(folder.resolve("history.csv"))));
    Path last = folder.resolve("last.safetensors");
    if (Files.exists(last)) {
      trainer.resume(last);
    }
    trainer.fit(epochs);
  }
}
