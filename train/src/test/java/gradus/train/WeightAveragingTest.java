// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.Parameter;
import gradus.Tensor;
import gradus.data.Batch;
import gradus.nn.BatchNorm;
import gradus.nn.F;
import gradus.nn.Sequential;
import gradus.optim.SGD;
import gradus.optim.WeightAverage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightAveragingTest {
  private static final int EPOCHS = 3;

  @TempDir private Path temp;

  /// A training of seven steps an epoch and its average.
  private record Run(Sequential model, WeightAverage average, Trainer trainer) {
    static Run ema(UnaryOperator<TrainerOptions> options, Callback... others) {
      Sequential model = Runs.model(8);
      var average = WeightAverage.ema(model.parameters(), 0.9);
      return of(model, average, WeightAveraging.eachStep(average), options, others);
    }

    static Run swa(int firstEpoch, UnaryOperator<TrainerOptions> options, Callback... others) {
      Sequential model = Runs.model(8);
      var average = WeightAverage.swa(model.parameters());
      return of(model, average, WeightAveraging.eachEpoch(average, firstEpoch), options, others);
    }

    private static Run of(
        Sequential model,
        WeightAverage average,
        WeightAveraging averaging,
        UnaryOperator<TrainerOptions> options,
        Callback... others) {
      List<Callback> callbacks = new ArrayList<>(List.of(averaging));
      callbacks.addAll(List.of(others));
      var trainer =
          new Trainer(
              model,
              F::crossEntropy,
              new SGD(model.parameters(), SGD.options().lr(0.05).momentum(0.9)),
              Runs.trainLoader(),
              options.apply(
                  Trainer.options().validation(Runs.valLoader()).callbacks(callbacks).seed(8)));
      return new Run(model, average, trainer);
    }

    List<float[]> weights() {
      return values(model.parameters());
    }

    List<float[]> averages() {
      return values(average.averages());
    }
  }

  private static List<float[]> values(List<? extends Tensor> tensors) {
    return tensors.stream().map(Tensor::toFloatArray).toList();
  }

  private static void assertSame(List<float[]> values, List<float[]> expected) {
    assertThat(values.toArray(float[][]::new)).isDeepEqualTo(expected.toArray(float[][]::new));
  }

  private static Callback stopAfter(int steps) {
    return new Callback() {
      @Override
      public void onTrainBatchEnd(Trainer trainer, Batch batch, int batchIndex, double loss) {
        if (trainer.globalStep() == steps) {
          trainer.stop();
        }
      }
    };
  }

  /// Stopped after any number of steps and resumed by a new trainer, a training has the averages,
  /// writes the files and ends with the model that it would have had.
  @ParameterizedTest
  @CsvSource({"1, true", "7, true", "10, true", "1, false", "14, false", "16, false"})
  void resumesWithTheSameBits(int steps, boolean ema) throws IOException {
    Path whole = temp.resolve("whole");
    Path cut = temp.resolve("cut");
    Run straight = run(ema, whole);
    straight.trainer.fit(EPOCHS);
    run(ema, cut, stopAfter(steps)).trainer.fit(EPOCHS);
    Run resumed = run(ema, cut);
    resumed.trainer.resume(cut.resolve("last.safetensors"));
    assertThat(resumed.average.updates()).isEqualTo(ema ? steps : Math.max(0, steps / 7 - 1));
    resumed.trainer.fit(EPOCHS);
    assertThat(resumed.average.updates()).isEqualTo(ema ? 21 : 2);
    assertSame(resumed.averages(), straight.averages());
    assertSame(resumed.weights(), straight.weights());
    for (String name : List.of("last.safetensors", "best.safetensors")) {
      assertThat(Files.mismatch(whole.resolve(name), cut.resolve(name))).as(name).isEqualTo(-1);
    }
  }

  private static Run run(boolean ema, Path folder, Callback... others) {
    UnaryOperator<TrainerOptions> options = o -> o.checkpoints(folder);
    return ema ? Run.ema(options, others) : Run.swa(1, options, others);
  }

  /// A moving average is what is validated and restored; it changes nothing of the training.
  @Test
  void theBestEpochIsThatOfTheAverages() {
    List<List<float[]>> own = new ArrayList<>();
    List<List<float[]>> validated = new ArrayList<>();
    var watch =
        new Callback() {
          @Override
          public void onValidationEpochStart(Trainer trainer) {
            validated.add(values(trainer.model().parameters()));
          }

          @Override
          public void onTrainEpochEnd(Trainer trainer) {
            own.add(values(trainer.model().parameters()));
          }
        };
    Run run = Run.ema(o -> o, watch);
    run.trainer.fit(EPOCHS);
    int best = run.trainer.best().epoch();
    assertSame(run.weights(), validated.get(best));
    assertSame(run.averages(), validated.getLast());
    assertThat(run.trainer.evaluate(Runs.valLoader()).get("loss"))
        .isEqualTo(run.trainer.history().get(best, "val_loss"));

    Run last = Run.ema(o -> o.restoreBest(false));
    last.trainer.fit(EPOCHS);
    assertSame(last.weights(), last.averages());
    assertSame(last.averages(), run.averages());

    Run plain = Run.ema(o -> o.callbacks(List.of()).restoreBest(false));
    plain.trainer.fit(EPOCHS);
    assertSame(plain.weights(), own.getLast());
  }

  /// The mean of the weights after the epochs from the first, for good, with statistics to fit.
  @Test
  void stochasticAveragingEndsWithTheMean() {
    List<List<Tensor>> own = new ArrayList<>();
    var watch =
        new Callback() {
          @Override
          public void onTrainEpochEnd(Trainer trainer) {
            own.add(
                trainer.model().parameters().stream()
                    .map(parameter -> parameter.detach().copy())
                    .toList());
          }
        };
    Run run = Run.swa(1, o -> o, watch);
    run.trainer.fit(EPOCHS);
    List<Parameter> weights = run.model.parameters();
    for (int i = 0; i < weights.size(); i++) {
      Tensor mean = own.get(1).get(i).add(own.get(2).get(i)).mul(0.5);
      assertThat(weights.get(i).sub(mean).abs().max().item()).isLessThan(1e-6);
    }
    List<float[]> stale = values(run.model.buffers());
    BatchNorm.updateBn(Runs.trainLoader(), run.model, batch -> run.model.apply(batch.x()));
    assertThat(values(run.model.buffers()).getFirst()).isNotEqualTo(stale.getFirst());
    assertThat(run.model.isTraining()).isFalse();
    assertThat(run.trainer.evaluate(Runs.valLoader()).get("loss"))
        .isLessThan(run.trainer.history().get(0, "val_loss"));
  }

  @Test
  void aTrainingThatEndsBeforeItsFirstEpochIsNotAveraged() {
    Run run = Run.swa(EPOCHS, o -> o.restoreBest(false));
    run.trainer.fit(EPOCHS);
    Run plain = Run.swa(0, o -> o.callbacks(List.of()).restoreBest(false));
    plain.trainer.fit(EPOCHS);
    assertSame(run.weights(), plain.weights());
    assertThat(run.average.updates()).isZero();
  }

  @Test
  void anExceptionGivesTheWeightsBack() {
    List<List<float[]>> own = new ArrayList<>();
    var fail =
        new Callback() {
          @Override
          public void onTrainBatchEnd(Trainer trainer, Batch batch, int batchIndex, double loss) {
            own.add(values(trainer.model().parameters()));
          }

          @Override
          public void onValidationBatchEnd(Trainer trainer, Batch batch, int batchIndex) {
            throw new IllegalStateException("no");
          }
        };
    Run run = Run.ema(o -> o, fail);
    assertThatThrownBy(() -> run.trainer.fit(1)).hasMessage("no");
    assertSame(run.weights(), own.getLast());
  }

  @Test
  void errorsSayWhatIsWrong() throws IOException {
    assertThatThrownBy(() -> Run.swa(-1, o -> o))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("WeightAveraging: firstEpoch -1 is not a number ≥ 0");
    Run.ema(o -> o.checkpoints(temp)).trainer.fit(1);
    Path last = temp.resolve("last.safetensors");
    assertThatThrownBy(() -> Run.ema(o -> o.callbacks(List.of())).trainer.resume(last))
        .isInstanceOf(IOException.class)
        .hasMessage(
            last
                + ": was written with 1 callbacks that have a state, but this trainer has 0; use"
                + " the same");
  }
}
