// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/// Whatever a checkpoint holds, it is gone on from, or refused by name.
class CheckpointProperties {
  private static Path folder;
  private static byte[] valid;

  @BeforeContainer
  static void prepare() throws IOException {
    folder = Files.createTempDirectory("checkpoint");
    Runs.trainer(8, o -> o.checkpoints(folder)).fit(2);
    valid = Files.readAllBytes(folder.resolve("last.safetensors"));
  }

  @AfterContainer
  static void clean() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Property(tries = 100, seed = "20250105")
  void anyByteMayBeWrong(@ForAll @IntRange(max = 1 << 24) int at, @ForAll byte value)
      throws IOException {
    byte[] bytes = valid.clone();
    bytes[at % bytes.length] = value;
    resume(bytes);
  }

  /// The header tells names, types, shapes and all that is no tensor.
  @Property(tries = 200, seed = "20250105")
  void anyCharacterOfTheHeaderMayBeWrong(
      @ForAll @IntRange(max = 1 << 24) int at, @ForAll @IntRange(min = 32, max = 126) int value)
      throws IOException {
    byte[] bytes = valid.clone();
    long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    bytes[8 + (int) (at % header)] = (byte) value;
    resume(bytes);
  }

  @Property(tries = 100, seed = "20250105")
  void theEndMayBeMissing(@ForAll @IntRange(max = 1 << 24) int at) throws IOException {
    resume(Arrays.copyOf(valid, at % valid.length));
  }

  private static void resume(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("damaged.safetensors"), bytes);
    Trainer trainer = Runs.trainer(8, o -> o);
    try {
      trainer.resume(file);
    } catch (IOException e) {
      assertThat(e.getMessage()).startsWith(file.toString());
    }
  }
}
