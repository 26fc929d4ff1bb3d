// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Runs a copy of the launcher in a small project, with JDKs and a Maven that are shell scripts
/// which print how they were called.
@DisabledOnOs(OS.WINDOWS) // where no POSIX shell runs the launcher
class LauncherTest {
  private static final List<String> MODULES =
      List.of("core", "nn", "optim", "data", "train", "examples");
  private static final List<String> TOOLS =
      List.of("dirname", "find", "head", "mkdir", "mv", "readlink", "sed", "touch");

  @TempDir Path temp;
  private Path project;
  private Path launcher;
  private Path bin;
  private Path jdks;
  private final Map<String, String> environment = new HashMap<>();

  private record Outcome(int exitCode, String out, String err) {}

  @BeforeEach
  void makeProject() throws IOException {
    temp = temp.toRealPath();
    project = Files.createDirectories(temp.resolve("a project"));
    launcher = Files.copy(Path.of("..", "gradus"), project.resolve("gradus"));
    for (String module : MODULES) {
      Files.createDirectories(project.resolve(module).resolve("src/main"));
      write(project.resolve(module).resolve("pom.xml"), "");
    }
    write(project.resolve("pom.xml"), "");
    bin = Files.createDirectories(temp.resolve("bin"));
    for (String tool : TOOLS) {
      script(bin.resolve(tool), "exec %s \"$@\"".formatted(find(tool)));
    }
    script(
        bin.resolve("mvn"),
        """
        echo "JAVA_HOME=$JAVA_HOME mvn $*"
        [ -z "${BROKEN:-}" ] || { echo "Net.java:[3,5] ';' expected"; exit 1; }
        for module in %s; do mkdir -p "%s/$module/target/classes"; done
        """
            .formatted(String.join(" ", MODULES), project));
    jdks = Files.createDirectories(temp.resolve("all jdks"));
    environment.put("PATH", bin.toString());
    environment.put("HOME", temp.toString());
    environment.put("GRADUS_JDK_PLACES", temp.resolve("none/*") + ":" + jdks + "/*");
  }

  @Test
  void javaHomeComesFirst() throws Exception {
    jdk("25", "25.0.3");
    environment.put("JAVA_HOME", jdk("26", "26").toString());
    assertThat(run("train").out()).startsWith(jdks.resolve("26") + "/bin/java ");
  }

  @Test
  void gradusJavaHomeComesBeforeJavaHome() throws Exception {
    environment.put("JAVA_HOME", jdk("25", "25.0.3").toString());
    environment.put("GRADUS_JAVA_HOME", jdk("27", "27-ea").toString());
    assertThat(run("train").out()).startsWith(jdks.resolve("27") + "/bin/java ");
  }

  @Test
  void amongTheUsualPlacesTheOldestThatWillDoIsTaken() throws Exception {
    environment.put("JAVA_HOME", jdk("a 17", "17.0.15").toString());
    jdk("b 8", "1.8.0_402");
    jdk("c 26", "26.0.1");
    jdk("d 25", "25.0.3");
    jdk("e 27", "27");
    assertThat(run("train").out()).startsWith(jdks.resolve("d 25") + "/bin/java ");
  }

  @Test
  void javaOnThePathIsTheLastResort() throws Exception {
    Path home = jdk("25", "25.0.3");
    environment.put("GRADUS_JDK_PLACES", temp.resolve("none/*").toString());
    script(bin.resolve("java"), "echo \"    java.home = %s\" >&2".formatted(home));
    assertThat(run("train").out()).startsWith(home + "/bin/java ");
  }

  @Test
  void aJdkWithoutAReleaseFileIsAskedForItsVersion() throws Exception {
    Path home = jdk("25", "25");
    Files.delete(home.resolve("release"));
    script(home.resolve("bin/java"), "echo \"openjdk version \\\"25.0.3\\\" 2026-04-21\" >&2");
    assertThat(run("train").exitCode()).isZero();
  }

  @Test
  void withoutAJdkOneLineSaysWhatWasSeenAndWhereToGetOne() throws Exception {
    Path old = jdk("17", "17.0.15");
    Path runtime = jdk("jre 25", "25.0.3");
    Files.delete(runtime.resolve("bin/javac"));
    assertThat(run("train"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "gradus: needs a JDK 25 or newer; found "
                    + old
                    + " (17.0.15), "
                    + runtime
                    + " (25.0.3, without javac). Get one from https://adoptium.net or with"
                    + " \"sdk install java 25-tem\", or name it in GRADUS_JAVA_HOME\n"));
  }

