// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import gradus.bench.peers.Gradus;
import gradus.bench.peers.Model;
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

/// How long does a whole training step take, the batch at hand? And of that, forward with the loss,
/// and the update? Backward is the rest.
///
/// `./gradus bench train` holds the step against the time that its products take at peak.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls setUp
public class StepBenchmark {
  /// Which model.
  @Param public Model model = Model.A;

  /// How many threads.
  @Param({"1"})
  public int threads = 1;

  private Gradus.Steps training;

  /// Makes the net and batches of noise, and a first step.
  @Setup
  public void setUp() {
    training = new Gradus(threads).train(model);
    training.step();
  }

  /// A step.
  @Benchmark
  public void step() {
    training.step();
  }

  /// From a batch to its loss.
  @Benchmark
  public Object forward() {
    return training.forward();
  }

  /// The optimizer's step, with the gradients of the first.
  @Benchmark
  public void update() {
    training.update();
  }
}
