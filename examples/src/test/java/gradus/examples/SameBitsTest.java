// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.Generator;
import gradus.Parameter;
import gradus.Tensor;
import gradus.Threads;
import gradus.data.Batch;
import gradus.data.DataLoader;
import gradus.data.ImageDatasets;
import gradus.data.Normalize;
import gradus.data.SyntheticImages;
import gradus.nn.F;
import gradus.nn.Mlp;
import gradus.optim.Adam;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A small training comes to the same weights, bit by bit, in separate JVMs at several thread
/// counts and at every SIMD width that this machine has: one that it lacks is cut to the widest it
/// has.
class SameBitsTest {
  /// SHA-256 of the final weights. It changes only if an algorithm does, never with the machine.
  private static final String COMMITTED =
      "c6d4484a1dd86c2947dd3f073600a656cce43785bf7ece8e017b882e7e2c2edf";

  @Test
  void inThisProcess() {
    assertThat(weights()).isEqualTo(COMMITTED);
  }

  @Test
  void inOtherProcesses() throws IOException, InterruptedException {
    List<Process> runs = new ArrayList<>();
    for (int bytes = 16; bytes <= 64; bytes *= 2) {
      for (int threads : new int[] {1, 3}) {
        runs.add(start("-XX:MaxVectorSize=" + bytes, "-Dgradus.threads=" + threads));
      }
    }
    for (Process run : runs) {
      String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(run.waitFor()).as(output).isZero();
      assertThat(output.lines().toList().getLast()).isEqualTo(COMMITTED);
    }
  }

  private static Process start(String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(
        List.of("-XX:+UseSerialGC", "-Xmx256m", "--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of(options));
    String path =
        System.getProperty("java.class.path")
            + java.io.File.pathSeparator
            + System.getProperty("jdk.module.path", "");
    command.addAll(List.of("-cp", path, Run.class.getName()));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /// The main class of the other processes.
  static final class Run {
    private Run() {}

    public static void main(String[] args) {
      System.out.println(weights());
    }
  }

  private static String weights() {
    int before = Threads.count();
    try (var _ = Generator.scope(5)) {
      ImageDatasets data = SyntheticImages.generate(400, 10, 3);
      var loader =
          new DataLoader(
              data.train().map(Normalize.fit(data.train())),
              DataLoader.options().batchSize(64).shuffle(true).seed(9));
      var model =
          new Mlp(
              Mlp.options(3072, 10)
                  .hidden(130, 61)
                  .batchNorm(true)
                  .dropout(0.3)
                  .activation(Mlp.Activation.TANH));
      var optimizer = new Adam(model.parameters(), Adam.options().lr(1e-3).weightDecay(1e-3));
      for (int epoch = 0; epoch < 2; epoch++) {
        for (Batch batch : loader) {
          optimizer.zeroGrad();
          Tensor loss = F.crossEntropy(model.apply(batch.x()), batch.y());
          loss.backward();
          optimizer.step();
        }
      }
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Parameter p : model.parameters()) {
        float[] values = p.toFloatArray();
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
        bytes.asFloatBuffer().put(values);
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    } finally {
      Threads.count(before);
    }
  }
}