  @Test
  void withoutAnyJdkItSaysNone() throws Exception {
    assertThat(run("train").err()).startsWith("gradus: needs a JDK 25 or newer; found none. Get");
  }

  @Test
  void anUnusableGradusJavaHomeIsAnError() throws Exception {
    jdk("25", "25.0.3");
    Path old = jdk("17", "17.0.15");
    environment.put("GRADUS_JAVA_HOME", old.toString());
    assertThat(run("train"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "gradus: GRADUS_JAVA_HOME is %s, which is not a JDK 25 or newer: found %s (17.0.15)\n"
                    .formatted(old, old)));
  }

  @Test
  void withoutMavenOneLineSaysSo() throws Exception {
    jdk("25", "25.0.3");
    Files.delete(bin.resolve("mvn"));
    assertThat(run("train"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "gradus: building needs Maven 3.8 or newer, and there is no mvn on the PATH. Get it"
                    + " from https://maven.apache.org\n"));
  }

  @Test
  void buildsOnlyWhatIsOutOfDate() throws Exception {
    jdk("25", "25.0.3");
    assertThat(run("train").err()).isEqualTo("building gradus (a minute or two the first time)…\n");
    assertThat(run("train").err()).isEmpty();

    Path source = project.resolve("nn/src/main/Net.java");
    write(source, "class Net {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
    assertThat(run("train").err()).isEqualTo("building gradus…\n");
  }

  @Test
  void aMissingClassesFolderIsOutOfDate() throws Exception {
    jdk("25", "25.0.3");
    run("train");
    Files.delete(project.resolve("core/target/classes"));
    assertThat(run("train").err()).isEqualTo("building gradus…\n");
  }

  @Test
  void aBrokenBuildShowsWhatTheCompilerSaid() throws Exception {
    jdk("25", "25.0.3");
    environment.put("BROKEN", "1");
    Outcome outcome = run("train");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .contains("Net.java:[3,5] ';' expected\n")
        .endsWith("gradus: the build failed\n");
    assertThat(run("train").exitCode()).isEqualTo(1);
  }

  @Test
  void passesArgumentsOptionsAndTheExitCodeThrough() throws Exception {
    Path home = jdk("25", "25.0.3");
    script(home.resolve("bin/java"), "printf '<%s>' \"$@\"; exit 2");
    environment.put("GRADUS_JAVA_OPTS", "-Xmx8g -Dx=y");
    Outcome outcome = run("train", "--data", "my images", "");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out())
        .contains("<-Xmx8g><-Dx=y><--module-path>")
        .endsWith("<gradus.examples/gradus.examples.Main><train><--data><my images><>");
  }

  @Test
  void worksThroughSymbolicLinks() throws Exception {
    jdk("25", "25.0.3");
    Path link = Files.createDirectories(temp.resolve("links")).resolve("gradus");
    Files.createSymbolicLink(temp.resolve("inner"), Path.of("a project", "gradus"));
    Files.createSymbolicLink(link, Path.of("..", "inner"));
    launcher = link;
    assertThat(run("train").out()).contains(project + "/core/target/classes");
  }

  @Test
  void testRunsTheWholeBuildOnTheJdkFound() throws Exception {
    Path home = jdk("25", "25.0.3");
    String maven =
        "JAVA_HOME=%s mvn --no-transfer-progress --file %s ".formatted(home, project + "/pom.xml");
    assertThat(run("test")).isEqualTo(new Outcome(0, maven + "verify\n", ""));
    assertThat(run("train").err()).isEmpty();
    assertThat(run("test", "-pl", "core").out()).isEqualTo(maven + "verify -pl core\n");
    environment.put("BROKEN", "1");
    assertThat(run("test").exitCode()).isEqualTo(1);
  }

