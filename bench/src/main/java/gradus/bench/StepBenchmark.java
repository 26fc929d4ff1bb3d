// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import gradus.Generator;
import gradus.Tensor;
import gradus.Threads;
import gradus.nn.F;
import gradus.nn.Mlp;
import gradus.optim.Adam;
import gradus.optim.Optimizer;
import gradus.optim.SGD;
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

/// How long does a whole training step take: forward, backward and update, the batch at hand?
///
/// `./gradus bench StepBenchmark -p threads=1,2`
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls setUp
public class StepBenchmark {
  /// A small net, one with the sigmoid, and a large one with batch norm and dropout.
  public enum Model {
    /// 3072-50-10 ReLU, SGD with momentum, batches of 100.
    A(100),
    /// 3072-100-10 sigmoid, Adam, batches of 256.
    B(256),
    /// 3072-1024-512-10 ReLU, batch norm, dropout ½, Adam, batches of 256.
    C(256);

    private final int batch;

    Model(int batch) {
      this.batch = batch;
    }

    private Mlp.Options architecture() {
      Mlp.Options o = Mlp.options(3072, 10);
      return switch (this) {
        case A -> o.hidden(50);
        case B -> o.hidden(100).activation(Mlp.Activation.SIGMOID);
        case C -> o.hidden(1024, 512).batchNorm(true).dropout(0.5);
      };
    }

    private Optimizer<?> optimizer(Mlp net) {
      return this == A
          ? new SGD(net.parameters(), SGD.options().lr(0.01).momentum(0.9))
          : new Adam(net.parameters(), 1e-3);
    }
  }

  /// Which model.
  @Param({"A", "B", "C"})
  public Model model = Model.A;

  /// How many threads.
  @Param({"1"})
  public int threads = 1;

  private Mlp net;
  private Optimizer<?> optimizer;
  private Tensor x;
  private Tensor y;

  /// Makes the net and a batch of noise.
  @Setup
  public void setUp() {
    Threads.count(threads);
    Generator.seed(1);
    net = new Mlp(model.architecture());
    optimizer = model.optimizer(net);
    x = Tensor.randn(model.batch, 3072);
    y = Tensor.randint(0, 10, model.batch);
  }

  /// A step.
  @Benchmark
  public double step() {
    optimizer.zeroGrad();
    Tensor loss = F.crossEntropy(net.apply(x), y);
    loss.backward();
    optimizer.step();
    return loss.item();
  }
}
