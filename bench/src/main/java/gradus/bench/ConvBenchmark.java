// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import gradus.Autograd;
import gradus.ConvOptions;
import gradus.Tensor;
import gradus.Threads;
import gradus.kernel.Conv;
import gradus.kernel.ConvAxis;
import gradus.kernel.ConvShape;
import java.util.Arrays;
import java.util.List;
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

/// How long does a convolution take, and its derivatives, beside a product of matrices of as many
/// operations? Once into memory that exists, as a training step has it from the step before, and
/// once as an op whose result is allocated.
///
/// `./gradus bench conv` divides what it reaches by what the processor can do.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 6, time = 1)
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

  private ConvShape convolution;
  private float[] image;
  private int[] imageStrides;
  private float[] weights;
  private float[] cotangent;
  private int[] cotangentStrides;
  private float[] y;
  private float[] dx;
  private float[] dw;

  /// Floating-point operations of a convolution, and of each of its derivatives.
  static double operations(String shape) {
    int[] s = sizes(shape);
    return 2.0 * s[0] * s[1] * s[2] * s[2] * s[3] * s[4] * s[4];
  }

  private static int[] sizes(String shape) {
    return Arrays.stream(shape.split("[x,]", -1)).mapToInt(Integer::parseInt).toArray();
  }

  /// Makes inputs, weights and cotangents.
  @Setup
  public void setUp() {
    Threads.count(threads);
    int[] sizes = sizes(shape);
    int n = sizes[0];
    int in = sizes[1];
    int size = sizes[2];
    int out = sizes[3];
    int kernel = sizes[4];
    options = ConvOptions.defaults().padding(kernel / 2);
    x = Tensor.randn(n, in, size, size);
    w = Tensor.randn(out, in, kernel, kernel);
    leafX = x.copy().requiresGrad(true);
    leafW = w.copy().requiresGrad(true);
    byInput = leafX.conv2d(w, null, options);
    byWeight = x.conv2d(leafW, null, options);
    Tensor gradient = Tensor.randn(n, out, size, size);
    again = Autograd.options().retainGraph(true).gradient(gradient);
    a = Tensor.randn(n * size * size, in * kernel * kernel);
    b = Tensor.randn(in * kernel * kernel, out);

    var axis = new ConvAxis(size, size, kernel, 1, kernel / 2, 1);
    convolution = new ConvShape(n, 1, in, out, ConvAxis.NONE, axis, axis);
    image = x.toFloatArray();
    imageStrides = strides(in, size);
    weights = w.toFloatArray();
    cotangent = gradient.toFloatArray();
    cotangentStrides = strides(out, size);
    y = new float[cotangent.length];
    dx = new float[image.length];
    dw = new float[weights.length];
  }

  /// Strides of `[batch, channels, 1, size, size]`.
  private static int[] strides(int channels, int size) {
    int pixels = size * size;
    return new int[] {channels * pixels, pixels, pixels, size, 1};
  }

  /// The convolution, into memory that exists.
  @Benchmark
  public float[] forward() {
    Conv.forward(convolution, image, 0, imageStrides, weights, 0, null, 0, y);
    return y;
  }

  /// Its derivative by the input, into memory that exists.
  @Benchmark
  public float[] inputGradient() {
    Conv.inputGradient(convolution, cotangent, 0, cotangentStrides, weights, 0, null, 0, dx);
    return dx;
  }

  /// Its derivative by the weights, into memory that exists.
  @Benchmark
  public float[] weightGradient() {
    Arrays.fill(dw, 0);
    Conv.weightGradient(convolution, image, 0, imageStrides, cotangent, 0, dw);
    return dw;
  }

  /// The op, whose result is allocated.
  @Benchmark
  public Tensor conv2d() {
    return x.conv2d(w, null, options);
  }

  /// Its derivative by the input, allocated.
  @Benchmark
  public List<Tensor> gradByInput() {
    return Autograd.grad(byInput, List.of(leafX), again);
  }

  /// Its derivative by the weights, allocated.
  @Benchmark
  public List<Tensor> gradByWeight() {
    return Autograd.grad(byWeight, List.of(leafW), again);
  }

  /// The product of as many numbers, as if the windows were rows already.
  @Benchmark
  public Tensor matmul() {
    return a.matmul(b);
  }
}
