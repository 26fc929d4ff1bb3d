// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import gradus.data.Batch;
import java.util.Map;

/// Something to do at certain points of a training: `lightning.pytorch.callbacks.Callback`, with
/// its hooks' names.
///
/// Callbacks are called in the order of the options, on the thread that called [Trainer#fit]. What
/// they throw ends the training. A batch is theirs until the hooks at its end return: its memory
/// may serve for the next, so what is to be kept is copied. A callback that is also a
/// [gradus.optim.Stateful] has its state in the checkpoints, and gets it back before
/// [#onLoadCheckpoint]. The hooks of an epoch, in order:
///
/// ```text
/// onTrainEpochStart
///   onTrainBatchStart  onBeforeOptimizerStep  onTrainBatchEnd       for each batch
///   onValidationEpochStart  onValidationBatchEnd …  onValidationEpochEnd    if there is validation
/// onTrainEpochEnd
/// onSaveCheckpoint                                                  if there are checkpoints
/// ```
public interface Callback {
  /// Called at the start of [Trainer#fit], once all options are checked.
  default void onFitStart(Trainer trainer) {}

  /// Called before the first batch of an epoch, or before the first that is left of it if the
  /// training was resumed amid one.
  default void onTrainEpochStart(Trainer trainer) {}

  /// Called before a step.
  ///
  /// @param batchIndex the number of the batch in the epoch, from 0
  default void onTrainBatchStart(Trainer trainer, Batch batch, int batchIndex) {}

  /// Called with the gradients of a step, clipped if they are, before the optimizer uses them.
  default void onBeforeOptimizerStep(Trainer trainer) {}

  /// Called after a step.
  ///
  /// @param batchIndex the number of the batch in the epoch, from 0
  /// @param loss the batch's loss before the step, with its penalty
  default void onTrainBatchEnd(Trainer trainer, Batch batch, int batchIndex, double loss) {}

  /// Called before an epoch's validation.
  default void onValidationEpochStart(Trainer trainer) {}

  /// Called after a batch of validation.
  ///
  /// @param batchIndex the number of the batch, from 0
  default void onValidationBatchEnd(Trainer trainer, Batch batch, int batchIndex) {}

  /// Called after an epoch's validation; its numbers are in [Trainer#callbackMetrics()].
  default void onValidationEpochEnd(Trainer trainer) {}

  /// Called at the end of an epoch, which is in the [Trainer#history()] by then;
  /// [Trainer#currentEpoch()] is still its number.
  default void onTrainEpochEnd(Trainer trainer) {}

  /// Called before a checkpoint is written.
  ///
  /// @param extra texts to write with it; what is put here, [#onLoadCheckpoint] gets
  default void onSaveCheckpoint(Trainer trainer, Map<String, String> extra) {}

  /// Called after a checkpoint was read and the trainer's state was set from it.
  ///
  /// @param extra the texts that were written with it
  default void onLoadCheckpoint(Trainer trainer, Map<String, String> extra) {}

  /// Called when the training ends by an exception, which is thrown on afterwards.
  default void onException(Trainer trainer, Throwable exception) {}

  /// Called at the end of [Trainer#fit], with the best weights restored, unless an exception ends
  /// it.
  default void onFitEnd(Trainer trainer) {}
}
