// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import gradus.Autograd;
import gradus.ConvOptions;
import gradus.Tensor;
import gradus.Threads;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// How many floating-point operations a second does a convolution reach, and its derivatives,
/// beside a product of matrices of as many?
///
/// `./gradus bench ConvBenchmark -p threads=1,2`; the counter `gflop` is GFLOP/s.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@SuppressWarnings("NullAway.Init") // JMH calls setUp
public class ConvBenchmark {
  /// Batch × channels × size, output channels × kernel.
  @Param({"64x32x16,64x3", "64x3x32,32x3", "64x64x8,64x3", "64x128x8,128x1"})
  public String shape = "";

  /// How many threads.
  @Param({"1"})
  public int threads = 1;

  private Tensor x;
  private Tensor w;
  private Tensor leafX;
  private Tensor leafW;
  private Tensor byInput;
  private Tensor byWeight;
  private Tensor a;
  private Tensor b;
  private ConvOptions options;
  private Autograd.Options again;
  private double work;

  /// Counts the work beside the calls.
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Work {
    /// Billions of floating-point operations.
    public double gflop;

    /// Starts at zero in each iteration.
    @Setup(Level.Iteration)
    public void reset() {
      gflop = 0;
    }
  }

  /// Makes inputs, weights and cotangents.
  @Setup
  public void setUp() {
    Threads.count(threads);
    String[] sizes = shape.split("[x,]", -1);
    int n = Integer.parseInt(sizes[0]);
    int in = Integer.parseInt(sizes[1]);
    int size = Integer.parseInt(sizes[2]);
    int out = Integer.parseInt(sizes[3]);
    int kernel = Integer.parseInt(sizes[4]);
    options = ConvOptions.defaults().padding(kernel / 2);
    x = Tensor.randn(n, in, size, size);
    w = Tensor.randn(out, in, kernel, kernel);
    leafX = x.copy().requiresGrad(true);
    leafW = w.copy().requiresGrad(true);
    byInput = leafX.conv2d(w, null, options);
    byWeight = x.conv2d(leafW, null, options);
    again = Autograd.options().retainGraph(true).gradient(Tensor.randn(n, out, size, size));
    a = Tensor.randn(n * size * size, in * kernel * kernel);
    b = Tensor.randn(in * kernel * kernel, out);
    work = 2e-9 * n * size * size * in * kernel * kernel * out;
  }

  /// The convolution.
  @Benchmark
  public Tensor forward(Work counter) {
    counter.gflop += work;
    return x.conv2d(w, null, options);
  }

  /// Its derivative by the input.
  @Benchmark
  public List<Tensor> inputGradient(Work counter) {
    counter.gflop += work;
    return Autograd.grad(byInput, List.of(leafX), again);
  }

  /// Its derivative by the weights.
  @Benchmark
  public List<Tensor> weightGradient(Work counter) {
    counter.gflop += work;
    return Autograd.grad(byWeight, List.of(leafW), again);
  }

  /// The product of as many numbers, as if the windows were rows already.
  @Benchmark
  public Tensor matmul(Work counter) {
    counter.gflop += work;
    return a.matmul(b);
  }
}
