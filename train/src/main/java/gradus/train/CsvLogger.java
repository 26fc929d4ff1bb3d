// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes the [History] to a file after each epoch. (Lightning: `CSVLogger`.)
public final class CsvLogger implements Callback {
  private final Path file;

  /// Makes a logger of a file such as `history.csv`, whose folder is made if it is missing.
  public CsvLogger(Path file) {
    this.file = file;
  }

  /// Writes the file anew, whole or not at all.
  ///
  /// @throws UncheckedIOException if it cannot be written
  @Override
  public void onTrainEpochEnd(Trainer trainer) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      trainer.history().save(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be written: " + e.getMessage(), e);
    }
  }
}
