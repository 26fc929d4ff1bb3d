// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Eight trainers at the same time write what they write one after another.
class ParallelTest {
  private static final int TRAINERS = 8;

  @Test
  void trainersDoNotDisturbEachOther(@TempDir Path temp)
      throws IOException, InterruptedException, ExecutionException {
    for (int i = 0; i < TRAINERS; i++) {
      train(temp.resolve("alone" + i), i);
    }
    try (var threads = Executors.newFixedThreadPool(TRAINERS)) {
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < TRAINERS; i++) {
        int seed = i;
        runs.add(threads.submit(() -> train(temp.resolve("beside" + seed), seed)));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    }
    for (int i = 0; i < TRAINERS; i++) {
      for (String file : List.of("last.safetensors", "best.safetensors", "history.csv")) {
        assertThat(
                Files.mismatch(
                    temp.resolve("alone" + i).resolve(file),
                    temp.resolve("beside" + i).resolve(file)))
            .as("%s of trainer %d", file, i)
            .isEqualTo(-1);
      }
    }
  }

  private static void train(Path folder, long seed) {
    Runs.trainer(
            seed,
            o -> o.checkpoints(folder).callbacks(new CsvLogger(folder.resolve("history.csv"))))
        .fit(3);
  }
}
