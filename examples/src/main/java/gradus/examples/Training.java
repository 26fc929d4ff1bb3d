// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.Generator;
import gradus.Tensor;
import gradus.data.Batch;
import gradus.data.DataLoader;
import gradus.data.Dataset;
import gradus.nn.F;
import gradus.nn.Mlp;
import gradus.optim.CosineAnnealingLR;
import gradus.optim.Optimizer;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/// A training run of a classifier: what the command line does between reading and writing.
record Training(
    Mlp.Options architecture,
    OptimizerKind optimizerKind,
    double lr,
    double weightDecay,
    int epochs,
    int batchSize,
    long seed) {
  /// @param seconds how long the epochs took, validation included
  /// @param samplesPerSecond training examples a second, validation left out
  record Result(Mlp model, double seconds, double samplesPerSecond) {}

  /// Trains a new model and prints a line per epoch.
  ///
  /// @throws IllegalStateException if the loss stops being a finite number
  Result run(Dataset train, @Nullable Dataset val, PrintWriter out) {
    try (var _ = Generator.scope(seed)) {
      var model = new Mlp(architecture);
      out.println(model);
      out.printf("%,d parameters%n", model.numParameters());
      Optimizer<?> optimizer = optimizerKind.make(model, lr, weightDecay);
      // A last batch of one example has no variance to normalise by.
      boolean dropLast =
          architecture.batchNorm() && train.size() % batchSize == 1 && train.size() > batchSize;
      var loader =
          new DataLoader(
              train,
              DataLoader.options()
                  .batchSize(batchSize)
                  .shuffle(true)
                  .dropLast(dropLast)
                  .seed(seed));
      var scheduler = new CosineAnnealingLR(optimizer, epochs);
      long start = System.nanoTime();
      long training = 0;
      for (int epoch = 1; epoch <= epochs; epoch++) {
        long begun = System.nanoTime();
        double rate = scheduler.getLastLr()[0];
        double loss = epoch(model, optimizer, loader, epoch);
        scheduler.step();
        long took = System.nanoTime() - begun;
        training += took;
        var line = new StringBuilder("epoch %3d/%d  loss %.4f".formatted(epoch, epochs, loss));
        if (val != null) {
          Score score = Outputs.of(model, val).score();
          line.append(
              "  validation loss %.4f accuracy %.4f".formatted(score.loss(), score.accuracy()));
        }
        out.println(line.append("  lr %.2e  %.1f s".formatted(rate, took / 1e9)));
        out.flush();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Result(model, seconds, (double) train.size() * epochs / (training / 1e9));
    }
  }

  /// Returns the mean loss of the epoch's steps.
  private double epoch(Mlp model, Optimizer<?> optimizer, DataLoader loader, int epoch) {
    model.train();
    double sum = 0;
    int steps = 0;
    for (Batch batch : loader) {
      optimizer.zeroGrad();
      Tensor loss = F.crossEntropy(model.apply(batch.x()), batch.y());
      double value = loss.item();
      steps++;
      if (!Double.isFinite(value)) {
        throw new IllegalStateException(
            "the loss became %s in step %d of epoch %d: the training diverged; try a smaller --lr (it is %s), --batch-norm or another --seed"
                .formatted(value, steps, epoch, lr));
      }
      loss.backward();
      optimizer.step();
      sum += value;
    }
    return sum / steps;
  }
}
