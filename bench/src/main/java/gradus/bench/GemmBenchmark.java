// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import gradus.Tensor;
import gradus.Threads;
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

/// How many floating-point operations a second does a product of matrices reach?
///
/// `./gradus bench GemmBenchmark -p threads=1,2`; the counter `gflop` is GFLOP/s.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@SuppressWarnings("NullAway.Init") // JMH calls setUp
public class GemmBenchmark {
  /// Rows × columns × inner size.
  @Param({"256x1024x3072", "512x512x512", "128x100x3072", "64x64x64"})
  public String shape = "";

  /// Which factors are transposed views.
  @Param({"NN", "NT", "TN"})
  public String layout = "";

  /// How many threads.
  @Param({"1"})
  public int threads = 1;

  private Tensor a;
  private Tensor b;
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

  /// Makes the factors.
  @Setup
  public void setUp() {
    Threads.count(threads);
    String[] sizes = shape.split("x", -1);
    int m = Integer.parseInt(sizes[0]);
    int n = Integer.parseInt(sizes[1]);
    int k = Integer.parseInt(sizes[2]);
    a = layout.charAt(0) == 'N' ? Tensor.randn(m, k) : Tensor.randn(k, m).t();
    b = layout.charAt(1) == 'N' ? Tensor.randn(k, n) : Tensor.randn(n, k).t();
    work = 2e-9 * m * n * k;
  }

  /// The product.
  @Benchmark
  public Tensor matmul(Work counter) {
    counter.gflop += work;
    return a.matmul(b);
  }
}
