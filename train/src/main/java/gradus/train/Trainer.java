// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import gradus.Generator;
import gradus.Grad;
import gradus.Tensor;
import gradus.data.Batch;
import gradus.data.DataLoader;
import gradus.nn.Layer;
import gradus.nn.Penalty;
import gradus.optim.ClipGrad;
import gradus.optim.LRScheduler;
import gradus.optim.Optimizer;
import gradus.optim.ReduceLROnPlateau;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Trains a model: the loop over epochs and batches, with validation, early stopping, the best
/// weights kept, checkpoints and callbacks. (Lightning: `Trainer`.)
///
/// ```java
/// var trainer =
///     new Trainer(
///         model, new CrossEntropyLoss(), optimizer, trainLoader,
///         Trainer.options().validation(valLoader).metrics(Metric.accuracy()).patience(5));
/// History history = trainer.fit(20);
/// double accuracy = trainer.evaluate(testLoader).get("accuracy");
/// ```
///
/// What is random in the model, such as dropout, is drawn from a generator of the trainer's own,
/// and each epoch asks the loaders for the epoch of its number: so results depend on the seeds
/// alone, whatever else runs beside, and a resumed training has the same bits as one that never
/// stopped. A trainer is for one thread, which has its model, optimizer and loaders to itself.
public final class Trainer {
  private final Layer model;
  private final BinaryOperator<Tensor> loss;
  private final Optimizer<?> optimizer;
  private final DataLoader loader;
  private final TrainerOptions options;
  private final @Nullable Monitor monitor;
  private final TrainingState state;
  private final List<EpochTiming> timings = new ArrayList<>();

  private int epochs;
  private SequencedMap<String, Double> metrics = new LinkedHashMap<>();
  private volatile boolean stopping;
  private boolean interrupted;

  /// Makes a trainer with the options' defaults.
  ///
  /// @throws IllegalArgumentException if the loader has no batches
  public Trainer(
      Layer model, BinaryOperator<Tensor> loss, Optimizer<?> optimizer, DataLoader loader) {
    this(model, loss, optimizer, loader, options());
  }

  /// Makes a trainer.
  ///
  /// @param model what to train, as it is
  /// @param loss maps outputs and targets to a mean over the batch, such as a [gradus.nn.Loss] or
  ///   `F::crossEntropy`
  /// @param optimizer made of the model's parameters
  /// @param loader the batches to train on
  /// @throws IllegalArgumentException if a loader has no batches, or metrics or monitor do not go
  ///   together
  public Trainer(
      Layer model,
      BinaryOperator<Tensor> loss,
      Optimizer<?> optimizer,
      DataLoader loader,
      TrainerOptions options) {
    this.model = model;
    this.loss = loss;
    this.optimizer = optimizer;
    this.loader = loader;
    this.options = options;
    this.monitor = options.monitorOrDefault();
    this.state = new TrainingState(options);
    requireBatches("training", loader);
    if (options.validation() != null) {
      requireBatches("validation", options.validation());
    }
  }

  /// Returns the default options: no validation, metrics, scheduler, penalty, clipping, early
  /// stopping, checkpoints or callbacks; seed 0.
  public static TrainerOptions options() {
    return new TrainerOptions();
  }

  private static void requireBatches(String which, DataLoader loader) {
    if (loader.length() == 0) {
      throw new IllegalArgumentException(
          "Trainer: the %s loader has no batches: %d examples, and a last batch may be dropped"
              .formatted(which, loader.dataset().size()));
    }
  }

