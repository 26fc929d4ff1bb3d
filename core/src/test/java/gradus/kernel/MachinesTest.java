// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

/// What needs a Java of its own: other vector widths, and none.
class MachinesTest {
  private static Path home(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static Process start(List<String> options, String... arguments) throws Exception {
    return start(Fingerprint.class, options, arguments);
  }

  private static Process start(Class<?> main, List<String> options, String... arguments)
      throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-cp"));
    command.add(home(Vectors.class) + File.pathSeparator + home(Fingerprint.class));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    // With options of its user's the JVM says so, in a line of its own.
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    return builder.start();
  }

  private static List<String> output(Process process) throws IOException, InterruptedException {
    try (var in = process.getInputStream()) {
      var lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      assertThat(process.waitFor(60, SECONDS)).isTrue();
      return lines;
    }
  }

  /// At every width up to the machine's own, with one thread and with two, and in plain loops.
  @Test
  void theBitsAreTheSameAtEveryWidth() throws Exception {
    var runs = new ArrayList<Process>();
    int own = FloatVector.SPECIES_PREFERRED.vectorByteSize();
    for (int bytes = 16; bytes <= own; bytes *= 2) {
      runs.add(
          start(
              List.of("--add-modules", "jdk.incubator.vector", "-XX:MaxVectorSize=" + bytes),
              bytes == own ? "2" : "1"));
    }
    runs.add(start(List.of("--add-modules", "jdk.incubator.vector"), "1", "plain"));
    var widths = new HashSet<String>();
    var checksums = new HashSet<String>();
    for (Process run : runs) {
      List<String> lines = output(run);
      assertThat(lines).isNotEmpty();
      String[] words = lines.getLast().split(" ");
      assertThat(words).as("%s", lines).hasSize(2);
      widths.add(words[0]);
      checksums.add(words[1]);
    }
    assertThat(widths).hasSize(runs.size() - 1);
    assertThat(checksums).hasSize(1);
  }

  @Test
  void withoutTheVectorApiOneLineNamesTheFlag() throws Exception {
    List<String> lines = output(start(List.of(), "1"));
    assertThat(lines.getFirst())
        .isEqualTo(
            "Exception in thread \"main\" java.lang.LinkageError: gradus: the Vector API is"
                + " missing; start java with  --add-modules jdk.incubator.vector");
    assertThat(lines).noneMatch(line -> line.contains("NoClassDefFound"));
  }

  @Test
  void oneWarningTellsThatVectorsAreNotCompiled() throws Exception {
    List<String> module = List.of("--add-modules", "jdk.incubator.vector", "-Xint");
    List<String> lines = output(start(VectorProbeRun.class, module));
    assertThat(lines)
        .filteredOn(line -> line.contains("does not compile the Vector API"))
        .singleElement()
        .asString()
        .contains("interpreted mode");
  }

  @Test
  void theCheckThrowsWhereAClassIsMissing() {
    Vectors.check();
    assertThatThrownBy(() -> Vectors.require("jdk.incubator.vector.Missing"))
        .isInstanceOf(LinkageError.class)
        .hasMessage(
            "gradus: the Vector API is missing; start java with"
                + "  --add-modules jdk.incubator.vector");
  }
}
