// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Where results go.
final class OutputOptions {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "out",
      description = {
        "Where results go: model.safetensors, summary.json, history.csv, curves.png, report.html,"
            + " and checkpoints/ to go on from."
      })
  Path out = Path.of("out");

  @Option(
      names = "--resume",
      description =
          "Go on from the last checkpoint in --out, to the same bytes as without the interruption;"
              + " the other options must be as they were.")
  boolean resume;

  @Option(
      names = "--tensorboard",
      description = "Write event files for TensorBoard too, to tensorboard/ in --out.")
  boolean tensorboard;

  /// Makes the folder and finds out before the training, not after it, that results can be written
  /// there.
  void prepare() throws IOException {
    if (resume && !Files.exists(last())) {
      throw new IOException(
          last()
              + ": --resume has no checkpoint to go on from; begin without it, or is --out right?");
    }
    try {
      Files.createDirectories(out);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("--out " + out + ": is a file, not a folder", e);
    }
    if (!Files.isWritable(out)) {
      throw new IOException("--out " + out + ": is not writable");
    }
    if (!resume) {
      Files.deleteIfExists(last());
      Files.deleteIfExists(checkpoints().resolve("best.safetensors"));
    }
  }

  Path checkpoints() {
    return out.resolve("checkpoints");
  }

  Path last() {
    return checkpoints().resolve("last.safetensors");
  }

  Path file(String name) {
    return out.resolve(name);
  }
}
