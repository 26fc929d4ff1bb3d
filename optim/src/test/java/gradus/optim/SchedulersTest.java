// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.Parameter;
import gradus.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchedulersTest {
  private static SGD optimizer() {
    return new SGD(List.of(new Parameter(Tensor.zeros(1))), 1);
  }

  @Test
  void schedulersOnOneOptimizerWorkTogether() {
    SGD optimizer = optimizer();
    var a = new ExponentialLR(optimizer, 0.5);
    var b = new StepLR(optimizer, 2, 0.5);
    for (int epoch = 0; epoch < 2; epoch++) {
      a.step();
      b.step();
    }
    assertThat(a.getLastLr()).containsExactly(0.125);
    assertThat(a.lastEpoch()).isEqualTo(2);
  }

  @Test
  void aGroupThatIsAddedLaterIsScheduledFromThenOn() {
    SGD optimizer = optimizer();
    var scheduler = new CosineAnnealingLR(optimizer, 4);
    scheduler.step();
    optimizer.addParamGroup(
        ParamGroup.of(List.of(new Parameter(Tensor.zeros(1))), SGD.options().lr(0.1)));
    scheduler.step();
    assertThat(scheduler.getLastLr()).hasSize(2);
    assertThat(scheduler.stateDict().scalars())
        .containsExactly(
            Map.entry("last_epoch", 2.0),
            Map.entry("base_lrs.0", 1.0),
            Map.entry("base_lrs.1", 0.1));
  }

  @Test
  void aScheduleContinuesWhereItStopped() {
    SGD optimizer = optimizer();
    var scheduler = new CosineAnnealingLR(optimizer, 5, 0.1);
    SGD resumedOptimizer = optimizer();
    var resumed = new CosineAnnealingLR(resumedOptimizer, 5, 0.1);
    for (int epoch = 0; epoch < 12; epoch++) {
      if (epoch == 6) {
        resumedOptimizer.loadStateDict(optimizer.stateDict());
        resumed.loadStateDict(scheduler.stateDict());
      }
      if (epoch >= 6) {
        resumed.step();
      }
      scheduler.step();
    }
    assertThat(resumed.getLastLr()).containsExactly(scheduler.getLastLr());
  }

  @Test
  void aPlateauContinuesWhereItStopped() {
    SGD optimizer = optimizer();
    var options = ReduceLROnPlateau.options().patience(1).cooldown(2).factor(0.5);
    var scheduler = new ReduceLROnPlateau(optimizer, options);
    SGD resumedOptimizer = optimizer();
    var resumed = new ReduceLROnPlateau(resumedOptimizer, options);
    for (int epoch = 0; epoch < 12; epoch++) {
      if (epoch == 5) {
        resumedOptimizer.loadStateDict(optimizer.stateDict());
        resumed.loadStateDict(scheduler.stateDict());
      }
      if (epoch >= 5) {
        resumed.step(1);
      }
      scheduler.step(1);
    }
    assertThat(scheduler.getLastLr()[0]).isLessThan(1);
    assertThat(resumed.getLastLr()).containsExactly(scheduler.getLastLr());
    assertThat(resumed.stateDict().scalars()).isEqualTo(scheduler.stateDict().scalars());
    assertThat(resumed.best()).isEqualTo(1);
    assertThat(resumed.lastEpoch()).isEqualTo(12);
  }

  @Test
  void aNanIsABadEpoch() {
    SGD optimizer = optimizer();
    var scheduler = new ReduceLROnPlateau(optimizer, ReduceLROnPlateau.options().patience(1));
    scheduler.step(Double.NaN);
    scheduler.step(Double.NaN);
    assertThat(scheduler.getLastLr()).containsExactly(0.1);
  }

  @Test
  void wrongArgumentsAreNamed() {
    SGD optimizer = optimizer();
    refused(() -> new ExponentialLR(optimizer, 0), "ExponentialLR: gamma 0.0 is not a number > 0");
    refused(() -> new StepLR(optimizer, 0), "StepLR: stepSize 0 is not a number > 0");
    refused(
        () -> new MultiStepLR(optimizer, List.of(3, -1)),
        "MultiStepLR: milestone -1 is not a number > 0");
    refused(
        () -> new CosineAnnealingLR(optimizer, 0), "CosineAnnealingLR: tMax 0 is not a number > 0");
    refused(
        () -> new CosineAnnealingLR(optimizer, 3, -1),
        "CosineAnnealingLR: etaMin -1.0 is not a number ≥ 0");
    refused(
        () ->
            new ReduceLROnPlateau(
                optimizer, ReduceLROnPlateau.options().minLr(List.of(0.1, 0.2, 0.3))),
        "ReduceLROnPlateau: 3 minLr for 1 parameter groups; give one, or one for each");
    refused(
        () -> new ExponentialLR(optimizer, 0.5).loadStateDict(new StateDict(Map.of(), Map.of())),
        "ExponentialLR.loadStateDict: missing last_epoch; missing base_lrs.0; is this state of"
            + " another optimizer, scheduler or model?");
    refused(
        () -> ClipGrad.clipGradNorm(List.of(), -1),
        "clipGradNorm: maxNorm -1.0 is not a number ≥ 0");
    refused(
        () -> ClipGrad.clipGradNorm(List.of(), 1, 0),
        "clipGradNorm: normType 0.0 is not a number > 0");
    refused(
        () -> ClipGrad.clipGradValue(List.of(), Double.NaN),
        "clipGradValue: clipValue NaN is not a number ≥ 0");
  }

  private static void refused(Runnable action, String message) {
    assertThatThrownBy(action::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
