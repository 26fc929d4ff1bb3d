// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import gradus.Approximate;
import gradus.Grad;
import gradus.Tensor;
import gradus.Threads;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
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

/// How long does an op take over a matrix of 1000 × 1000 floats, its result's allocation included?
///
/// `./gradus bench OpsBenchmark -p op=EXP,TANH -p threads=1,2`
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 7, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls setUp
public class OpsBenchmark {
  private static final int N = 1000;

  /// Elements of the matrix.
  static final int ELEMENTS = N * N;

  private static final Tensor OTHER = Tensor.randn(N, N);
  private static final Tensor ROW = Tensor.randn(N);

  /// What is done, and how many floats it reads and writes for each of the matrix.
  @SuppressWarnings("ImmutableEnumChecker") // The functions hold no state.
  public enum Op {
    /// Of two matrices.
    ADD(x -> x.add(OTHER), 3),
    /// Of two matrices.
    MUL(x -> x.mul(OTHER), 3),
    /// A matrix and a row.
    BIAS(x -> x.add(ROW), 2),
    /// Pointwise.
    RELU(Tensor::relu, 2),
    /// Pointwise.
    EXP(Tensor::exp, 2),
    /// Of absolute values.
    LOG(x -> x.log(), 2),
    /// Pointwise.
    TANH(Tensor::tanh, 2),
    /// Pointwise.
    SIGMOID(Tensor::sigmoid, 2),
    /// Pointwise.
    ERF(Tensor::erf, 2),
    /// Pointwise, by erf.
    GELU(Tensor::gelu, 2),
    /// Pointwise, by tanh.
    GELU_TANH(x -> x.gelu(Approximate.TANH), 2),
    /// Of each row.
    SOFTMAX(x -> x.softmax(1), 2),
    /// Of each row.
    LOG_SOFTMAX(x -> x.logSoftmax(1), 2),
    /// Of everything.
    SUM(x -> x.sum(), 1),
    /// Of each column.
    MEAN_0(x -> x.mean(0), 1),
    /// Of each row.
    MEAN_1(x -> x.mean(1), 1),
    /// Of everything.
    ARGMAX(x -> x.argmax(), 1),
    /// Of each row.
    ARGMAX_1(x -> x.argmax(1), 1),
    /// As it lies.
    COPY(Tensor::copy, 2),
    /// Of the transposed matrix.
    COPY_T(x -> x.t().contiguous(), 2);

    private final UnaryOperator<Tensor> body;

    /// Floats moved for each element.
    final int moved;

    Op(UnaryOperator<Tensor> body, int moved) {
      this.body = body;
      this.moved = moved;
    }
  }

  /// Which op.
  @Param public Op op = Op.ADD;

  /// How many threads.
  @Param({"1"})
  public int threads = 1;

  private Tensor x;

  /// Makes the matrix.
  @Setup
  public void setUp() {
    Threads.count(threads);
    x = Tensor.randn(N, N);
    x = op == Op.LOG ? x.abs() : x;
  }

  /// The op.
  @Benchmark
  public Tensor run() {
    try (var _ = Grad.off()) {
      return op.body.apply(x);
    }
  }
}
