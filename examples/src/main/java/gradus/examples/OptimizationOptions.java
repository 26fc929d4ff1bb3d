// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.Parameter;
import gradus.nn.Penalty;
import gradus.optim.Optimizer;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What the weights follow.
final class OptimizationOptions {
  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      defaultValue = "adamw",
      description = "${COMPLETION-CANDIDATES}.")
  OptimizerKind optimizer = OptimizerKind.ADAMW;

  @Option(
      names = "--lr",
      paramLabel = "X",
      description = "Learning rate at the start.%n  Default: 0.001, for sgd 0.02")
  @Nullable Double lr;

  @Option(names = "--momentum", paramLabel = "X", description = "Momentum of sgd.%n  Default: 0.9")
  @Nullable Double momentum;

  @Option(
      names = "--weight-decay",
      paramLabel = "X",
      description =
          "Weight decay of the optimizer.%n  Default: 0.5 for adamw, else 0.0005; 0 with --reg")
  @Nullable Double weightDecay;

  @Option(
      names = "--reg",
      paramLabel = "X",
      description =
          "L2 penalty: adds X/2 times the sum of all squared weights, but not biases, to the loss.")
  @Nullable Double reg;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "20",
      description = "Passes over the training images.")
  int epochs = 20;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "128",
      description = "Images in a step.")
  int batchSize = 128;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description =
          "Stop after this many epochs in a row without a better validation accuracy.%n"
              + "  Default: never")
  @Nullable Integer patience;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "All that is random follows from it.")
  long seed = 1;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads to compute with; results don't depend on it.%n  Default: all processors")
  @Nullable Integer threads;

  void check(Usage usage) {
    usage.positive("--lr", lr);
    usage.notNegative("--weight-decay", weightDecay);
    usage.notNegative("--reg", reg);
    usage.require(
        "--momentum",
        momentum,
        momentum == null || optimizer.momentum().isPresent(),
        "--optimizer %s has none; it is for sgd".formatted(optimizer));
    usage.require(
        "--momentum",
        momentum,
        momentum == null || (momentum >= 0 && momentum < 1),
        "must be in [0, 1)");
    usage.positive("--epochs", epochs);
    usage.positive("--batch-size", batchSize);
    usage.positive("--patience", patience);
    usage.positive("--threads", threads);
  }

  double lr() {
    return lr == null ? optimizer.lr() : lr;
  }

  private double momentum() {
    return momentum == null ? optimizer.momentum().orElse(0) : momentum;
  }

  private double weightDecay() {
    if (weightDecay != null) {
      return weightDecay;
    }
    return reg == null ? optimizer.weightDecay() : 0;
  }

  Optimizer<?> optimizer(Collection<Parameter> params) {
    return optimizer.make(params, new OptimizerKind.Settings(lr(), weightDecay(), momentum()));
  }

  @Nullable Penalty penalty() {
    return reg == null || reg == 0 ? null : Penalty.l2(reg);
  }

  /// Puts all that decides the results, but when the training ends.
  void describe(Map<String, String> settings) {
    settings.put("--optimizer", optimizer.toString());
    settings.put("--lr", Double.toString(lr()));
    if (optimizer.momentum().isPresent()) {
      settings.put("--momentum", Double.toString(momentum()));
    }
    settings.put("--weight-decay", Double.toString(weightDecay()));
    settings.put("--reg", Double.toString(reg == null ? 0 : reg));
    settings.put("--batch-size", Integer.toString(batchSize));
    settings.put("--seed", Long.toString(seed));
  }
}
