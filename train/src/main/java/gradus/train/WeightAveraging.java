// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import gradus.data.Batch;
import gradus.optim.StateDict;
import gradus.optim.Stateful;
import gradus.optim.WeightAverage;
import org.jspecify.annotations.Nullable;

/// Averages the weights of a training, and leaves the averages in the model at its end. (Lightning:
/// `EMAWeightAveraging` and `StochasticWeightAveraging`.)
///
/// ```java
/// var average = WeightAverage.ema(model.parameters(), 0.999);
/// Trainer.options().callbacks(WeightAveraging.eachStep(average))
/// ```
///
/// The checkpoints hold the averages beside the weights that are trained, so that a resumed
/// training ends with the same bits. Before another [Trainer#fit] of the same trainer, resume from
/// the last one: the model then has its own weights again.
public final class WeightAveraging implements Callback, Stateful {
  private final WeightAverage average;

  /// The first epoch after whose steps to update, where updates come once an epoch.
  private final int firstEpoch;

  private final boolean eachStep;
  private WeightAverage.@Nullable Scope lent;

  private WeightAveraging(WeightAverage average, int firstEpoch, boolean eachStep) {
    this.average = average;
    this.firstEpoch = firstEpoch;
    this.eachStep = eachStep;
  }

  /// Returns a callback that updates the average after each step, as an exponential moving average
  /// ([WeightAverage#ema]) wants it.
  ///
  /// What is validated are the averages, from [Callback#onValidationEpochStart] to
  /// [Callback#onTrainEpochEnd], and they are the weights of the best epoch then: at the end the
  /// model has those of the best epoch if the trainer validates and restores it, else the last.
  ///
  /// @param average of the parameters of the trainer's model
  public static WeightAveraging eachStep(WeightAverage average) {
    return new WeightAveraging(average, 0, true);
  }

  /// Returns a callback that updates the average after the last step of each epoch from
  /// `firstEpoch` on, as stochastic weight averaging ([WeightAverage#swa]) wants it.
  ///
  /// What is validated are the weights that are trained, since only they have fitting statistics of
  /// batch normalisation; at the end the model has the last averages, whichever epoch was best, or
  /// what it would have without this callback if the training ended before `firstEpoch`. If it has
  /// batch normalisation, call [gradus.nn.BatchNorm#updateBn] then.
  ///
  /// @param average of the parameters of the trainer's model
  /// @param firstEpoch the first epoch whose weights count, from 0
  /// @throws IllegalArgumentException if `firstEpoch` is negative
  public static WeightAveraging eachEpoch(WeightAverage average, int firstEpoch) {
    Check.notNegative("WeightAveraging", "firstEpoch", firstEpoch);
    return new WeightAveraging(average, firstEpoch, false);
  }

  @Override
  public void onTrainBatchEnd(Trainer trainer, Batch batch, int batchIndex, double loss) {
    boolean last = batchIndex == trainer.loader().length() - 1;
    if (eachStep || (last && trainer.currentEpoch() >= firstEpoch)) {
      average.update();
    }
  }

  @Override
  public void onValidationEpochStart(Trainer trainer) {
    if (eachStep) {
      lent = average.applied();
    }
  }

  @Override
  public void onTrainEpochEnd(Trainer trainer) {
    giveBack();
  }

  @Override
  public void onException(Trainer trainer, Throwable exception) {
    giveBack();
  }

  private void giveBack() {
    if (lent != null) {
      lent.close();
      lent = null;
    }
  }

  @Override
  public void onFitEnd(Trainer trainer) {
    TrainerOptions options = trainer.settings();
    boolean restored =
        eachStep && options.validation() != null && options.restoreBest() && trainer.best() != null;
    if (average.updates() > 0 && !restored) {
      average.copyTo();
    }
  }

  /// Returns the state of the average.
  @Override
  public StateDict stateDict() {
    return average.stateDict();
  }

  @Override
  public void loadStateDict(StateDict state) {
    average.loadStateDict(state);
  }
}
