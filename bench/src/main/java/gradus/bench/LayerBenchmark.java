// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import gradus.Generator;
import gradus.Tensor;
import gradus.nn.BatchNorm1d;
import gradus.nn.Dropout;
import gradus.nn.GRU;
import gradus.nn.GroupNorm;
import gradus.nn.LSTM;
import gradus.nn.Layer;
import gradus.nn.LayerNorm;
import gradus.nn.Module;
import gradus.nn.MultiheadAttention;
import gradus.nn.RMSNorm;
import gradus.nn.TransformerEncoderLayer;
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

/// What does a layer cost, forward and backward, on 4096 rows of 512 numbers, or, where order
/// matters, on 8 sequences of 64 such rows?
///
/// `./gradus bench LayerBenchmark`
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class LayerBenchmark {
  private static final int SIZE = 512;

  /// Which layer.
  @Param({
    "BatchNorm1d",
    "LayerNorm",
    "RMSNorm",
    "GroupNorm",
    "Dropout",
    "LSTM",
    "GRU",
    "MultiheadAttention",
    "TransformerEncoderLayer"
  })
  public String layer = "LayerNorm";

  private Module made = new LayerNorm(SIZE);
  private UnaryOperator<Tensor> forward = new LayerNorm(SIZE);
  private Tensor x = Tensor.zeros(1, SIZE);
  private Tensor gradient = x;

  /// Makes the layer, its input and the gradient of its output.
  @Setup
  public void setUp() {
    Generator.seed(1);
    boolean ordered = true;
    switch (layer) {
      case "LSTM" -> {
        var net = new LSTM(SIZE, SIZE, LSTM.options().batchFirst(true));
        made = net;
        forward = in -> net.apply(in).sequence();
      }
      case "GRU" -> {
        var net = new GRU(SIZE, SIZE, GRU.options().batchFirst(true));
        made = net;
        forward = in -> net.apply(in).sequence();
      }
      case "MultiheadAttention" -> {
        var attention = new MultiheadAttention(SIZE, 8);
        made = attention;
        forward = in -> attention.apply(in, in, in).output();
      }
      case "TransformerEncoderLayer" -> use(new TransformerEncoderLayer(SIZE, 8));
      default -> {
        ordered = false;
        use(rowWise());
      }
    }
    int[] sizes = ordered ? new int[] {8, 64, SIZE} : new int[] {4096, SIZE};
    x = Tensor.randn(sizes).requiresGrad(true);
    gradient = Tensor.randn(sizes);
  }

  private void use(Layer chosen) {
    made = chosen;
    forward = chosen;
  }

  private Layer rowWise() {
    return switch (layer) {
      case "BatchNorm1d" -> new BatchNorm1d(SIZE);
      case "LayerNorm" -> new LayerNorm(SIZE);
      case "RMSNorm" -> new RMSNorm(SIZE);
      case "GroupNorm" -> new GroupNorm(8, SIZE);
      case "Dropout" -> new Dropout();
      default -> throw new IllegalArgumentException(layer);
    };
  }

  /// Forward and backward, to the gradients of the input and the parameters.
  @Benchmark
  public Object step() {
    x.zeroGrad();
    made.zeroGrad();
    Tensor y = forward.apply(x);
    y.backward(gradient);
    return y;
  }
}
