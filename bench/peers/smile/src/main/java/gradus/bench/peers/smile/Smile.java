// SPDX-License-Identifier: Apache-2.0
package gradus.bench.peers.smile;

import gradus.bench.peers.Framework;
import gradus.bench.peers.Model;
import gradus.bench.peers.Noise;
import gradus.bench.peers.Program;
import java.util.Arrays;
import java.util.stream.IntStream;
import smile.base.mlp.Layer;
import smile.base.mlp.LayerBuilder;
import smile.base.mlp.OutputFunction;
import smile.classification.MLP;
import smile.util.function.TimeFunction;

/// Smile: perceptrons in float64, one example after the other, with products of a matrix and a
/// vector by OpenBLAS. It has neither Adam nor batch norm, so B and C are trained with momentum,
/// and C without norm.
public final class Smile implements Framework {
  private Smile(int threads) {}

  /// Runs a task.
  public static void main(String[] args) {
    Program.run(Smile::new, args);
  }

  @Override
  public String version() {
    return "Smile 4.4.2";
  }

  @Override
  public Training train(Model model) {
    MLP net = net(model);
    net.setLearningRate(TimeFunction.constant(model.rate()));
    net.setMomentum(TimeFunction.constant(0.9));
    var inputs = new double[Noise.BATCHES][][];
    var labels = new int[Noise.BATCHES][];
    var noise = new Noise(model);
    int features = model.inputShape(1)[1];
    for (int i = 0; i < Noise.BATCHES; i++) {
      noise.next();
      float[] values = noise.inputs();
      inputs[i] =
          IntStream.range(0, model.batch())
              .mapToObj(
                  n ->
                      IntStream.range(n * features, (n + 1) * features)
                          .mapToDouble(k -> values[k])
                          .toArray())
              .toArray(double[][]::new);
      labels[i] = Arrays.stream(noise.labels()).mapToInt(Math::toIntExact).toArray();
    }
    return new Training() {
      private int next;

      @Override
      public void step() {
        int i = next++ % Noise.BATCHES;
        net.update(inputs[i], labels[i]);
      }

      @Override
      public double loss() {
        step();
        return Double.NaN;
      }
    };
  }

  @Override
  public Runnable infer(int examples) {
    MLP net = net(Model.C);
    var rows = new double[examples][3072];
    return () -> {
      for (double[] row : rows) {
        net.predict(row);
      }
    };
  }

  @Override
  public Runnable chain(int additions) {
    throw new UnsupportedOperationException("no automatic differentiation");
  }

  private static MLP net(Model model) {
    LayerBuilder input = Layer.input(3072);
    LayerBuilder output = Layer.mle(10, OutputFunction.SOFTMAX);
    return switch (model) {
      case A -> new MLP(input, Layer.rectifier(50), output);
      case B -> new MLP(input, Layer.sigmoid(100), output);
      case C -> new MLP(input, Layer.rectifier(1024, 0.5), Layer.rectifier(512, 0.5), output);
      case D -> throw new UnsupportedOperationException("eight times the work of C, many seconds a step");
      case TINY -> throw new UnsupportedOperationException("no such loss in its classifier");
      case CNN_S -> throw new UnsupportedOperationException("no convolutions");
    };
  }
}
