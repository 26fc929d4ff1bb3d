// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.Tensor;
import gradus.data.Batch;
import gradus.data.DataLoader;
import gradus.nn.F;
import gradus.nn.Safetensors;
import gradus.optim.OneCycleLR;
import gradus.optim.ReduceLROnPlateau;
import gradus.optim.SGD;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  private static final int EPOCHS = 3;

  @TempDir private Path temp;
  private Path whole;
  private Path cut;

  @BeforeEach
  void folders() {
    whole = temp.resolve("whole");
    cut = temp.resolve("cut");
  }

  /// Stopped after any number of steps and resumed by a new trainer, a training writes the files
  /// that it would have written.
  @ParameterizedTest
  @ValueSource(ints = {1, 6, 7, 8, 13, 20})
  void resumesWithTheSameBits(int steps) throws IOException {
    Runs.trainer(8, o -> o.checkpoints(whole)).fit(EPOCHS);
    Runs.trainer(8, o -> o.checkpoints(cut).callbacks(stopAfter(steps))).fit(EPOCHS);
    Trainer resumed = Runs.trainer(8, o -> o.checkpoints(cut));
    resumed.resume(cut.resolve("last.safetensors"));
    assertThat(resumed.globalStep()).isEqualTo(steps);
    resumed.fit(EPOCHS);
    assertSameFiles();
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

  private void assertSameFiles() throws IOException {
    for (String name : List.of("last.safetensors", "best.safetensors")) {
      assertThat(Files.mismatch(whole.resolve(name), cut.resolve(name))).as(name).isEqualTo(-1);
    }
  }

  @Test
  void resumesAfterEpochsAndForMoreEpochs() throws IOException {
    Runs.trainer(8, o -> o.checkpoints(whole)).fit(4);
    Trainer first = Runs.trainer(8, o -> o.checkpoints(cut));
    first.fit(2);
    Trainer second = Runs.trainer(8, o -> o.checkpoints(cut));
    second.resume(cut.resolve("last.safetensors"));
    assertThat(second.currentEpoch()).isEqualTo(2);
    assertThat(second.history()).isEqualTo(first.history());
    second.fit(4);
    assertSameFiles();
  }

  @Test
  void resumesAPlateauAndItsPatience() throws IOException {
    UnaryOperator<TrainerOptions> options =
        o -> o.monitor(Monitor.min("val_loss").minDelta(1e6)).patience(4).checkpoints(cut);
    assertThat(plateau(options).fit(2).epochs()).isEqualTo(2);
    Trainer resumed = plateau(options);
    resumed.resume(cut.resolve("last.safetensors"));
    assertThat(resumed.fit(20).epochs()).isEqualTo(5);
    assertThat(resumed.history())
        .isEqualTo(plateau(o -> options.apply(o).checkpoints(whole)).fit(20));
    assertSameFiles();
    Trainer ended = plateau(options);
    ended.resume(cut.resolve("last.safetensors"));
    assertThat(ended.fit(20).epochs()).isEqualTo(5);
  }

  private static Trainer plateau(UnaryOperator<TrainerOptions> options) {
    var model = Runs.model(8);
    var optimizer = new SGD(model.parameters(), SGD.options().lr(0.01).momentum(0.9));
    return new Trainer(
        model,
        F::crossEntropy,
        optimizer,
        Runs.trainLoader(),
        options.apply(
            Trainer.options()
                .validation(Runs.valLoader())
                .scheduler(
                    new ReduceLROnPlateau(
                        optimizer, ReduceLROnPlateau.options().patience(0).threshold(0.9)))));
  }

  @Test
  void writesAmidAnEpoch() throws IOException {
    List<Long> steps = new ArrayList<>();
    var watch =
        new Callback() {
          @Override
          public void onSaveCheckpoint(Trainer trainer, Map<String, String> extra) {
            steps.add(trainer.globalStep());
          }
        };
    Trainer trainer =
        Runs.trainer(
            1, o -> o.validation(null).checkpoints(cut).checkpointEverySteps(3).callbacks(watch));
    trainer.fit(2);
    assertThat(steps).containsExactly(3L, 6L, 7L, 9L, 12L, 14L);
    assertThat(cut.resolve("best.safetensors")).doesNotExist();
  }

  private static Trainer oneCycle(UnaryOperator<TrainerOptions> options) {
    var model = Runs.model(9);
    var optimizer = new SGD(model.parameters(), SGD.options().lr(0.01).momentum(0.9));
    var scheduler = new OneCycleLR(optimizer, OneCycleLR.options(0.1, 2 * 7));
    return new Trainer(
        model,
        F::crossEntropy,
        optimizer,
        Runs.trainLoader(),
        options.apply(Trainer.options().stepScheduler(scheduler)));
  }

  @Test
  void aSchedulerOfStepsGoesOnAmidAnEpoch() throws IOException {
    List<Double> lrs = new ArrayList<>();
    var watch =
        new Callback() {
          @Override
          public void onTrainBatchEnd(Trainer trainer, Batch batch, int batchIndex, double loss) {
            lrs.add(trainer.optimizer().groups().getFirst().lr());
            if (trainer.globalStep() == 10) {
              trainer.stop();
            }
          }
        };
    Trainer whole = oneCycle(o -> o);
    History history = whole.fit(2);
    oneCycle(o -> o.checkpoints(cut).callbacks(watch)).fit(2);
    assertThat(lrs).hasSize(10).doesNotHaveDuplicates();
    Trainer resumed = oneCycle(o -> o);
    resumed.resume(cut.resolve("last.safetensors"));
    assertThat(resumed.fit(2).toCsv()).isEqualTo(history.toCsv());
    assertThat(resumed.optimizer().stateDict().scalars())
        .isEqualTo(whole.optimizer().stateDict().scalars());
  }

  @Test
  void bestHoldsTheBestModel() throws IOException {
    Trainer trainer = Runs.trainer(3, o -> o.checkpoints(cut));
    trainer.fit(4);
    Checkpoint best = Checkpoint.load(cut.resolve("best.safetensors"));
    assertThat(best.epoch()).isEqualTo(trainer.best().epoch() + 1);
    var model = Runs.model(77);
    model.loadStateDict(best.model());
    model.eval();
    assertThat(model.apply(Tensor.ones(2, 8)).toFloatArray())
        .containsExactly(trainer.model().apply(Tensor.ones(2, 8)).toFloatArray());
  }

  @Test
  void callbacksAddTexts() throws IOException {
    var loaded = new LinkedHashMap<String, String>();
    var classes =
        new Callback() {
          @Override
          public void onSaveCheckpoint(Trainer trainer, Map<String, String> extra) {
            extra.put("classes", "cat,\"dog\"");
          }

          @Override
          public void onLoadCheckpoint(Trainer trainer, Map<String, String> extra) {
            loaded.putAll(extra);
          }
        };
    Runs.trainer(1, o -> o.checkpoints(cut).callbacks(classes)).fit(1);
    Runs.trainer(1, o -> o.callbacks(classes)).resume(cut.resolve("last.safetensors"));
    assertThat(loaded).containsExactly(Map.entry("classes", "cat,\"dog\""));
  }

  @Test
  void anInterruptedThreadStillWritesItsCheckpoint() throws IOException {
    var interrupt =
        new Callback() {
          @Override
          public void onTrainBatchEnd(Trainer trainer, Batch batch, int batchIndex, double loss) {
            if (trainer.globalStep() == 9) {
              Thread.currentThread().interrupt();
            }
          }

          // Interrupts also while a checkpoint is being written.
          @Override
          public void onSaveCheckpoint(Trainer trainer, Map<String, String> extra) {
            Thread.currentThread().interrupt();
          }
        };
    Trainer trainer = Runs.trainer(8, o -> o.checkpoints(cut).callbacks(interrupt));
    trainer.fit(EPOCHS);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(Checkpoint.load(cut.resolve("last.safetensors")).step()).isEqualTo(7);
  }

  @Test
  void removesWhatAKilledTrainingLeft() throws IOException {
    Files.createDirectories(cut);
    Path draft = Files.writeString(cut.resolve(".last.safetensors.0.tmp"), "half");
    Path other = Files.writeString(cut.resolve("notes.txt"), "mine");
    Runs.trainer(1, o -> o.checkpoints(cut)).fit(1);
    assertThat(draft).doesNotExist();
    assertThat(other).exists();
  }

  @Test
  void aFolderThatCannotBeWrittenLeavesWhatIsThere() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "x");
    assertThatThrownBy(() -> Runs.trainer(1, o -> o.checkpoints(file)).fit(1))
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseInstanceOf(IOException.class)
        .hasMessage("checkpoints " + file + ": is a file, not a folder");
    // A folder in the place of the file is what no one, root included, can replace by a file.
    Runs.trainer(1, o -> o.checkpoints(cut).restoreBest(false)).fit(1);
    byte[] last = Files.readAllBytes(cut.resolve("last.safetensors"));
    Files.delete(cut.resolve("best.safetensors"));
    Files.createDirectories(cut.resolve("best.safetensors"));
    assertThatThrownBy(() -> Runs.trainer(1, o -> o.checkpoints(cut)).fit(1))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(
            "checkpoint %s: is a folder, not a file; the one before it is kept"
                .formatted(cut.resolve("best.safetensors")));
    assertThat(Files.readAllBytes(cut.resolve("last.safetensors"))).isEqualTo(last);
    try (var files = Files.list(cut)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void refusesWhatDoesNotFit() throws IOException {
    Runs.trainer(1, o -> o.checkpoints(cut)).fit(1);
    Path last = cut.resolve("last.safetensors");
    assertThatThrownBy(() -> Runs.trainer(1, o -> o.metrics(Metric.topK(2))).resume(last))
        .isInstanceOf(IOException.class)
        .hasMessage(
            last
                + ": was written with the numbers [loss, accuracy, val_loss, val_accuracy, lr], but"
                + " this trainer has [loss, top2_accuracy, val_loss, val_top2_accuracy, lr]; use"
                + " the same metrics and validation");
    assertThatThrownBy(() -> Runs.trainer(1, o -> o.scheduler(null)).resume(last))
        .hasMessage(last + ": was written with a scheduler; use the same");
    Runs.trainer(1, o -> o.scheduler(null).checkpoints(whole)).fit(1);
    Path without = whole.resolve("last.safetensors");
    assertThatThrownBy(() -> Runs.trainer(1, o -> o).resume(without))
        .hasMessage(without + ": was written without a scheduler; use none");
    var model = Runs.model(1);
    assertThatThrownBy(
            () ->
                new Trainer(
                        model,
                        F::crossEntropy,
                        new SGD(model.parameters(), 0.1),
                        new DataLoader(Runs.examples(200, 1), 10))
                    .resume(last))
        .hasMessage(
            last
                + ": was written with 7 batches in an epoch, but this loader has 20; use the same"
                + " data and batch size");
  }

  @Test
  void refusesDamagedFiles() throws IOException {
    Runs.trainer(1, o -> o.checkpoints(cut)).fit(1);
    Path last = cut.resolve("last.safetensors");
    Safetensors.Content content = Safetensors.load(last);
    Path file = temp.resolve("damaged.safetensors");
    Trainer trainer = Runs.trainer(1, o -> o);

    Safetensors.save(file, content.tensors());
    assertThatThrownBy(() -> trainer.resume(file))
        .hasMessage(
            file + ": is no checkpoint of a Trainer: its metadata has no 'gradus.checkpoint'");
    assertDamaged(content, file, "gradus.checkpoint", "9", "is a checkpoint of version 9, not 1");
    assertDamaged(content, file, "step", "-1", "'step' is '-1', not a count");
    assertDamaged(content, file, "best.value", "x", "'best.value' is 'x', not a number");
    assertDamaged(content, file, "epoch", "99999999999", "'epoch' is '99999999999', not a count");
    assertDamaged(content, file, "batch", "8", "batch 8 is not one of the 7 batches");
    var tensors = new LinkedHashMap<>(content.tensors());
    tensors.remove("generator");
    Safetensors.save(file, tensors, content.metadata());
    assertThatThrownBy(() -> trainer.resume(file))
        .hasMessage(file + ": the checkpoint has no tensor generator");
    tensors.put("generator", Tensor.arange(4));
    Safetensors.save(file, tensors, content.metadata());
    assertThatThrownBy(() -> trainer.resume(file))
        .hasMessageContaining("int64 [4] is no state of a generator");
    byte[] bytes = Files.readAllBytes(last);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));
    assertThatThrownBy(() -> trainer.resume(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cut short");
    assertThat(trainer.globalStep()).isZero();
  }

  private static void assertDamaged(
      Safetensors.Content content, Path file, String key, String value, String message)
      throws IOException {
    var metadata = new LinkedHashMap<>(content.metadata());
    metadata.put(key, value);
    Safetensors.save(file, content.tensors(), metadata);
    assertThatThrownBy(() -> Runs.trainer(1, o -> o).resume(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": " + message);
  }
}
