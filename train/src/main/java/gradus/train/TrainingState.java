// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import gradus.Generator;
import gradus.nn.Layer;
import gradus.optim.Stateful;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// How far a training is. With the states of model, optimizer, scheduler and callbacks this is all
/// that its next step depends on, and what a [Checkpoint] holds.
final class TrainingState {
  /// Keeps the training's random numbers apart from those that others draw from the same seed.
  private static final long STREAM = 0x747261696eL;

  /// Draws what is random in the model.
  final Generator generator;

  /// The epoch in progress, how many of its batches are done, and their sums.
  int epoch;

  int batch;
  Tally tally;

  /// Steps in all.
  long step;

  /// The epochs that have ended, the best of them, and how many came after that.
  History history;

  @Nullable Best best;
  int badEpochs;

  /// The state before the first step.
  TrainingState(TrainerOptions options) {
    generator = new Generator(options.seed()).derive(STREAM);
    tally = new Tally(options.metrics());
    history = new History(options.columns(), List.of());
  }

  void nextEpoch(TrainerOptions options) {
    epoch++;
    batch = 0;
    tally = new Tally(options.metrics());
  }

  /// Returns whether `value` of this epoch is better than all before; if so, keeps the weights.
  boolean isBest(Monitor monitor, double value, Layer model) {
    boolean better = monitor.isBetter(value, best == null ? Double.NaN : best.value());
    if (better) {
      best = new Best(epoch, value, model.stateDict());
    }
    badEpochs = better ? 0 : badEpochs + 1;
    return better;
  }

  /// Returns what to write, with texts of callbacks.
  Checkpoint checkpoint(Trainer trainer, SequencedMap<String, String> extra) {
    Stateful scheduler = trainer.settings().scheduler();
    return new Checkpoint(
        epoch,
        batch,
        step,
        trainer.loader().length(),
        trainer.model().stateDict(),
        trainer.optimizer().stateDict(),
        scheduler == null ? null : scheduler.stateDict(),
        stateful(trainer.settings()).stream().map(Stateful::stateDict).toList(),
        generator.getState(),
        history,
        tally.state(),
        best,
        badEpochs,
        extra);
  }

  private static List<Stateful> stateful(TrainerOptions options) {
    return options.callbacks().stream()
        .filter(Stateful.class::isInstance)
        .map(Stateful.class::cast)
        .toList();
  }

  /// Sets this, and the trainer's model, optimizer, scheduler and callbacks, from what was written.
  ///
  /// @throws IllegalArgumentException if it does not fit
  void load(Trainer trainer, Checkpoint from) {
    TrainerOptions options = trainer.settings();
    List<Stateful> callbacks = stateful(options);
    requireFit(trainer.loader().length(), options.scheduler() != null, callbacks.size(), from);
    Tally sums = new Tally(options.metrics());
    sums.load(from.sums());
    trainer.model().loadStateDict(from.model());
    trainer.optimizer().loadStateDict(from.optimizer());
    if (options.scheduler() != null && from.scheduler() != null) {
      options.scheduler().loadStateDict(from.scheduler());
    }
    for (int i = 0; i < callbacks.size(); i++) {
      callbacks.get(i).loadStateDict(from.callbacks().get(i));
    }
    generator.setState(from.generator());
    tally = sums;
    epoch = from.epoch();
    batch = from.batch();
    step = from.step();
    history = from.history();
    best = from.best();
    badEpochs = from.badEpochs();
  }

  private void requireFit(int batches, boolean scheduler, int callbacks, Checkpoint from) {
    if (from.batches() != batches) {
      throw new IllegalArgumentException(
          "was written with %d batches in an epoch, but this loader has %d; use the same data and batch size"
              .formatted(from.batches(), batches));
    }
    if (from.batch() > from.batches()) {
      throw new IllegalArgumentException(
          "batch %d is not one of the %d batches".formatted(from.batch(), from.batches()));
    }
    if (!from.history().columns().equals(history.columns())) {
      throw new IllegalArgumentException(
          "was written with the numbers %s, but this trainer has %s; use the same metrics and validation"
              .formatted(from.history().columns(), history.columns()));
    }
    if ((from.scheduler() != null) != scheduler) {
      throw new IllegalArgumentException(
          scheduler
              ? "was written without a scheduler; use none"
              : "was written with a scheduler; use the same");
    }
    if (from.callbacks().size() != callbacks) {
      throw new IllegalArgumentException(
          "was written with %d callbacks that have a state, but this trainer has %d; use the same"
              .formatted(from.callbacks().size(), callbacks));
    }
  }
}
