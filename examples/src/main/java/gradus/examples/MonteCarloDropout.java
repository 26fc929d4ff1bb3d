// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.Generator;
import gradus.Grad;
import gradus.Tensor;
import gradus.nn.Dropout;
import gradus.nn.DropoutLayer;
import gradus.nn.F;
import gradus.nn.Linear;
import gradus.nn.ReLU;
import gradus.nn.Sequential;
import gradus.optim.Adam;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The program of `docs/uncertainty.md`: how sure a network is, by dropout at test time.
public final class MonteCarloDropout {
  private MonteCarloDropout() {}

  /// Learns a parabola from examples in [−1, 1] and prints predictions in and beyond it.
  public static void main(String[] args) {
    try (var _ = Generator.scope(0)) {
      run();
    }
  }

  private static void run() {
    var model =
        new Sequential(
            new Linear(1, 64),
            new ReLU(),
            new Dropout(0.1),
            new Linear(64, 64),
            new ReLU(),
            new Dropout(0.1),
            new Linear(64, 1));
    Tensor examples = Tensor.rand(256, 1).mul(2).sub(1);
    Tensor targets = examples.square().add(Tensor.randn(256, 1).mul(0.05));
    var optimizer = new Adam(model.parameters(), 0.01);
    for (int step = 0; step < 500; step++) {
      optimizer.zeroGrad();
      F.mseLoss(model.apply(examples), targets).backward();
      optimizer.step();
    }

    Tensor x = Tensor.of(0, 0.5, 1, 2, 4).reshape(-1, 1);
    Tensor samples = samples(model, x, 200);
    float[] mean = samples.mean(0).toFloatArray();
    float[] std = samples.std(0).toFloatArray();
    for (int i = 0; i < mean.length; i++) {
      IO.println(
          String.format(Locale.ROOT, "%.1f: %.2f ± %.2f", x.select(0, i).item(), mean[i], std[i]));
    }
  }

  /// Returns `count` predictions `[count, N, …]` for x, each with other units dropped.
  static Tensor samples(Sequential model, Tensor x, int count) {
    try (var _ = model.evaluating();
        var _ = Grad.off()) {
      model.modules().stream()
          .filter(DropoutLayer.class::isInstance)
          .forEach(dropout -> dropout.train());
      List<Tensor> samples = Stream.generate(() -> model.apply(x)).limit(count).toList();
      return Tensor.stack(samples, 0);
    }
  }
}
