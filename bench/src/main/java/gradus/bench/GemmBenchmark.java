// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import gradus.DType;
import gradus.Grad;
import gradus.Tensor;
import gradus.Threads;
import gradus.kernel.DoubleGemm;
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
  /// Rows × columns × inner size, which factors are transposed views, and whether in float64. The
  /// first three are a layer of 3072 × 1024 and its two gradients; those with one row are what a
  /// single example costs.
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
    "1x512x1024 NT",
    "256x1024x3072 NT float64",
    "512x512x512 NN float64",
    "1024x1024x1024 NN float64"
  })
  public String shape = "";

  /// How many threads.
  @Param({"1"})
  public int threads = 1;

  private Tensor a;
  private Tensor b;
  private Object result;
  private Runnable product;

  /// Floating-point operations of a product.
  static double operations(String shape) {
    int[] s = sizes(shape);
    return 2.0 * s[0] * s[1] * s[2];
  }

  /// Which part of the float32 operations the processor can do in the type of the elements.
  static double share(String shape) {
    return wide(shape) ? 0.5 : 1;
  }

  private static boolean wide(String shape) {
    return shape.endsWith(" float64");
  }

  private static int[] sizes(String shape) {
    String[] s = shape.substring(0, shape.indexOf(' ')).split("x", 3);
    return new int[] {Integer.parseInt(s[0]), Integer.parseInt(s[1]), Integer.parseInt(s[2])};
  }

  /// Makes the factors.
  @Setup
  public void setUp() {
    Threads.count(threads);
    int[] sizes = sizes(shape);
    int m = sizes[0];
    int n = sizes[1];
    int k = sizes[2];
    String layout = shape.substring(shape.indexOf(' ') + 1);
    boolean aTurned = layout.charAt(0) == 'T';
    boolean bTurned = layout.charAt(1) == 'T';
    DType type = wide(shape) ? DType.FLOAT64 : DType.FLOAT32;
    Tensor left = Tensor.randn(m * k).to(type);
    Tensor right = Tensor.randn(k * n).to(type);
    a = aTurned ? left.reshape(k, m).t() : left.reshape(m, k);
    b = bTurned ? right.reshape(n, k).t() : right.reshape(k, n);
    int ars = aTurned ? 1 : k;
    int acs = aTurned ? m : 1;
    int brs = bTurned ? 1 : n;
    int bcs = bTurned ? k : 1;
    if (wide(shape)) {
      double[] x = left.toDoubleArray();
      double[] y = right.toDoubleArray();
      var c = new double[m * n];
      result = c;
      product = () -> DoubleGemm.run(m, n, k, x, 0, ars, acs, y, 0, brs, bcs, c, 0);
    } else {
      float[] x = left.toFloatArray();
      float[] y = right.toFloatArray();
      var c = new float[m * n];
      result = c;
      product = () -> Gemm.run(m, n, k, x, 0, ars, acs, y, 0, brs, bcs, c, 0);
    }
  }

  /// The product, into memory that exists.
  @Benchmark
  public Object product() {
    product.run();
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
