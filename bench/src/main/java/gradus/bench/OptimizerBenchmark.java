// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import gradus.Generator;
import gradus.Parameter;
import gradus.optim.Adadelta;
import gradus.optim.Adagrad;
import gradus.optim.Adam;
import gradus.optim.AdamW;
import gradus.optim.Adamax;
import gradus.optim.Lion;
import gradus.optim.NAdam;
import gradus.optim.Optimizer;
import gradus.optim.RAdam;
import gradus.optim.RMSprop;
import gradus.optim.SGD;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What does a step cost per parameter, in float32, on one thread and with all arrays in cache?
///
/// `./gradus bench OptimizerBenchmark`
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class OptimizerBenchmark {
  private static final int PARAMETERS = 1 << 14;

  /// The optimizer, and what it is asked for.
  public enum Kind {
    /// Without momentum.
    SGD,
    /// With momentum 0.9.
    SGD_MOMENTUM,
    /// Adam.
    ADAM,
    /// Adam that keeps the largest mean of squares.
    ADAM_AMSGRAD,
    /// AdamW.
    ADAMW,
    /// Adagrad.
    ADAGRAD,
    /// RMSprop.
    RMSPROP,
    /// RMSprop, centered, with momentum.
    RMSPROP_CENTERED_MOMENTUM,
    /// Adadelta.
    ADADELTA,
    /// Adamax.
    ADAMAX,
    /// NAdam.
    NADAM,
    /// RAdam.
    RADAM,
    /// Lion.
    LION;

    private Optimizer<?> make(List<Parameter> of) {
      return switch (this) {
        case SGD -> new SGD(of, 1e-6);
        case SGD_MOMENTUM -> new SGD(of, gradus.optim.SGD.options().lr(1e-6).momentum(0.9));
        case ADAM -> new Adam(of, 1e-6);
        case ADAM_AMSGRAD -> new Adam(of, Adam.options().lr(1e-6).amsgrad(true));
        case ADAMW -> new AdamW(of, 1e-6);
        case ADAGRAD -> new Adagrad(of, 1e-6);
        case RMSPROP -> new RMSprop(of, 1e-6);
        case RMSPROP_CENTERED_MOMENTUM ->
            new RMSprop(of, RMSprop.options().lr(1e-6).centered(true).momentum(0.9));
        case ADADELTA -> new Adadelta(of, 1e-6);
        case ADAMAX -> new Adamax(of, 1e-6);
        case NADAM -> new NAdam(of, 1e-6);
        case RADAM -> new RAdam(of, 1e-6);
        case LION -> new Lion(of, 1e-6);
      };
    }
  }

  /// Which optimizer.
  @Param public Kind kind = Kind.SGD;

  private Optimizer<?> optimizer;

  /// Makes parameters and gradients.
  @Setup
  public void setUp() {
    var generator = new Generator(1);
    var parameter = new Parameter(generator.normal(0, 1, PARAMETERS));
    parameter.grad(generator.normal(0, 1, PARAMETERS));
    optimizer = kind.make(List.of(parameter));
  }

  /// One step.
  @Benchmark
  @OperationsPerInvocation(PARAMETERS)
  public void step() {
    optimizer.step();
  }
}
