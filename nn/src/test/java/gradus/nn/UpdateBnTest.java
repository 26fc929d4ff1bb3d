// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import gradus.DType;
import gradus.Generator;
import gradus.Grad;
import gradus.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The running statistics of a model after [BatchNorm#updateBn].
class UpdateBnTest {
  private final Generator random = new Generator(6);
  private final List<Tensor> batches =
      List.of(random.normal(2, 3, 5, 2), random.normal(-1, 1, 4, 2), random.normal(0, 2, 9, 2));

  /// All batches weigh alike, whatever was there before, NaN too, and whatever the momentum.
  @Test
  void areTheMeansOverTheBatches() {
    var norm = new BatchNorm1d(2);
    norm.to(DType.FLOAT64);
    List<Tensor> doubles = batches.stream().map(batch -> batch.to(DType.FLOAT64)).toList();
    norm.runningMean.assign(Tensor.float64(new double[] {Double.NaN, 7}));
    BatchNorm.updateBn(doubles, norm, norm::apply);
    for (int channel = 0; channel < 2; channel++) {
      double mean = 0;
      double var = 0;
      for (Tensor batch : doubles) {
        mean += batch.select(1, channel).mean().item() / 3;
        var += batch.select(1, channel).var().item() / 3;
      }
      assertThat(norm.runningMean.toDoubleArray()[channel]).isCloseTo(mean, within(1e-14));
      assertThat(norm.runningVar.toDoubleArray()[channel]).isCloseTo(var, within(1e-14));
    }
    assertThat(norm.numBatchesTracked.item()).isEqualTo(3);
  }

  @Test
  void areThoseOfACumulativeLayer() {
    var norm = new BatchNorm1d(2);
    var cumulative = new BatchNorm1d(2, BatchNorm.options().momentum(null));
    batches.forEach(norm::apply);
    BatchNorm.updateBn(batches, norm, norm::apply);
    batches.forEach(cumulative::apply);
    assertThat(norm.runningMean.toFloatArray()).isEqualTo(cumulative.runningMean.toFloatArray());
    assertThat(norm.runningVar.toFloatArray()).isEqualTo(cumulative.runningVar.toFloatArray());
  }

  /// Momentum, modes, parameters and the recording of gradients are as before.
  @Test
  void leavesAllElseAsItWas() {
    var norm = new BatchNorm1d(2);
    var dropout = new Dropout();
    var model = new Sequential(norm, dropout);
    model.eval();
    dropout.train();
    List<Boolean> seen = new ArrayList<>();
    BatchNorm.updateBn(
        batches,
        model,
        batch -> {
          seen.add(norm.isTraining() && !model.apply(batch).requiresGrad());
        });
    assertThat(seen).containsExactly(true, true, true);
    assertThat(model.isTraining()).isFalse();
    assertThat(norm.isTraining()).isFalse();
    assertThat(dropout.isTraining()).isTrue();
    assertThat(norm.weight.toFloatArray()).containsExactly(1, 1);
    assertThat(Grad.enabled()).isTrue();

    double before = norm.runningMean.toFloatArray()[0];
    norm.train();
    norm.apply(batches.getFirst());
    double batch = batches.getFirst().select(1, 0).mean().item();
    assertThat((double) norm.runningMean.toFloatArray()[0])
        .isCloseTo(0.9 * before + 0.1 * batch, within(1e-6));
  }

  @Test
  void aModelWithoutStatisticsIsNotRun() {
    var model =
        new Sequential(
            new Linear(2, 2), new BatchNorm1d(2, BatchNorm.options().trackRunningStats(false)));
    BatchNorm.updateBn(
        batches,
        model,
        _ -> {
          throw new AssertionError("run");
        });
    assertThat(model.isTraining()).isTrue();
  }
}
