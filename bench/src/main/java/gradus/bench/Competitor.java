// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import gradus.bench.peers.Gradus;
import java.awt.Color;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A framework with a program for the tasks: how its process is started so that it is at its best.
enum Competitor {
  /// Ours, with the options that the launcher gave this very process.
  GRADUS("Gradus", 0xd95f02, ""),
  /// PyTorch as most users of Java meet it.
  DJL("DJL/PyTorch", 0x1f77b4, ""),
  /// PyTorch at its fastest: nothing but C++, and OpenBLAS told of AVX-512, which it does not use
  /// on every processor that has it.
  LIBTORCH(
      "libtorch",
      0x6baed6,
      "libtorch is called through a thin binding of its C++ interface, with OpenBLAS's AVX-512"
          + " kernels where the processor has AVX-512."),
  /// A compiled graph.
  TENSORFLOW(
      "TensorFlow",
      0xe6ab02,
      "TensorFlow runs a graph that was compiled once; channels last, labels one-hot."),
  /// Deeplearning4j.
  DL4J("DL4J", 0x66a61e, "DL4J's momentum is Nesterov's."),
  /// Smile.
  SMILE(
      "Smile",
      0x999999,
      "Smile computes in float64, one example after the other; it has neither Adam nor batch norm:"
          + " B and C are trained with momentum, C without norm.");

  /// What it is called in a table.
  final String words;

  /// Its bars in a chart.
  final int colour;

  /// What is different from the others; may be empty.
  final String note;

  Competitor(String words, int colour, String note) {
    this.words = words;
    this.colour = colour;
    this.note = note;
  }

  Color color() {
    return new Color(colour);
  }

  /// How a process with the arguments given is started.
  ///
  /// @param peers the folder of the programs
  /// @param threads how many it may use
  /// @param more options of its JVM
  ProcessBuilder start(Path peers, int threads, List<String> more, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options(peers));
    command.addAll(more);
    command.add("--class-path");
    command.add(classPath(peers));
    command.add(mainClass());
    command.addAll(arguments);
    var process = new ProcessBuilder(command);
    process.environment().putAll(environment(peers, threads));
    return process;
  }

  private String module() {
    return name().toLowerCase(Locale.ROOT);
  }

  private String mainClass() {
    String folder = "gradus.bench.peers." + module();
    return switch (this) {
      case GRADUS -> Gradus.class.getName();
      case TENSORFLOW -> folder + ".TensorFlowGraph";
      case DJL, LIBTORCH, DL4J, SMILE -> folder + "." + name().charAt(0) + module().substring(1);
    };
  }

  private String classPath(Path peers) {
    String own = ManagementFactory.getRuntimeMXBean().getClassPath();
    if (this == GRADUS) {
      return own;
    }
    Path target = peers.resolve(module()).resolve("target");
    return String.join(
        File.pathSeparator, target.resolve("classes").toString(), target + "/lib/*", shared());
  }

  /// Where the classes are that all programs share.
  private static String shared() {
    return Path.of(
            java.net.URI.create(
                Gradus.class.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }

  private List<String> options(Path peers) {
    if (this == GRADUS) {
      return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }
    Path cache = peers.resolve(module()).resolve("target/cache");
    var options =
        new ArrayList<>(
            List.of(
                "-Xmx2g",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dorg.bytedeco.javacpp.cachedir=" + cache));
    if (this == DJL) {
      options.add("-Dai.djl.offline=true");
    }
    if (this == DL4J && hasAvx512()) {
      options.add("-Dorg.bytedeco.javacpp.platform.extension=-avx512");
    }
    return options;
  }

  private Map<String, String> environment(Path peers, int threads) {
    String n = String.valueOf(threads);
    return switch (this) {
      case GRADUS -> Map.of();
      case DJL ->
          Map.of(
              "OMP_NUM_THREADS", n,
              "MKL_NUM_THREADS", n,
              "DJL_CACHE_DIR", peers.resolve("djl/target/cache").toString());
      // libtorch and OpenBLAS have threads of their own each. If those of libtorch spin, they
      // fight, at a fortyfold cost.
      case LIBTORCH ->
          hasAvx512()
              ? Map.of(
                  "OMP_NUM_THREADS",
                  n,
                  "OPENBLAS_NUM_THREADS",
                  n,
                  "OMP_WAIT_POLICY",
                  "PASSIVE",
                  "OPENBLAS_CORETYPE",
                  "SkylakeX")
              : Map.of(
                  "OMP_NUM_THREADS", n, "OPENBLAS_NUM_THREADS", n, "OMP_WAIT_POLICY", "PASSIVE");
      case TENSORFLOW -> Map.of("OMP_NUM_THREADS", n, "TF_CPP_MIN_LOG_LEVEL", "2");
      case DL4J, SMILE -> Map.of("OMP_NUM_THREADS", n, "OPENBLAS_NUM_THREADS", n);
    };
  }

  private static boolean hasAvx512() {
    try {
      return Files.readString(Path.of("/proc/cpuinfo")).contains(" avx512f ");
    } catch (IOException e) {
      return false;
    }
  }
}
