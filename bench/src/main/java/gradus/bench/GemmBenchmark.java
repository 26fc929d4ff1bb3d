// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import gradus.Grad;
import gradus.Tensor;
import gradus.Threads;
import gradus.kernel.Gemm;
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

/// How long does a product of matrices take, into memory that exists, as a gradient's in a training
/// does after the first step, and with a result that is allocated?
///
/// `./gradus bench gemm` divides what it reaches by what the processor can do.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls setUp
public class GemmBenchmark {
  /// Rows × columns × inner size, and which factors are transposed views. The first three are a
  /// layer of 3072 × 1024 and its two gradients; those with one row are what a single example
  /// costs.
  @Param({
    "256x1024x3072 NT",
    "1024x3072x256 TN",
    "256x3072x1024 NN",
    "512x512x512 NN",
    "512x512x512 NT",
    "512x512x512 TN",
    "1024x1024x1024 NN",
    "2048x2048x2048 NN",
    "128x100x3072 NT",
    "64x64x64 NN",
    "16x16x16 NN",
    "1x1024x3072 NT",
    "1x512x1024 NT"
  })
  public String shape = "";

  /// How many threads.
  @Param({"1"})
  public int threads = 1;

  private Tensor a;
  private Tensor b;
  private int[] sizes;
  private boolean[] turned;
  private float[] left;
  private float[] right;
  private float[] result;

  /// Floating-point operations of a product.
  static double operations(String shape) {
    int[] s = sizes(shape);
    return 2.0 * s[0] * s[1] * s[2];
  }

  private static int[] sizes(String shape) {
    String[] s = shape.substring(0, shape.indexOf(' ')).split("x", 3);
    return new int[] {Integer.parseInt(s[0]), Integer.parseInt(s[1]), Integer.parseInt(s[2])};
  }

  /// Makes the factors.
  @Setup
  public void setUp() {
    Threads.count(threads);
    sizes = sizes(shape);
    int m = sizes[0];
    int n = sizes[1];
    int k = sizes[2];
    String layout = shape.substring(shape.indexOf(' ') + 1);
    turned = new boolean[] {layout.charAt(0) == 'T', layout.charAt(1) == 'T'};
    left = Tensor.randn(m * k).toFloatArray();
    right = Tensor.randn(k * n).toFloatArray();
    result = new float[m * n];
    a = turned[0] ? Tensor.of(left, k, m).t() : Tensor.of(left, m, k);
    b = turned[1] ? Tensor.of(right, n, k).t() : Tensor.of(right, k, n);
  }

  /// The product, into memory that exists.
  @Benchmark
  public float[] product() {
    int m = sizes[0];
    int n = sizes[1];
    int k = sizes[2];
    int ars = turned[0] ? 1 : k;
    int acs = turned[0] ? m : 1;
    int brs = turned[1] ? 1 : n;
    int bcs = turned[1] ? k : 1;
    Gemm.run(m, n, k, left, 0, ars, acs, right, 0, brs, bcs, result, 0);
    return result;
  }

  /// The op, whose result is allocated.
  @Benchmark
  public Tensor matmul() {
    try (var _ = Grad.off()) {
      return a.matmul(b);
    }
  }
}
