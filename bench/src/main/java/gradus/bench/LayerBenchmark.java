// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import gradus.bench.peers.Gradus;
import gradus.bench.peers.SingleLayer;
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

/// What does a layer cost, forward and backward, by itself?
///
/// `./gradus bench layers`
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@SuppressWarnings("NullAway.Init") // JMH calls setUp
public class LayerBenchmark {
  /// Which layer.
  @Param public SingleLayer layer = SingleLayer.LAYER_NORM;

  /// How many threads.
  @Param({"1"})
  public int threads = 1;

  private Runnable pass;

  /// Makes the layer, its input and the gradient of its output.
  @Setup
  public void setUp() {
    pass = new Gradus(threads).layer(layer);
  }

  /// To the gradients of the input and the parameters.
  @Benchmark
  public void step() {
    pass.run();
  }
}
