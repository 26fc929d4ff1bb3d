// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Trainings in JVMs of their own that are killed, interrupted, or find the disk full.
class KillTest {
  private static final List<String> FILES =
      List.of("last.safetensors", "best.safetensors", "history.csv");

  @TempDir private Path temp;
  private Path folder;

  @BeforeEach
  void folder() {
    folder = temp.resolve("run");
  }

  /// How often; `train/kill-and-resume.sh` does it more often.
  private static final int KILLS = Integer.getInteger("gradus.kills", 3);

  @Test
  void goesOnWithTheSameBitsAfterBeingKilled() throws IOException, InterruptedException {
    Path whole = temp.resolve("whole");
    int epochs = 2 * KILLS;
    KillableRun.train(whole, 0, epochs);
    var random = new Random();
    for (int kill = 0; kill < KILLS; kill++) {
      Process run = start(folder, 2, epochs);
      awaitSteps(run, random.nextInt(1, 15));
      Thread.sleep(0, random.nextInt(999_999));
      assertThat(run.destroyForcibly().waitFor()).as("killed").isNotZero();
    }
    finish(start(folder, 0, epochs));
    for (String file : FILES) {
      assertThat(Files.mismatch(whole.resolve(file), folder.resolve(file))).as(file).isEqualTo(-1);
    }
  }

  @Test
  void endsWithACheckpointWhenTheJvmIsToldToEnd() throws IOException, InterruptedException {
    Path whole = temp.resolve("whole");
    KillableRun.train(whole, 0, 3);
    Process run = start(folder, 100, 3);
    awaitSteps(run, 3);
    // SIGTERM, which runs the same hooks as Ctrl-C; Process.destroy would close the output too.
    run.toHandle().destroy();
    String output = output(run);
    assertThat(run.waitFor()).isIn(130, 143);
    long steps = output.lines().filter(line -> line.startsWith("step")).count() + 3;
    assertThat(Checkpoint.load(folder.resolve("last.safetensors")).step()).isEqualTo(steps);
    finish(start(folder, 0, 3));
    assertThat(
            Files.mismatch(whole.resolve("last.safetensors"), folder.resolve("last.safetensors")))
        .isEqualTo(-1);
  }

  /// Files may be half as long as the checkpoint: as if the disk were full in the midst of the
  /// checkpoint.
  @Test
  void aFullDiskLeavesTheLastCheckpoint() throws IOException, InterruptedException {
    assumeTrue(
        Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh, whose ulimit makes the disk full");
    finish(start(folder, 0, 3));
    Path last = folder.resolve("last.safetensors");
    byte[] before = Files.readAllBytes(last);
    long tooSmall = before.length / 2 / 512;
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", "ulimit -f " + tooSmall + "; exec \"$@\"", "sh"));
    command.addAll(command(folder, 0, 6));
    Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = output(run);
    assertThat(run.waitFor()).as(output).isEqualTo(1);
    assertThat(output).contains("last.safetensors: File too large; the one before it is kept");
    assertThat(Files.readAllBytes(last)).isEqualTo(before);
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(FILES);
    }
  }

  private static void awaitSteps(Process run, int steps) throws IOException {
    var lines = run.inputReader(StandardCharsets.UTF_8);
    for (int step = 0; step < steps; ) {
      String line = lines.readLine();
      if (line == null) {
        return; // it ended before
      }
      if (line.startsWith("step")) {
        step++;
      }
    }
  }

  private static void finish(Process run) throws IOException, InterruptedException {
    String output = output(run);
    assertThat(run.waitFor()).as(output).isZero();
  }

  private static String output(Process run) throws IOException {
    var out = new StringBuilder();
    try (var lines = run.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.append(line).append('\n');
      }
    }
    return out.toString();
  }

  private static Process start(Path folder, int pauseMillis, int epochs) throws IOException {
    return new ProcessBuilder(command(folder, pauseMillis, epochs))
        .redirectErrorStream(true)
        .start();
  }

  private static List<String> command(Path folder, int pauseMillis, int epochs) {
    String path =
        System.getProperty("java.class.path")
            + File.pathSeparator
            + System.getProperty("jdk.module.path", "");
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:-UsePerfData",
        "-Xmx128m",
        "--add-modules",
        "jdk.incubator.vector",
        "-cp",
        path,
        KillableRun.class.getName(),
        folder.toString(),
        Integer.toString(pauseMillis),
        Integer.toString(epochs));
  }
}
