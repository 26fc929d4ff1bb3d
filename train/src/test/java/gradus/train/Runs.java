// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import gradus.Generator;
import gradus.Tensor;
import gradus.data.DataLoader;
import gradus.data.TensorDataset;
import gradus.nn.BatchNorm1d;
import gradus.nn.CrossEntropyLoss;
import gradus.nn.Dropout;
import gradus.nn.Linear;
import gradus.nn.ReLU;
import gradus.nn.Sequential;
import gradus.optim.Adam;
import gradus.optim.ExponentialLR;
import java.util.function.UnaryOperator;

/// A small classification with all that makes resuming hard: dropout, shuffling, batch
/// normalisation, Adam and a scheduler.
final class Runs {
  static final int CLASSES = 3;

  private Runs() {}

  /// Examples of three classes that a linear map tells apart, the same each time.
  static TensorDataset examples(int n, long seed) {
    Tensor x = new Generator(seed).normal(0, 1, n, 8);
    Tensor w = new Generator(99).normal(0, 1, 8, CLASSES);
    return new TensorDataset(x, x.matmul(w).argmax(1));
  }

  static DataLoader trainLoader() {
    return new DataLoader(
        examples(200, 1), DataLoader.options().batchSize(32).shuffle(true).seed(4));
  }

  static DataLoader valLoader() {
    return new DataLoader(examples(60, 2), 25);
  }

  static Sequential model(long seed) {
    try (var _ = Generator.scope(seed)) {
      return new Sequential(
          new Linear(8, 16),
          new BatchNorm1d(16),
          new ReLU(),
          new Dropout(0.3),
          new Linear(16, CLASSES));
    }
  }

  /// A trainer of a new model from its seed.
  static Trainer trainer(long seed, UnaryOperator<TrainerOptions> options) {
    Sequential model = model(seed);
    var optimizer = new Adam(model.parameters(), 0.01);
    return new Trainer(
        model,
        new CrossEntropyLoss(),
        optimizer,
        trainLoader(),
        options.apply(
            Trainer.options()
                .validation(valLoader())
                .metrics(Metric.accuracy())
                .scheduler(new ExponentialLR(optimizer, 0.9))
                .seed(seed)));
  }
}
