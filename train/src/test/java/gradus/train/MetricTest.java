// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import gradus.Tensor;
import gradus.nn.F;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MetricTest {
  private static final Tensor OUTPUT =
      Tensor.of(new double[][] {{3, 1, 2}, {0, 1, 2}, {5, 5, 5}, {1, 2, 0}});
  private static final Tensor TARGET = Tensor.of(new long[] {0, 1, 1, 2}, 4);

  private static double of(Metric metric, Tensor output, Tensor target) {
    return metric.value(metric.sums(output, target));
  }

  @Test
  void accuracy() {
    assertThat(of(Metric.accuracy(), OUTPUT, TARGET)).isEqualTo(0.25);
  }

  @Test
  void topK() {
    assertThat(of(Metric.topK(1), OUTPUT, TARGET)).isEqualTo(0.25);
    assertThat(of(Metric.topK(2), OUTPUT, TARGET)).isEqualTo(0.75);
    assertThat(of(Metric.topK(3), OUTPUT, TARGET)).isEqualTo(1);
    assertThat(Metric.topK(5).name()).isEqualTo("top5_accuracy");
    assertThat(
            of(
                Metric.topK(1),
                Tensor.of(new double[][] {{Double.NaN, 1}}),
                Tensor.of(new long[] {1}, 1)))
        .isZero();
    assertThatThrownBy(() -> Metric.topK(0)).hasMessage("topK: k 0 is not positive");
  }

  /// Over batches of different sizes, a mean is that of all examples together.
  @Test
  void meanOverBatches() {
    Metric metric = Metric.mean("mse", F::mseLoss);
    Tensor x = Tensor.of(1, 2, 3, 4, 5);
    Tensor y = Tensor.of(0, 0, 1, 1, 9);
    Tally tally = new Tally(List.of(metric));
    tally.add(0.5, x.narrow(0, 0, 2), y.narrow(0, 0, 2));
    tally.add(3, x.narrow(0, 2, 3), y.narrow(0, 2, 3));
    var numbers = new TreeMap<String, Double>();
    tally.putInto(numbers, "val_");
    assertThat(numbers).containsOnlyKeys("val_loss", "val_mse").containsEntry("val_loss", 2.0);
    assertThat(numbers.get("val_mse")).isCloseTo((1 + 4 + 4 + 9 + 16) / 5.0, offset(1e-6));
  }

  @Test
  void confusionMatrix() {
    ConfusionMatrix matrix = ConfusionMatrix.of(OUTPUT, TARGET);
    assertThat(matrix.counts())
        .containsExactly(List.of(1L, 0L, 0L), List.of(1L, 0L, 1L), List.of(0L, 1L, 0L));
    assertThat(matrix.accuracy()).isEqualTo(0.25);
    assertThat(matrix.recall(0)).isEqualTo(1);
    assertThat(matrix.precision(0)).isEqualTo(0.5);
    assertThat(matrix.recall(2)).isZero();
    assertThat(matrix.toTable(List.of("cat", "horse", "aeroplane")))
        .isEqualTo(
            """
                        cat  hors  aero  accuracy
            cat           1     0     0    1.0000
            horse         1     0     1    0.0000
            aeroplane     0     1     0    0.0000
            """);
    assertThatThrownBy(() -> ConfusionMatrix.of(OUTPUT, Tensor.of(new long[] {0, 1, 3, 2}, 4)))
        .hasMessage("ConfusionMatrix: label 3 of example 2 is not in 0 … 2");
    assertThatThrownBy(() -> ConfusionMatrix.of(OUTPUT, Tensor.of(new long[] {0}, 1)))
        .hasMessage("ConfusionMatrix: outputs [4, 3] and labels [1]; [N, C] and [N] are wanted");
    assertThatThrownBy(() -> matrix.toTable(List.of("a")))
        .hasMessage("ConfusionMatrix: 1 names for 3 classes");
  }

  @Test
  void monitor() {
    assertThat(Monitor.min("x").isBetter(1, 2)).isTrue();
    assertThat(Monitor.min("x").isBetter(2, 2)).isFalse();
    assertThat(Monitor.max("x").minDelta(0.5).isBetter(2.4, 2)).isFalse();
    assertThat(Monitor.max("x").minDelta(0.5).isBetter(2.6, 2)).isTrue();
    assertThat(Monitor.min("x").isBetter(Double.NaN, Double.NaN)).isFalse();
    assertThat(Monitor.min("x").isBetter(9, Double.NaN)).isTrue();
    assertThatThrownBy(() -> Monitor.min("x").minDelta(-1))
        .hasMessage("Monitor: minDelta -1.0 is not a number ≥ 0");
  }
}
