// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import gradus.examples.Cli.Run;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A training that goes on after an interruption writes the same bytes as one that was never
/// interrupted.
class ResumeTest {
  /// All files but those that tell times.
  private static final List<String> FILES =
      List.of(
          "model.safetensors",
          "history.csv",
          "curves.png",
          "checkpoints/best.safetensors",
          "checkpoints/last.safetensors");

  /// With all that is random.
  private static final List<Object> OPTIONS =
      List.of("--lr-decay", 0.9, "--dropout", 0.2, "--batch-norm", "--augment", "--hidden", 16);

  @TempDir Path dir;

  private Run train(Path out, Object... more) {
    List<Object> args = new ArrayList<>(OPTIONS);
    args.addAll(List.of(more));
    return Cli.train(out, args.toArray());
  }

  private static void assertSameFiles(Path expected, Path actual) throws IOException {
    for (String file : FILES) {
      assertThat(Files.mismatch(expected.resolve(file), actual.resolve(file)))
          .as(file)
          .isEqualTo(-1);
    }
  }

  @Test
  void moreEpochsOfTheSame() throws IOException {
    Path whole = dir.resolve("whole");
    Path parts = dir.resolve("parts");
    assertThat(train(whole, "--epochs", 4).exit()).isZero();
    assertThat(train(parts, "--epochs", 2).exit()).isZero();
    Run run = train(parts, "--epochs", 4, "--resume");
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("going on in epoch 3 after 0 of 3 batches", "epoch 3/4", "epoch 4/4")
        .doesNotContain("epoch 2/4");
    assertSameFiles(whole, parts);

    // Nothing is left to do, and that is done again.
    assertThat(train(parts, "--epochs", 4, "--resume").out()).doesNotContain("epoch 4/4");
    assertSameFiles(whole, parts);
  }

  @Test
  void refusesWhatIsNotTheSame() throws IOException {
    Path out = dir.resolve("out");
    Path last = out.resolve("checkpoints/last.safetensors");
    Run none = train(out, "--resume");
    assertThat(none.exit()).isEqualTo(1);
    assertThat(none.err().lines())
        .containsExactly(
            "gradus train: "
                + last
                + ": --resume has no checkpoint to go on from; begin without it, or is --out right?");
    assertThat(out).doesNotExist();
    train(out);
    Run others = train(out, "--resume", "--lr", 0.1, "--seed", 2);
    assertThat(others.exit()).isEqualTo(1);
    assertThat(others.err().lines())
        .containsExactly(
            "gradus train: --resume: "
                + last
                + " was written with other options: --lr was 0.001, not 0.1; --seed was 1, not 2");
    assertThat(train(out, "--resume", "--epochs", 1).err().lines())
        .containsExactly("gradus train: --epochs 1: " + last + " has 2 behind it already");
    Cli.train(out, "--epochs", 3);
    assertThat(Cli.train(out, "--resume", "--epochs", 4).err())
        .contains("--epochs was 3, not 4")
        .hasLineCount(1);
    Files.write(last, Arrays.copyOf(Files.readAllBytes(last), 1000));
    assertThat(Cli.train(out, "--resume", "--epochs", 3).err())
        .startsWith("gradus train: " + last + ": ")
        .hasLineCount(1);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // where no process can send another the signal of Ctrl-C
  void afterCtrlC() throws IOException, InterruptedException {
    assumeFalse(ignoresInterrupts(), "this process and its children ignore Ctrl-C");
    Path out = dir.resolve("out");
    List<Object> args = new ArrayList<>(OPTIONS);
    args.addAll(List.of("--epochs", 3000));
    Process run = start(out, args);
    var lines = new ArrayList<String>();
    try (BufferedReader output = run.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(line);
        if (line.startsWith("epoch    2/3000 ")) {
          new ProcessBuilder("kill", "-INT", Long.toString(run.pid())).start().waitFor();
        }
      }
    }
    assertThat(run.waitFor()).as(lines.toString()).isEqualTo(130);
    assertThat(lines.getLast()).isEqualTo("the same command with --resume goes on from there");
    String stopped = lines.get(lines.size() - 2);
    assertThat(stopped)
        .matches("stopped in epoch \\d+ after \\d of 3 batches; to go on: .*last\\.safetensors");
    assertThat(out.resolve("model.safetensors")).doesNotExist();

    int epochs = Integer.parseInt(stopped.split(" ", -1)[3]) + 1;
    assertThat(train(out, "--epochs", epochs, "--resume").exit()).isZero();
    Path whole = dir.resolve("whole");
    train(whole, "--epochs", epochs);
    assertSameFiles(whole, out);
  }

  /// Whether this process was started by what does not let Ctrl-C through, such as a shell that
  /// runs it in the background; then the JVM leaves it at that.
  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }

  private static Process start(Path out, List<Object> more) throws IOException {
    String path =
        System.getProperty("java.class.path")
            + File.pathSeparator
            + System.getProperty("jdk.module.path", "");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                path,
                Main.class.getName()));
    Stream.of(Cli.small(out, more.toArray())).forEach(arg -> command.add(arg.toString()));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
