// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import gradus.Tensor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What does one node of the tape cost, forward and backward, where the arithmetic is next to
/// nothing?
///
/// `./gradus bench TapeBenchmark`
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class TapeBenchmark {
  private static final int NODES = 1000;

  private final Tensor x = Tensor.scalar(1.0).requiresGrad(true);
  private final Tensor c = Tensor.scalar(1.0001);

  /// A chain of additions.
  @Benchmark
  @OperationsPerInvocation(NODES)
  public Object add() {
    Tensor y = x;
    for (int i = 0; i < NODES; i++) {
      y = y.add(x);
    }
    return run(y);
  }

  /// A chain of products, which save a value each.
  @Benchmark
  @OperationsPerInvocation(NODES)
  public Object mul() {
    Tensor y = x;
    for (int i = 0; i < NODES; i++) {
      y = y.mul(c);
    }
    return run(y);
  }

  private Object run(Tensor y) {
    x.zeroGrad();
    y.backward();
    return y;
  }
}
