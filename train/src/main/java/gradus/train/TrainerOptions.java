// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import gradus.data.DataLoader;
import gradus.nn.Penalty;
import gradus.optim.LRScheduler;
import gradus.optim.ReduceLROnPlateau;
import gradus.optim.Stateful;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Options of a [Trainer]; [Trainer#options()] has the defaults.
///
/// @param validation what to validate with after each epoch, or null for no validation
/// @param metrics what to measure besides the loss
/// @param scheduler an [LRScheduler] or [ReduceLROnPlateau] of the trainer's optimizer, stepped
///   after each epoch, or null; the latter gets the monitored number, without one the training
///   loss. See also [#stepScheduler]
/// @param penalty what to add to the loss, in training and in validation, or null
/// @param clipGradNorm to what norm all gradients together are clipped, > 0; ∞ for no clipping
/// @param monitor which number tells the best epoch; null for the smallest `val_loss` with
///   validation, and no best epoch without
/// @param patience after how many epochs in a row that are not better than the best to stop, > 0;
///   `Integer.MAX_VALUE` for never
/// @param restoreBest whether the model gets the best epoch's weights back at the end
/// @param checkpoints the folder for `last.safetensors` and `best.safetensors`, made if missing, or
///   null for no checkpoints
/// @param checkpointEverySteps after how many steps `last.safetensors` is also written amid an
///   epoch; 0 for at the end of epochs only
/// @param callbacks what to call, in order
/// @param seed what dropout and the like are drawn from
public record TrainerOptions(
    @Nullable DataLoader validation,
    List<Metric> metrics,
    @Nullable Stateful scheduler,
    @Nullable Penalty penalty,
    double clipGradNorm,
    @Nullable Monitor monitor,
    int patience,
    boolean restoreBest,
    @Nullable Path checkpoints,
    int checkpointEverySteps,
    List<Callback> callbacks,
    long seed) {

  /// Checks the options and copies the lists.
  ///
  /// @throws IllegalArgumentException if one is out of its range, the scheduler is of another kind,
  ///   or two metrics have the same name
  public TrainerOptions {
    metrics = List.copyOf(metrics);
    callbacks = List.copyOf(callbacks);
    Check.that(clipGradNorm > 0, "Trainer", "clipGradNorm", clipGradNorm, "a number > 0");
    Check.that(patience > 0, "Trainer", "patience", patience, "a number > 0");
    Check.notNegative("Trainer", "checkpointEverySteps", checkpointEverySteps);
    if (scheduler != null
        && !(scheduler instanceof LRScheduler)
        && !(scheduler instanceof EachStep)
        && !(scheduler instanceof ReduceLROnPlateau)) {
      throw new IllegalArgumentException(
          "Trainer: scheduler %s is neither an LRScheduler nor a ReduceLROnPlateau"
              .formatted(scheduler.getClass().getSimpleName()));
    }
    var names = new LinkedHashSet<>(List.of("loss", "lr"));
    for (Metric metric : metrics) {
      Check.that(metric.name().matches("[^,\\s]+"), "Trainer", "metric", metric.name(), "a name");
      if (metric.name().startsWith("val_") || !names.add(metric.name())) {
        throw new IllegalArgumentException(
            "Trainer: a metric is named %s, which another column of the history is already"
                .formatted(metric.name()));
      }
    }
  }

  TrainerOptions() {
    this(
        null,
        List.of(),
        null,
        null,
        Double.POSITIVE_INFINITY,
        null,
        Integer.MAX_VALUE,
        true,
        null,
        0,
        List.of(),
        0);
  }

  /// Returns the names of the numbers in the [History].
  List<String> columns() {
    List<String> columns = new ArrayList<>();
    for (String prefix : validation == null ? List.of("") : List.of("", "val_")) {
      columns.add(prefix + "loss");
      metrics.forEach(metric -> columns.add(prefix + metric.name()));
    }
    columns.add("lr");
    return columns;
  }

  /// Returns the monitor, or what it is if none is given.
  ///
  /// @throws IllegalArgumentException if it names no column, or something needs one that is missing
  @Nullable Monitor monitorOrDefault() {
    if (monitor != null && !columns().contains(monitor.metric())) {
      throw new IllegalArgumentException(
          "Trainer: monitor %s is not among the numbers %s%s"
              .formatted(
                  monitor.metric(),
                  columns(),
                  monitor.metric().startsWith("val_") && validation == null
                      ? "; give a validation loader"
                      : ""));
    }
    Monitor used = monitor == null && validation != null ? Monitor.min("val_loss") : monitor;
    if (used == null && patience != Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Trainer: patience %d has nothing to watch; give a validation loader or a monitor"
              .formatted(patience));
    }
    return used;
  }

  /// Returns the same, validating with this loader after each epoch, or not at all if it is null.
  public TrainerOptions validation(@Nullable DataLoader value) {
    return new TrainerOptions(
        value,
        metrics,
        scheduler,
        penalty,
        clipGradNorm,
        monitor,
        patience,
        restoreBest,
        checkpoints,
        checkpointEverySteps,
        callbacks,
        seed);
  }

  /// Returns the same with other metrics.
  public TrainerOptions metrics(List<Metric> value) {
    return new TrainerOptions(
        validation,
        value,
        scheduler,
        penalty,
        clipGradNorm,
        monitor,
        patience,
        restoreBest,
        checkpoints,
        checkpointEverySteps,
        callbacks,
        seed);
  }

  /// Returns the same with these metrics.
  public TrainerOptions metrics(Metric... value) {
    return metrics(List.of(value));
  }

  /// Returns the same with another [LRScheduler] or [ReduceLROnPlateau], or none.
  public TrainerOptions scheduler(@Nullable Stateful value) {
    return new TrainerOptions(
        validation,
        metrics,
        value,
        penalty,
        clipGradNorm,
        monitor,
        patience,
        restoreBest,
        checkpoints,
        checkpointEverySteps,
        callbacks,
        seed);
  }

  /// Returns the same with a scheduler that is stepped after each step of the optimizer, as
  /// [gradus.optim.OneCycleLR] and [gradus.optim.CyclicLR] want it.
  public TrainerOptions stepScheduler(LRScheduler value) {
    return scheduler(new EachStep(value));
  }

  /// Returns the same with another penalty, or none.
  public TrainerOptions penalty(@Nullable Penalty value) {
    return new TrainerOptions(
        validation,
        metrics,
        scheduler,
        value,
        clipGradNorm,
        monitor,
        patience,
        restoreBest,
        checkpoints,
        checkpointEverySteps,
        callbacks,
        seed);
  }

  /// Returns the same with another largest norm of the gradients, > 0.
  public TrainerOptions clipGradNorm(double value) {
    return new TrainerOptions(
        validation,
        metrics,
        scheduler,
        penalty,
        value,
        monitor,
        patience,
        restoreBest,
        checkpoints,
        checkpointEverySteps,
        callbacks,
        seed);
  }

  /// Returns the same with another number that tells the best epoch.
  public TrainerOptions monitor(@Nullable Monitor value) {
    return new TrainerOptions(
        validation,
        metrics,
        scheduler,
        penalty,
        clipGradNorm,
        value,
        patience,
        restoreBest,
        checkpoints,
        checkpointEverySteps,
        callbacks,
        seed);
  }

  /// Returns the same with another number of epochs without improvement to stop after, > 0.
  public TrainerOptions patience(int value) {
    return new TrainerOptions(
        validation,
        metrics,
        scheduler,
        penalty,
        clipGradNorm,
        monitor,
        value,
        restoreBest,
        checkpoints,
        checkpointEverySteps,
        callbacks,
        seed);
  }

  /// Returns the same, giving the best weights back at the end or leaving the last.
  public TrainerOptions restoreBest(boolean value) {
    return new TrainerOptions(
        validation,
        metrics,
        scheduler,
        penalty,
        clipGradNorm,
        monitor,
        patience,
        value,
        checkpoints,
        checkpointEverySteps,
        callbacks,
        seed);
  }

  /// Returns the same with another folder for checkpoints, or none.
  public TrainerOptions checkpoints(@Nullable Path value) {
    return new TrainerOptions(
        validation,
        metrics,
        scheduler,
        penalty,
        clipGradNorm,
        monitor,
        patience,
        restoreBest,
        value,
        checkpointEverySteps,
        callbacks,
        seed);
  }

  /// Returns the same with another number of steps between checkpoints amid an epoch, ≥ 0.
  public TrainerOptions checkpointEverySteps(int value) {
    return new TrainerOptions(
        validation,
        metrics,
        scheduler,
        penalty,
        clipGradNorm,
        monitor,
        patience,
        restoreBest,
        checkpoints,
        value,
        callbacks,
        seed);
  }

  /// Returns the same with other callbacks.
  public TrainerOptions callbacks(List<Callback> value) {
    return new TrainerOptions(
        validation,
        metrics,
        scheduler,
        penalty,
        clipGradNorm,
        monitor,
        patience,
        restoreBest,
        checkpoints,
        checkpointEverySteps,
        value,
        seed);
  }

  /// Returns the same with these callbacks.
  public TrainerOptions callbacks(Callback... value) {
    return callbacks(List.of(value));
  }

  /// Returns the same with another seed.
  public TrainerOptions seed(long value) {
    return new TrainerOptions(
        validation,
        metrics,
        scheduler,
        penalty,
        clipGradNorm,
        monitor,
        patience,
        restoreBest,
        checkpoints,
        checkpointEverySteps,
        callbacks,
        value);
  }
}
