// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/// What a training came to, as `summary.json` holds it; validation figures are null without one.
record Summary(
    double trainAccuracy,
    @Nullable Double valAccuracy,
    double testAccuracy,
    @Nullable Double valLoss,
    int epochs,
    double seconds,
    double samplesPerSecond,
    long seed,
    long parameters) {
  static Summary of(
      Score train, @Nullable Score val, Score test, Training.Result result, int epochs, long seed) {
    return new Summary(
        train.accuracy(),
        val == null ? null : val.accuracy(),
        test.accuracy(),
        val == null ? null : val.loss(),
        epochs,
        result.seconds(),
        result.samplesPerSecond(),
        seed,
        result.model().numParameters());
  }

  /// Writes the file, whole or not at all.
  void save(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path part = Files.createTempFile(folder, "summary", ".part");
    try {
      new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(part.toFile(), this);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