  /// Trains until `epochs` epochs have passed in all, or stops earlier by patience or [#stop()],
  /// and returns the history of all epochs.
  ///
  /// The model is left in evaluation mode. A second call, or one after [#resume], goes on where the
  /// training stopped. Interrupting the thread stops as [#stop()] does and leaves the thread
  /// interrupted; so does the end of the JVM, as by Ctrl-C, which waits for the checkpoint.
  ///
  /// @throws IllegalArgumentException if `epochs` is not positive
  /// @throws DivergedException if the loss becomes infinite or NaN
  /// @throws UncheckedIOException if a checkpoint cannot be written; the one before stays
  public History fit(int epochs) {
    Check.positive("fit", "epochs", epochs);
    this.epochs = epochs;
    stopping = false;
    interrupted = false;
    try (var _ = Generator.scope(state.generator);
        var _ = new StopAtShutdown(this)) {
      Checkpoints checkpoints = Checkpoints.open(options.checkpoints());
      each(callback -> callback.onFitStart(this));
      while (state.epoch < epochs && state.badEpochs < options.patience() && !mustStop()) {
        epoch(checkpoints);
      }
      if (state.batch > 0) {
        checkpoints.saveLast(this::checkpoint);
      }
      if (state.best != null && options.restoreBest()) {
        model.loadStateDict(state.best.model());
      }
      model.eval();
      each(callback -> callback.onFitEnd(this));
    } catch (RuntimeException | Error e) {
      each(callback -> callback.onException(this, e));
      throw e;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return state.history;
  }

  /// Ends the training after the step in progress, or the epoch if called in its last hooks, with a
  /// checkpoint if there are any; for callbacks and other threads.
  public void stop() {
    stopping = true;
  }

  /// Returns whether the training was stopped, or its thread interrupted, since [#fit] was called.
  public boolean isStopping() {
    return stopping;
  }

  /// Turns an interrupt, which would get in the way of writing files, into a stop.
  private boolean mustStop() {
    if (Thread.interrupted()) {
      interrupted = true;
      stopping = true;
    }
    return stopping;
  }

  private void epoch(Checkpoints checkpoints) {
    long start = System.nanoTime();
    long examplesBefore = state.tally.examples();
    trainBatches(checkpoints);
    if (state.batch < loader.length()) {
      return;
    }
    long trained = System.nanoTime();
    metrics = new LinkedHashMap<>();
    state.tally.putInto(metrics, "");
    if (options.validation() != null) {
      validate(options.validation());
    }
    timings.add(
        new EpochTiming(
            state.epoch,
            state.tally.examples() - examplesBefore,
            (trained - start) / 1e9,
            (System.nanoTime() - trained) / 1e9));
    boolean better = endEpoch();
    each(callback -> callback.onTrainEpochEnd(this));
    state.nextEpoch(options);
    if (better) {
      checkpoints.saveBest(this::checkpoint);
    }
    checkpoints.saveLast(this::checkpoint);
  }

  /// Trains on the batches that are left of the epoch, until told to stop.
  private void trainBatches(Checkpoints checkpoints) {
    loader.epoch(state.epoch);
    try (var batches = loader.iterator()) {
      skip(batches, state.batch);
      model.train();
      each(callback -> callback.onTrainEpochStart(this));
      while (state.batch < loader.length() && !mustStop()) {
        Batch examples = batches.next();
        step(examples);
        batches.recycle(examples);
        if (options.checkpointEverySteps() > 0
            && state.step % options.checkpointEverySteps() == 0
            && state.batch < loader.length()) {
          checkpoints.saveLast(this::checkpoint);
        }
      }
    } catch (IllegalStateException e) {
      // An interrupt while waiting for a batch is an interrupt like any other.
      if (!(e.getCause() instanceof InterruptedException)) {
        throw e;
      }
      mustStop();
    }
  }

  /// Takes batches that were trained on before, without what making them may draw.
  private void skip(DataLoader.Epoch batches, int count) {
    Tensor before = state.generator.getState();
    for (int i = 0; i < count; i++) {
      batches.recycle(batches.next());
    }
    state.generator.setState(before);
  }

  private void step(Batch examples) {
    each(callback -> callback.onTrainBatchStart(this, examples, state.batch));
    optimizer.zeroGrad();
    Tensor output = model.apply(examples.x());
    Tensor objective = objective(output, examples.y());
    double value = objective.item();
    if (!Double.isFinite(value)) {
      throw diverged(value);
    }
    objective.backward();
    if (options.clipGradNorm() < Double.POSITIVE_INFINITY) {
      ClipGrad.clipGradNorm(model.parameters(), options.clipGradNorm());
    }
    each(callback -> callback.onBeforeOptimizerStep(this));
    optimizer.step();
    if (options.scheduler() instanceof EachStep(LRScheduler scheduler)) {
      scheduler.step();
    }
    state.tally.add(value, output, examples.y());
    int index = state.batch++;
    state.step++;
    each(callback -> callback.onTrainBatchEnd(this, examples, index, value));
  }

  private Tensor objective(Tensor output, Tensor target) {
    Tensor value = loss.apply(output, target);
    Penalty penalty = options.penalty();
    return penalty == null ? value : value.add(penalty.apply(model));
  }

  private DivergedException diverged(double value) {
    return new DivergedException(
        "fit: the loss became %s in step %d of epoch %d: the training diverged; try a smaller"
                .formatted(value, state.batch + 1, state.epoch + 1)
            + " learning rate (it is %s), clipGradNorm, batch normalisation or other initial weights"
                .formatted(lr()));
  }

  private double lr() {
    return optimizer.groups().getFirst().lr();
  }

  private void validate(DataLoader validation) {
    each(callback -> callback.onValidationEpochStart(this));
    Tally sums = new Tally(options.metrics());
    validation.epoch(state.epoch);
    int index = 0;
    try (var batches = validation.iterator();
        var _ = Grad.off();
        var _ = model.evaluating()) {
      while (batches.hasNext()) {
        Batch examples = batches.next();
        measure(examples, sums);
        int at = index++;
        each(callback -> callback.onValidationBatchEnd(this, examples, at));
        batches.recycle(examples);
      }
    }
    sums.putInto(metrics, "val_");
    each(callback -> callback.onValidationEpochEnd(this));
  }

  private void measure(Batch examples, Tally sums) {
    Tensor output = model.apply(examples.x());
    sums.add(objective(output, examples.y()).item(), output, examples.y());
  }

  /// Notes the epoch's numbers, steps the scheduler, and returns whether the epoch is the best.
  private boolean endEpoch() {
    metrics.put("lr", lr());
    state.history = state.history.plus(metrics);
    String watched = monitor == null ? "loss" : monitor.metric();
    double value = state.history.last(watched);
    switch (options.scheduler()) {
      case LRScheduler scheduler -> scheduler.step();
      case ReduceLROnPlateau scheduler -> scheduler.step(value);
      case null, default -> {}
    }
    if (monitor == null) {
      return false;
    }
    return state.isBest(monitor, value, model);
  }

  /// Returns the mean loss, with its penalty, under `loss`, and the metrics under their names, over
  /// all of a loader's batches, in evaluation mode.
  public SequencedMap<String, Double> evaluate(DataLoader examples) {
    Tally sums = new Tally(options.metrics());
    try (var batches = examples.iterator();
        var _ = Grad.off();
        var _ = model.evaluating()) {
      while (batches.hasNext()) {
        Batch batch = batches.next();
        measure(batch, sums);
        batches.recycle(batch);
      }
    }
    var out = new LinkedHashMap<String, Double>();
    sums.putInto(out, "");
    return Collections.unmodifiableSequencedMap(out);
  }

  /// Returns the model's outputs for all of a loader's batches, in evaluation mode, with their
  /// targets.
  public Predictions predict(DataLoader examples) {
    return Predictions.of(model, examples);
  }

  /// Sets model, optimizer, scheduler, callbacks with a state and all that the training goes by
  /// from a checkpoint, so that [#fit] goes on as if it had never stopped. The trainer must be made
  /// as the one was that wrote it.
  ///
  /// @throws IOException if the file cannot be read, is damaged, or is of another model, optimizer,
  ///   scheduler, data, metrics or callbacks
  public void resume(Path file) throws IOException {
    Checkpoint checkpoint = Checkpoint.load(file);
    try {
      state.load(this, checkpoint);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    each(callback -> callback.onLoadCheckpoint(this, checkpoint.extra()));
  }

  private Checkpoint checkpoint() {
    var extra = new LinkedHashMap<String, String>();
    each(callback -> callback.onSaveCheckpoint(this, extra));
    return state.checkpoint(this, extra);
  }

  private void each(Consumer<Callback> hook) {
    options.callbacks().forEach(hook);
  }

  /// Returns the model.
  public Layer model() {
    return model;
  }

  /// Returns the optimizer.
  public Optimizer<?> optimizer() {
    return optimizer;
  }

  /// Returns the batches that are trained on.
  public DataLoader loader() {
    return loader;
  }

  /// Returns the options that this trainer was made with.
  public TrainerOptions settings() {
    return options;
  }

  /// Returns which number tells the best epoch; null if nothing is monitored.
  public @Nullable Monitor monitor() {
    return monitor;
  }

  /// Returns the number of the epoch in progress, from 0; between epochs, how many have ended.
  public int currentEpoch() {
    return state.epoch;
  }

  /// Returns how many batches of the present epoch are done.
  public int currentBatch() {
    return state.batch;
  }

  /// Returns how many steps were done in all.
  public long globalStep() {
    return state.step;
  }

  /// Returns how many epochs [#fit] was asked for.
  public int maxEpochs() {
    return epochs;
  }

  /// Returns the mean loss of the present epoch's batches so far; NaN before the first.
  public double runningLoss() {
    return state.tally.loss();
  }

  /// Returns the numbers of the last epoch of which all batches are done, by their names in the
  /// [History]; those of validation come after it.
  public SequencedMap<String, Double> callbackMetrics() {
    return Collections.unmodifiableSequencedMap(metrics);
  }

  /// Returns the numbers of all epochs that have ended.
  public History history() {
    return state.history;
  }

  /// Returns the best epoch so far; null if none has ended or nothing is monitored.
  public @Nullable Best best() {
    return state.best;
  }

  /// Returns how long the epochs took that this trainer ran itself.
  public List<EpochTiming> timings() {
    return Collections.unmodifiableList(timings);
  }
}
