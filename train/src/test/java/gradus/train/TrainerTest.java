// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import gradus.Generator;
import gradus.Grad;
import gradus.Parameter;
import gradus.Tensor;
import gradus.data.Batch;
import gradus.data.DataLoader;
import gradus.data.TensorDataset;
import gradus.nn.F;
import gradus.nn.Linear;
import gradus.nn.Penalty;
import gradus.nn.Sequential;
import gradus.optim.ExponentialLR;
import gradus.optim.ReduceLROnPlateau;
import gradus.optim.SGD;
import gradus.optim.StateDict;
import gradus.optim.Stateful;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainerTest {
  @Test
  void learns() {
    Trainer trainer = Runs.trainer(1, o -> o);
    History history = trainer.fit(15);
    assertThat(history.columns())
        .containsExactly("loss", "accuracy", "val_loss", "val_accuracy", "lr");
    assertThat(history.epochs()).isEqualTo(15);
    assertThat(history.last("val_accuracy")).isGreaterThan(0.8);
    assertThat(history.last("loss")).isLessThan(0.7 * history.get(0, "loss"));
    assertThat(history.column("lr")[2]).isCloseTo(0.01 * 0.81, offset(1e-15));
    assertThat(trainer.timings()).hasSize(15).allMatch(timing -> timing.samples() == 200);
    assertThat(trainer.globalStep()).isEqualTo(15 * 7);
  }

  /// The loop written out, with the same draws.
  @Test
  void doesWhatTheLoopDoes() {
    Trainer trainer = Runs.trainer(3, o -> o.restoreBest(false));
    History history = trainer.fit(2);

    Sequential model = Runs.model(3);
    var optimizer = new gradus.optim.Adam(model.parameters(), 0.01);
    var scheduler = new ExponentialLR(optimizer, 0.9);
    DataLoader loader = Runs.trainLoader();
    try (var _ = Generator.scope(new Generator(3).derive(0x747261696eL))) {
      for (int epoch = 0; epoch < 2; epoch++) {
        double sum = 0;
        for (Batch batch : loader) {
          optimizer.zeroGrad();
          Tensor loss = F.crossEntropy(model.apply(batch.x()), batch.y());
          loss.backward();
          optimizer.step();
          sum += loss.item() * batch.size();
        }
        scheduler.step();
        assertThat(history.get(epoch, "loss")).isEqualTo(sum / 200);
      }
    }
    model
        .stateDict()
        .forEach(
            (name, tensor) ->
                assertThat(trainer.model().stateDict().get(name).toFloatArray())
                    .as(name)
                    .containsExactly(tensor.toFloatArray()));
  }

  @Test
  void drawsNothingFromOthers() {
    Generator.seed(0);
    History alone = Runs.trainer(5, o -> o).fit(2);
    History after;
    try (var _ = Generator.scope(77)) {
      Tensor.rand(13);
      after = Runs.trainer(5, o -> o).fit(2);
    }
    assertThat(after.toCsv()).isEqualTo(alone.toCsv());
  }

  @Test
  void keepsTheBestWeights() {
    Trainer trainer = Runs.trainer(2, o -> o.monitor(Monitor.max("val_accuracy")));
    History history = trainer.fit(8);
    int best = history.best(Monitor.max("val_accuracy")).orElseThrow();
    assertThat(trainer.best().epoch()).isEqualTo(best);
    assertThat(trainer.evaluate(Runs.valLoader()))
        .containsEntry("accuracy", history.get(best, "val_accuracy"))
        .containsEntry("loss", history.get(best, "val_loss"));
    assertThat(trainer.model().isTraining()).isFalse();
  }

  @Test
  void stopsByPatience() {
    Trainer trainer =
        Runs.trainer(
            2, o -> o.monitor(Monitor.min("val_loss").minDelta(1e6)).patience(3).scheduler(null));
    // The first epoch is better than none; then three are not better by a million.
    assertThat(trainer.fit(50).epochs()).isEqualTo(4);
    assertThat(trainer.fit(50).epochs()).isEqualTo(4);
  }

  @Test
  void goesOnWithMoreEpochs() {
    Trainer twice = Runs.trainer(6, o -> o.restoreBest(false));
    twice.fit(2);
    assertThat(twice.fit(4).toCsv())
        .isEqualTo(Runs.trainer(6, o -> o.restoreBest(false)).fit(4).toCsv());
  }

  @Test
  void lowersTheRateOnAPlateau() {
    var model = Runs.model(1);
    var optimizer = new SGD(model.parameters(), 1e-3);
    var plateau =
        new ReduceLROnPlateau(
            optimizer, ReduceLROnPlateau.options().patience(0).threshold(0.999).factor(0.5));
    var trainer =
        new Trainer(
            model,
            F::crossEntropy,
            optimizer,
            Runs.trainLoader(),
            Trainer.options().scheduler(plateau));
    assertThat(trainer.fit(3).column("lr")).containsExactly(1e-3, 1e-3, 5e-4);
    assertThat(plateau.best()).isEqualTo(trainer.history().get(0, "loss"));
  }

  @Test
  void addsThePenaltyToTheLoss() {
    double plain = Runs.trainer(1, o -> o).evaluate(Runs.valLoader()).get("loss");
    Trainer trainer = Runs.trainer(1, o -> o.penalty(Penalty.l2(10)));
    double weights = 0;
    for (Parameter p : trainer.model().parameters()) {
      weights += p.dim() == 2 ? p.detach().square().sum().item() : 0;
    }
    assertThat(trainer.evaluate(Runs.valLoader()).get("loss"))
        .isCloseTo(plain + 5 * weights, offset(1e-4));
    assertThat(trainer.fit(1).last("loss")).isGreaterThan(plain + weights);
  }

  @Test
  void clipsGradients() {
    List<Double> norms = new ArrayList<>();
    var watch =
        new Callback() {
          @Override
          public void onBeforeOptimizerStep(Trainer trainer) {
            double sum = 0;
            for (Parameter p : trainer.model().parameters()) {
              sum += p.grad().square().sum().item();
            }
            norms.add(Math.sqrt(sum));
          }
        };
    Runs.trainer(1, o -> o.clipGradNorm(0.05).callbacks(watch)).fit(1);
    assertThat(norms).hasSize(7).allSatisfy(norm -> assertThat(norm).isLessThan(0.0501));
    norms.clear();
    Runs.trainer(1, o -> o.callbacks(watch)).fit(1);
    assertThat(norms).anySatisfy(norm -> assertThat(norm).isGreaterThan(0.06));
  }

  @Test
  void callsHooksInLightningsOrder() {
    List<String> calls = new ArrayList<>();
    Trainer trainer = Runs.trainer(1, o -> o.callbacks(new Recorder(calls)));
    trainer.fit(1);
    assertThat(calls)
        .startsWith("fitStart", "epochStart 0", "batchStart 0", "beforeStep", "batchEnd 0")
        .endsWith(
            "batchEnd 6",
            "validationStart",
            "validationBatch 0",
            "validationBatch 1",
            "validationBatch 2",
            "validationEnd [loss, accuracy, val_loss, val_accuracy]",
            "epochEnd 0 of 1",
            "fitEnd");
  }

  private record Recorder(List<String> calls) implements Callback {
    @Override
    public void onFitStart(Trainer trainer) {
      calls.add("fitStart");
    }

    @Override
    public void onTrainEpochStart(Trainer trainer) {
      assertThat(trainer.model().isTraining()).isTrue();
      calls.add("epochStart " + trainer.currentEpoch());
    }

    @Override
    public void onTrainBatchStart(Trainer trainer, Batch batch, int batchIndex) {
      calls.add("batchStart " + batchIndex);
    }

    @Override
    public void onBeforeOptimizerStep(Trainer trainer) {
      calls.add("beforeStep");
    }

    @Override
    public void onTrainBatchEnd(Trainer trainer, Batch batch, int batchIndex, double loss) {
      assertThat(loss).isPositive();
      calls.add("batchEnd " + batchIndex);
    }

    @Override
    public void onValidationEpochStart(Trainer trainer) {
      calls.add("validationStart");
    }

    @Override
    public void onValidationBatchEnd(Trainer trainer, Batch batch, int batchIndex) {
      assertThat(trainer.model().isTraining()).isFalse();
      assertThat(Grad.enabled()).isFalse();
      calls.add("validationBatch " + batchIndex);
    }

    @Override
    public void onValidationEpochEnd(Trainer trainer) {
      calls.add("validationEnd " + trainer.callbackMetrics().keySet());
    }

    @Override
    public void onTrainEpochEnd(Trainer trainer) {
      calls.add("epochEnd " + trainer.currentEpoch() + " of " + trainer.history().epochs());
    }

    @Override
    public void onFitEnd(Trainer trainer) {
      calls.add("fitEnd");
    }
  }

  @Test
  void timesTellTheExamplesThatWereTrainedOn() {
    var model = Runs.model(1);
    var loader =
        new DataLoader(
            Runs.examples(65, 1), DataLoader.options().batchSize(32).shuffle(true).dropLast(true));
    var trainer = new Trainer(model, F::crossEntropy, new SGD(model.parameters(), 0.1), loader);
    trainer.fit(2);
    assertThat(trainer.timings()).extracting(EpochTiming::samples).containsExactly(64L, 64L);
    EpochTiming timing = new EpochTiming(0, 64, 0.5, 7);
    assertThat(timing.samplesPerSecond()).isEqualTo(128);
  }

  @Test
  void stopsWhenTold() {
    var stop =
        new Callback() {
          @Override
          public void onTrainBatchEnd(Trainer trainer, Batch batch, int batchIndex, double loss) {
            if (trainer.globalStep() == 10) {
              trainer.stop();
            }
          }
        };
    Trainer trainer = Runs.trainer(1, o -> o.callbacks(stop));
    assertThat(trainer.fit(5).epochs()).isEqualTo(1);
    assertThat(trainer.isStopping()).isTrue();
    assertThat(trainer.globalStep()).isEqualTo(10);
    assertThat(trainer.currentBatch()).isEqualTo(3);
  }

  @Test
  void stopsWhenInterrupted() {
    Trainer trainer = Runs.trainer(1, o -> o);
    Thread.currentThread().interrupt();
    assertThat(trainer.fit(5).epochs()).isZero();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(trainer.fit(1).epochs()).isEqualTo(1);
  }

  @Test
  void predictsInEvaluationMode() {
    Trainer trainer = Runs.trainer(1, o -> o);
    Predictions predictions = trainer.predict(Runs.valLoader());
    assertThat(predictions.outputs().shape().toArray()).containsExactly(60, 3);
    assertThat(predictions.targets().toLongArray())
        .isEqualTo(Runs.examples(60, 2).batch(range(60)).y().toLongArray());
    assertThat(trainer.predict(Runs.valLoader()).outputs().toFloatArray())
        .isEqualTo(predictions.outputs().toFloatArray());
    assertThat(predictions.outputs().requiresGrad()).isFalse();
    assertThat(predictions.confusionMatrix().accuracy())
        .isEqualTo(trainer.evaluate(Runs.valLoader()).get("accuracy"));
    assertThat(trainer.model().isTraining()).isTrue();
  }

  private static int[] range(int n) {
    return java.util.stream.IntStream.range(0, n).toArray();
  }

  @Test
  void saysWhereTheLossDiverged() {
    List<Throwable> seen = new ArrayList<>();
    var model = new Sequential(new Linear(8, 1));
    var optimizer = new SGD(model.parameters(), 1e30);
    var watch =
        new Callback() {
          @Override
          public void onException(Trainer trainer, Throwable exception) {
            seen.add(exception);
          }
        };
    var data = new TensorDataset(Tensor.ones(64, 8), Tensor.ones(64, 1));
    var trainer =
        new Trainer(
            model,
            F::mseLoss,
            optimizer,
            new DataLoader(data, 16),
            Trainer.options().callbacks(watch));
    assertThatThrownBy(() -> trainer.fit(3))
        .isInstanceOf(DivergedException.class)
        .hasMessage(
            "fit: the loss became Infinity in step 2 of epoch 1: the training diverged; try a"
                + " smaller learning rate (it is 1.0E30), clipGradNorm, batch normalisation or"
                + " other initial weights");
    assertThat(seen).hasSize(1).first().isInstanceOf(DivergedException.class);
  }

  @Test
  void refusesWhatDoesNotGoTogether() {
    assertThatThrownBy(() -> Runs.trainer(1, o -> o).fit(0))
        .hasMessage("fit: epochs 0 is not positive");
    assertThatThrownBy(() -> Runs.trainer(1, o -> o.monitor(Monitor.max("val_acc"))))
        .hasMessage(
            "Trainer: monitor val_acc is not among the numbers"
                + " [loss, accuracy, val_loss, val_accuracy, lr]");
    assertThatThrownBy(
            () -> Runs.trainer(1, o -> o.validation(null).monitor(Monitor.min("val_loss"))))
        .hasMessage(
            "Trainer: monitor val_loss is not among the numbers [loss, accuracy, lr];"
                + " give a validation loader");
    assertThatThrownBy(() -> Runs.trainer(1, o -> o.validation(null).patience(3)))
        .hasMessage(
            "Trainer: patience 3 has nothing to watch; give a validation loader or a monitor");
    assertThatThrownBy(() -> Trainer.options().patience(0))
        .hasMessage("Trainer: patience 0 is not a number > 0");
    assertThatThrownBy(() -> Trainer.options().clipGradNorm(Double.NaN))
        .hasMessage("Trainer: clipGradNorm NaN is not a number > 0");
    assertThatThrownBy(() -> Trainer.options().metrics(Metric.accuracy(), Metric.accuracy()))
        .hasMessage(
            "Trainer: a metric is named accuracy, which another column of the history is already");
    assertThatThrownBy(() -> Trainer.options().scheduler(new OtherScheduler()))
        .hasMessage(
            "Trainer: scheduler OtherScheduler is neither an LRScheduler nor a ReduceLROnPlateau");
    var empty =
        new DataLoader(Runs.examples(5, 1), DataLoader.options().batchSize(10).dropLast(true));
    assertThatThrownBy(
            () ->
                new Trainer(
                    Runs.model(1),
                    F::crossEntropy,
                    new SGD(Runs.model(1).parameters(), 0.1),
                    empty))
        .hasMessage(
            "Trainer: the training loader has no batches: 5 examples, and a last batch may be"
                + " dropped");
  }

  private static final class OtherScheduler implements Stateful {
    @Override
    public StateDict stateDict() {
      return new StateDict(Map.of(), Map.of());
    }

    @Override
    public void loadStateDict(StateDict state) {}
  }
}
