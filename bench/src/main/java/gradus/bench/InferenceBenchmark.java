// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import gradus.bench.peers.Gradus;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// How long does it take to apply a trained model, [gradus.bench.peers.Model#C], without gradients?
///
/// `./gradus bench inference` divides what it reaches by what the processor can do. One example is
/// bound by reading all weights once.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@SuppressWarnings("NullAway.Init") // JMH calls setUp
public class InferenceBenchmark {
  private static final double WEIGHTS = 3072 * 1024 + 1024 * 512 + 512 * 10;

  /// How many examples at once.
  @Param({"1", "256"})
  public int examples = 1;

  /// How many threads.
  @Param({"1"})
  public int threads = 1;

  private Runnable application;

  /// Makes the net and the examples.
  @Setup
  public void setUp() {
    application = new Gradus(threads).infer(examples);
  }

  /// Floating-point operations of its products.
  static double operations(int examples) {
    return 2 * examples * WEIGHTS;
  }

  /// From examples to logits.
  @Benchmark
  public void apply() {
    application.run();
  }
}
