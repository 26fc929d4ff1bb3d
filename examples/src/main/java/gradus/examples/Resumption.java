// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.train.Callback;
import gradus.train.Checkpoint;
import gradus.train.Trainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Keeps in each checkpoint the options that decide the results, refuses to go on with others, and
/// says how to go on.
///
/// @param settings the options, by name
record Resumption(Map<String, String> settings, PrintWriter out) implements Callback {
  private static final String PREFIX = "option";

  @Override
  public void onSaveCheckpoint(Trainer trainer, Map<String, String> extra) {
    settings.forEach((option, value) -> extra.put(PREFIX + option, value));
  }

  @Override
  public void onFitEnd(Trainer trainer) {
    if (trainer.isStopping()) {
      out.println("the same command with --resume goes on from there");
      out.flush();
    }
  }

  /// Sets a trainer's state from a checkpoint.
  ///
  /// @throws IllegalArgumentException if the checkpoint was written with other options
  /// @throws IOException if it cannot be read or is damaged
  void resume(Trainer trainer, Path file, int epochs) throws IOException {
    Checkpoint checkpoint = Checkpoint.load(file);
    List<String> others = new ArrayList<>();
    settings.forEach(
        (option, value) -> {
          String then = checkpoint.extra().getOrDefault(PREFIX + option, "not given");
          if (!then.equals(value)) {
            others.add("%s was %s, not %s".formatted(option, then, value));
          }
        });
    if (!others.isEmpty()) {
      throw new IllegalArgumentException(
          "--resume: %s was written with other options: %s"
              .formatted(file, String.join("; ", others)));
    }
    if (checkpoint.epoch() > epochs) {
      throw new IllegalArgumentException(
          "--epochs %d: %s has %d behind it already".formatted(epochs, file, checkpoint.epoch()));
    }
    trainer.resume(file);
  }
}
