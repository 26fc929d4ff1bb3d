// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.Parameter;
import gradus.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightAverageTest {
  private final Parameter w = new Parameter(Tensor.of(1, 2));

  private void pass(WeightAverage average, double... values) {
    for (double value : values) {
      w.assign(Tensor.of(value, -value));
      average.update();
    }
  }

  @Test
  void swaIsTheMeanOfAllUpdates() {
    var average = WeightAverage.swa(List.of(w));
    assertThat(average.averages().getFirst().toFloatArray()).containsExactly(1, 2);
    pass(average, 4, 6, 11);
    assertThat(average.averages().getFirst().toFloatArray()).containsExactly(7, -7);
    assertThat(average.updates()).isEqualTo(3);
  }

  @Test
  void emaForgetsExponentially() {
    var average = WeightAverage.ema(List.of(w), 0.75);
    pass(average, 4, 8, 16);
    assertThat(average.averages().getFirst().toFloatArray()).containsExactly(7.75f, -7.75f);
  }

  @Test
  void float64StaysFloat64() {
    Parameter p = new Parameter(Tensor.float64(new double[] {0.1}));
    var average = WeightAverage.ema(List.of(p), 0.5);
    average.update();
    p.assign(Tensor.float64(new double[] {0.3}));
    average.update();
    assertThat(average.averages().getFirst().toDoubleArray())
        .containsExactly(0.5 * 0.1 + 0.5 * 0.3);
  }

  @Test
  void isAppliedForAWhileOrForGood() {
    var average = WeightAverage.swa(List.of(w));
    pass(average, 2, 4);
    try (var _ = average.applied()) {
      assertThat(w.toFloatArray()).containsExactly(3, -3);
    }
    assertThat(w.toFloatArray()).containsExactly(4, -4);
    average.copyTo();
    assertThat(w.toFloatArray()).containsExactly(3, -3);
    w.assign(Tensor.of(9, 9));
    assertThat(average.averages().getFirst().toFloatArray()).containsExactly(3, -3);
  }

  @Test
  void continuesWhereItStopped() {
    var average = WeightAverage.swa(List.of(w));
    pass(average, 1, 5);
    var resumed = WeightAverage.swa(List.of(w));
    resumed.loadStateDict(average.stateDict());
    pass(resumed, 12);
    assertThat(resumed.averages().getFirst().toFloatArray()).containsExactly(6, -6);
    assertThat(resumed.updates()).isEqualTo(3);
    assertThat(average.averages().getFirst().toFloatArray()).containsExactly(3, -3);
  }

  @Test
  void errorsSayWhatIsWrong() {
    assertThatThrownBy(() -> WeightAverage.ema(List.of(w), 1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("WeightAverage: decay 1.5 is not in [0, 1]");
    assertThatThrownBy(() -> WeightAverage.swa(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("WeightAverage: no parameters; did the module keep its layers in fields?");
    assertThatThrownBy(
            () ->
                WeightAverage.swa(List.of(w))
                    .loadStateDict(new StateDict(Map.of("average.0", Tensor.zeros(3)), Map.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "WeightAverage.loadStateDict: missing n_averaged; average.0 is float32 [3] but its"
                + " parameter is float32 [2]; is this state of another optimizer, scheduler or"
                + " model?");
  }
}
