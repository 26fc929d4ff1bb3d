// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import static gradus.nn.F.crossEntropy;
import static gradus.nn.F.relu;

import gradus.Generator;
import gradus.Grad;
import gradus.Tensor;
import gradus.data.Batch;
import gradus.data.DataLoader;
import gradus.data.ImageDatasets;
import gradus.data.Normalize;
import gradus.data.SyntheticImages;
import gradus.nn.Layer;
import gradus.nn.Linear;
import gradus.nn.Safetensors;
import gradus.optim.Adam;
import gradus.optim.ExponentialLR;
import java.io.IOException;
import java.nio.file.Path;

/// A two-layer net on CIFAR-10, every step spelled out.
///
/// The argument is the path of the images; without it, generated ones are used.
public final class Cifar10Mlp {
  /// 3072 pixels, 100 hidden units, 10 classes.
  static final class Net extends Layer {
    private final Linear fc1 = new Linear(3 * 32 * 32, 100);
    private final Linear fc2 = new Linear(100, 10);

    @Override
    protected Tensor forward(Tensor x) {
      return fc2.apply(relu(fc1.apply(x.flatten(1))));
    }
  }

  private Cifar10Mlp() {}

  /// Trains for ten epochs and writes `net.safetensors`.
  public static void main(String[] args) throws IOException {
    Generator.seed(1);
    ImageDatasets data =
        args.length > 0
            ? ImageDatasets.open(Path.of(args[0]))
            : SyntheticImages.generate(6000, 1000, 0);
    Normalize normalize = Normalize.fit(data.train());
    var trainLoader =
        new DataLoader(
            data.train().map(normalize), DataLoader.options().batchSize(128).shuffle(true));
    var testLoader = new DataLoader(data.test().map(normalize), 500);

    var model = new Net();
    var optimizer = new Adam(model.parameters(), Adam.options().lr(1e-3).weightDecay(1e-4));
    var scheduler = new ExponentialLR(optimizer, 0.8);
    for (int epoch = 0; epoch < 10; epoch++) {
      double sum = 0;
      for (Batch batch : trainLoader) {
        optimizer.zeroGrad();
        Tensor loss = crossEntropy(model.apply(batch.x()), batch.y());
        loss.backward();
        optimizer.step();
        sum += loss.item();
      }
      scheduler.step();
      System.out.printf(
          "epoch %d: loss %.4f, test accuracy %.4f%n",
          epoch, sum / trainLoader.length(), accuracy(model, testLoader));
    }
    Safetensors.save(Path.of("net.safetensors"), model.stateDict());
  }

  private static double accuracy(Net model, DataLoader loader) {
    double correct = 0;
    try (var _ = Grad.off();
        var _ = model.evaluating()) {
      for (Batch batch : loader) {
        correct += model.apply(batch.x()).argmax(1).eq(batch.y()).sum().item();
      }
    }
    return correct / loader.dataset().size();
  }
}
