// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import com.fasterxml.jackson.databind.ObjectMapper;
import gradus.train.EpochTiming;
import gradus.train.Trainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a training came to, as `summary.json` holds it; validation figures are null without one.
///
/// @param bestEpoch the epoch whose weights were kept, from 1: the last one without validation
/// @param epochs how many there were
/// @param seconds how long they took since the training began or was resumed, validation included
/// @param samplesPerSecond training examples a second, validation left out
/// @param data the images it was trained on: their path, or `generated shapes`
record Summary(
    double trainAccuracy,
    @Nullable Double valAccuracy,
    double testAccuracy,
    @Nullable Double valLoss,
    int bestEpoch,
    int epochs,
    double seconds,
    double samplesPerSecond,
    long seed,
    long parameters,
    String data) {
  static Summary of(
      Trainer trainer, String data, Score train, @Nullable Score val, Score test, long seed) {
    List<EpochTiming> timings = trainer.timings();
    double training = timings.stream().mapToDouble(EpochTiming::trainSeconds).sum();
    double validating = timings.stream().mapToDouble(EpochTiming::validationSeconds).sum();
    long samples = timings.stream().mapToLong(EpochTiming::samples).sum();
    return new Summary(
        train.accuracy(),
        val == null ? null : val.accuracy(),
        test.accuracy(),
        val == null ? null : val.loss(),
        trainer.best() == null ? trainer.history().epochs() : trainer.best().epoch() + 1,
        trainer.history().epochs(),
        training + validating,
        training > 0 ? samples / training : 0,
        seed,
        trainer.model().numParameters(),
        data);
  }

  /// Writes the file, whole or not at all.
  void save(Path file) throws IOException {
    String json = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(this);
    WholeFile.write(file, (json + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