  @Test
  void packsClassesAndKeepsThemInAnArchive() throws Exception {
    Path home = jdk("25", "25.0.3");
    script(home.resolve("bin/jar"), "while [ \"$1\" != --file ]; do shift; done; : > \"$2\"");
    script(
        home.resolve("bin/java"),
        """
        for option; do case $option in -XX:*Archive*) echo "$option";; esac; done
        case $* in *AtExit=*) f=${*#*AtExit=}; : > "${f%% --module-path*}";; esac
        echo "$*" | sed 's/.*--module-path //; s/ --module .*//'
        """);
    Path archive = project.resolve("examples/target/gradus.jsa");
    assertThat(run("eval").out())
        .isEqualTo(
            MODULES.stream()
                .map(module -> project + "/" + module + "/target/gradus.jar:")
                .collect(Collectors.joining("", "", project + "/examples/target/lib\n")));
    assertThat(run("train").out()).startsWith("-XX:ArchiveClassesAtExit=" + archive + ".");
    assertThat(archive).doesNotExist();
    assertThat(run("eval").out()).startsWith("-XX:SharedArchiveFile=" + archive + "\n");
    assertThat(run("train").out()).startsWith("-XX:SharedArchiveFile=" + archive + "\n");

    // Packs what is new, and then takes no archive of what was.
    Path compiled = write(project.resolve("nn/target/classes/Net.class"), "");
    Files.setLastModifiedTime(compiled, FileTime.from(Instant.now().plusSeconds(60)));
    Path jar = project.resolve("nn/target/gradus.jar");
    Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
    FileTime packed = Files.getLastModifiedTime(project.resolve("core/target/gradus.jar"));
    Files.setLastModifiedTime(archive, FileTime.fromMillis(0));
    assertThat(run("eval").out()).startsWith(project + "/core/target/gradus.jar:");
    assertThat(Files.getLastModifiedTime(jar)).isGreaterThan(FileTime.fromMillis(0));
    assertThat(Files.getLastModifiedTime(project.resolve("core/target/gradus.jar")))
        .isEqualTo(packed);
    assertThat(run("train").out()).startsWith("-XX:ArchiveClassesAtExit=");
  }

  @Test
  void anArchiveThatIsStillBeingWrittenIsNotTaken() throws Exception {
    Path home = jdk("25", "25.0.3");
    script(home.resolve("bin/jar"), "while [ \"$1\" != --file ]; do shift; done; : > \"$2\"");
    run("eval");
    Path archive = project.resolve("examples/target/gradus.jsa");
    write(archive.resolveSibling("gradus.jsa." + ProcessHandle.current().pid()), "");
    assertThat(run("eval").out()).doesNotContain("Archive");
    assertThat(archive).doesNotExist();
  }

  @Test
  void benchRunsOnTheClassPath() throws Exception {
    Path home = jdk("25", "25.0.3");
    Files.createDirectories(project.resolve("bench/src/main"));
    write(project.resolve("bench/pom.xml"), "");
    Outcome outcome = run("bench", "-f", "1");
    assertThat(outcome.err()).startsWith("building gradus");
    assertThat(outcome.out())
        .startsWith(home + "/bin/java ")
        .contains(" --add-modules jdk.incubator.vector ")
        .endsWith(project + "/bench/target/lib/* gradus.bench.Main -f 1\n");
  }

  @Test
  void benchPeersBuildsTheOtherFrameworksToo() throws Exception {
    jdk("25", "25.0.3");
    for (String module : List.of("bench", "bench/peers/djl", "bench/peers/smile")) {
      Files.createDirectories(project.resolve(module).resolve("src/main"));
      write(project.resolve(module).resolve("pom.xml"), "");
    }
    assertThat(run("bench", "peers", "--quick").out())
        .contains(" -Dgradus.bench.peers=" + project + "/bench/peers ")
        .endsWith(" gradus.bench.Main peers --quick\n");
    environment.put("BROKEN", "1");
    assertThat(run("bench", "peers").err())
        .contains(
            " --activate-profiles peers -Djavacpp.platform=linux-x86_64"
                + " --projects bench,bench/peers/djl,bench/peers/smile --also-make");
    assertThat(run("bench", "gemm").err()).doesNotContain("peers");
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = jdks.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    write(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\nOS=\"x\"\n");
    script(home.resolve("bin/java"), "echo \"$0 $*\"");
    script(home.resolve("bin/javac"), "");
    return home;
  }

  private Outcome run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(Arrays.asList(arguments));
    Path out = temp.resolve("out");
    Path err = temp.resolve("err");
    var builder =
        new ProcessBuilder(command)
            .directory(temp.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    int exitCode = builder.start().waitFor();
    return new Outcome(exitCode, Files.readString(out), Files.readString(err));
  }

  private static Path find(String tool) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError(tool + " is not on the PATH"));
  }

  private static void script(Path file, String body) throws IOException {
    write(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path write(Path file, String text) throws IOException {
    return Files.writeString(file, text, StandardCharsets.UTF_8);
  }
}
