// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import gradus.bench.peers.Model;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Param;

/// What a table is about.
@SuppressWarnings("ImmutableEnumChecker") // List.of is immutable.
enum Subject {
  /// Products of matrices, held against the fused multiply-adds of the processor.
  GEMM(GemmBenchmark.class, "GFLOP/s", "% of peak"),
  /// Ops over a million floats, held against the bandwidth of the last cache.
  OPS(OpsBenchmark.class, "ns/element", "% of triad"),
  /// What the tape costs beside the arithmetic.
  TAPE(TapeBenchmark.class),
  /// Convolutions and their derivatives, held against the processor's fused multiply-adds.
  CONV(ConvBenchmark.class, "GFLOP/s", "% of peak"),
  /// Whole training steps, held against the time of their products at peak.
  TRAIN(StepBenchmark.class, "products at peak", "of the step, %"),
  /// A trained model applied.
  INFERENCE(InferenceBenchmark.class, "GFLOP/s", "% of peak"),
  /// Norms, recurrent layers and attention, forward and backward.
  LAYERS(LayerBenchmark.class);

  /// The parameter whose values are measured one by one, each beside what the machine can do.
  static final String SHAPE = "shape";

  final Class<?> benchmark;

  /// Names of what [#held] says; empty if there is no limit to hold against.
  final List<String> columns;

  Subject(Class<?> benchmark, String... columns) {
    this.benchmark = benchmark;
    this.columns = List.of(columns);
  }

  /// What is typed for it.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static @Nullable Subject of(String word) {
    return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst().orElse(null);
  }

  /// Whether the benchmark can be told how many threads to use.
  boolean threaded() {
    return Arrays.stream(benchmark.getFields()).anyMatch(f -> f.getName().equals("threads"));
  }

  /// The shapes that are measured one by one, if the benchmark has any.
  List<String> shapes() {
    for (Field field : benchmark.getFields()) {
      Param shapes = field.getAnnotation(Param.class);
      if (field.getName().equals(SHAPE) && shapes != null) {
        return List.of(shapes.value());
      }
    }
    return List.of();
  }

  /// What was reached, and what share of the limit that is.
  ///
  /// @param name the benchmark's
  /// @param parameter a benchmark's parameter, by name
  List<String> held(String name, UnaryOperator<String> parameter, double micros, Limits limits) {
    return switch (this) {
      case GEMM -> {
        String shape = parameter.apply("shape");
        double peak = limits.gflops() * GemmBenchmark.share(shape);
        yield share(GemmBenchmark.operations(shape), micros, peak);
      }
      case CONV ->
          share(ConvBenchmark.operations(parameter.apply("shape")), micros, limits.gflops());
      case INFERENCE ->
          share(
              InferenceBenchmark.operations(Integer.parseInt(parameter.apply("examples"))),
              micros,
              limits.gflops());
      case TRAIN -> {
        if (!name.equals("step")) {
          yield List.of("", "");
        }
        double products =
            Model.valueOf(parameter.apply("model")).operations() / limits.gflops() * 1e-3;
        yield List.of(Times.text(products), Times.text(100 * products / micros));
      }
      case OPS -> {
        int moved = OpsBenchmark.Op.valueOf(parameter.apply("op")).moved;
        double gigabytes = 4.0 * moved * OpsBenchmark.ELEMENTS / micros * 1e-3;
        yield List.of(
            Times.text(micros * 1e3 / OpsBenchmark.ELEMENTS),
            Times.text(100 * gigabytes / limits.gigabytes()));
      }
      case TAPE, LAYERS -> List.of();
    };
  }

  private static List<String> share(double operations, double micros, double peak) {
    double gflops = operations / micros * 1e-3;
    return List.of(Times.text(gflops), Times.text(100 * gflops / peak));
  }
}
