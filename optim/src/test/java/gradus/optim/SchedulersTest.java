// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.Parameter;
import gradus.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

  /// Makes a scheduler.
  record Maker(String name, Function<Optimizer<?>, LRScheduler> make) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Maker> makers() {
    return Stream.of(
        new Maker("StepLR", o -> new StepLR(o, 3)),
        new Maker("MultiStepLR", o -> new MultiStepLR(o, List.of(2, 7), 0.5)),
        new Maker("ExponentialLR", o -> new ExponentialLR(o, 0.9)),
        new Maker("CosineAnnealingLR", o -> new CosineAnnealingLR(o, 5, 0.1)),
        new Maker(
            "CosineAnnealingWarmRestarts", o -> new CosineAnnealingWarmRestarts(o, 3, 2, 0.1)),
        new Maker("LambdaLR", o -> new LambdaLR(o, epoch -> 1.0 / (1 + epoch))),
        new Maker("MultiplicativeLR", o -> new MultiplicativeLR(o, epoch -> 1 - 0.01 * epoch)),
        new Maker("ConstantLR", o -> new ConstantLR(o, 0.25, 8)),
        new Maker("LinearLR", o -> new LinearLR(o, 0.1, 0.9, 9)),
        new Maker("PolynomialLR", o -> new PolynomialLR(o, 10, 2)),
        new Maker(
            "CyclicLR", o -> new CyclicLR(o, CyclicLR.options(0.1, 1).stepSizeUp(3).gamma(0.5))),
        new Maker("OneCycleLR", o -> new OneCycleLR(o, OneCycleLR.options(1, 12))),
        new Maker("SWALR", o -> new SWALR(o, 0.1)),
        new Maker(
            "SequentialLR",
            o ->
                new SequentialLR(
                    o,
                    List.of(
                        new LinearLR(o),
                        new CosineAnnealingLR(o, 5),
                        new MultiplicativeLR(o, epoch -> 0.9)),
                    List.of(4, 9))),
        new Maker(
            "ChainedScheduler",
            o -> new ChainedScheduler(List.of(new ConstantLR(o), new ExponentialLR(o, 0.9)))));
  }

  @ParameterizedTest
  @MethodSource("makers")
  void aScheduleContinuesWhereItStopped(Maker maker) {
    SGD optimizer = optimizer();
    LRScheduler scheduler = maker.make.apply(optimizer);
    Set<Double> seen = new HashSet<>();
    for (int epoch = 0; epoch < 12; epoch++) {
      SGD resumedOptimizer = optimizer();
      LRScheduler resumed = maker.make.apply(resumedOptimizer);
      resumedOptimizer.loadStateDict(optimizer.stateDict());
      resumed.loadStateDict(scheduler.stateDict());
      scheduler.step();
      resumed.step();
      assertThat(resumedOptimizer.groups().getFirst().options())
          .isEqualTo(optimizer.groups().getFirst().options());
      assertThat(resumed.stateDict().scalars()).isEqualTo(scheduler.stateDict().scalars());
      seen.add(scheduler.getLastLr()[0]);
    }
    assertThat(seen).hasSizeGreaterThan(1);
  }

  @Test
  void everySchedulerIsInTheTable() throws IOException, URISyntaxException {
    URL type = Objects.requireNonNull(LRScheduler.class.getResource("LRScheduler.class"));
    Path classes = Path.of(type.toURI()).getParent();
    try (Stream<Path> files = Files.list(classes)) {
      List<String> schedulers =
          files
              .map(file -> file.getFileName().toString().replace(".class", ""))
              .filter(name -> name.matches("\\w+(LR|Restarts|Scheduler)"))
              .filter(name -> !name.equals("LRScheduler"))
              .toList();
      assertThat(makers().map(Maker::name)).containsExactlyInAnyOrderElementsOf(schedulers);
    }
  }

  @Test
  void momentumMovesAgainstTheLearningRate() {
    var optimizer = new Adam(List.of(new Parameter(Tensor.zeros(1))), 1);
    var scheduler = new CyclicLR(optimizer, CyclicLR.options(0.1, 0.5).stepSizeUp(2));
    assertThat(optimizer.groups().getFirst().options().beta1()).isEqualTo(0.9);
    scheduler.step();
    scheduler.step();
    assertThat(scheduler.getLastLr()).containsExactly(0.5);
    assertThat(optimizer.groups().getFirst().options().beta1()).isEqualTo(0.8);
  }

  @Test
  void annealsToTheLearningRateOfAveraging() {
    SGD optimizer = optimizer();
    var scheduler = new SWALR(optimizer, List.of(0.2), 4, OneCycleLR.Anneal.LINEAR);
    double[] lrs = new double[6];
    for (int epoch = 0; epoch < lrs.length; epoch++) {
      lrs[epoch] = scheduler.getLastLr()[0];
      scheduler.step();
    }
    assertThat(lrs).containsExactly(new double[] {1, 0.8, 0.6, 0.4, 0.2, 0.2}, within(1e-15));
    new SWALR(optimizer, List.of(0.05), 0, OneCycleLR.Anneal.COS);
    assertThat(optimizer.groups().getFirst().lr()).isEqualTo(0.05);
  }

  @Test
  void aGroupThatIsAddedLaterIsKnownToTheParts() {
    SGD optimizer = optimizer();
    var scheduler =
        new SequentialLR(
            optimizer,
            List.of(new ConstantLR(optimizer), new CosineAnnealingLR(optimizer, 4)),
            List.of(2));
    scheduler.step();
    optimizer.addParamGroup(
        ParamGroup.of(List.of(new Parameter(Tensor.zeros(1))), SGD.options().lr(0.1)));
    scheduler.step();
    assertThat(scheduler.getLastLr()).containsExactly(1, 0.1);
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
    refused(
        () -> new ExponentialLR(optimizer, -1), "ExponentialLR: gamma -1.0 is not a number ≥ 0");
    refused(() -> new StepLR(optimizer, 0), "StepLR: stepSize 0 is not a number > 0");
    refused(
        () -> new MultiStepLR(optimizer, List.of(3, -1)),
        "MultiStepLR: milestone -1 is not a number ≥ 0");
    refused(
        () -> new CosineAnnealingLR(optimizer, 0), "CosineAnnealingLR: tMax 0 is not a number > 0");
    refused(
        () -> new CosineAnnealingLR(optimizer, 3, -1),
        "CosineAnnealingLR: etaMin -1.0 is not a number ≥ 0");
    refused(() -> new ConstantLR(optimizer, 0, 5), "ConstantLR: factor 0.0 is not in (0, 1]");
    refused(() -> new LinearLR(optimizer, 0, 1, 5), "LinearLR: startFactor 0.0 is not in (0, 1]");
    refused(() -> new LinearLR(optimizer, 1, 2, 5), "LinearLR: endFactor 2.0 is not in [0, 1]");
    refused(
        () -> new PolynomialLR(optimizer, 0, 1), "PolynomialLR: totalIters 0 is not a number > 0");
    refused(
        () -> new CosineAnnealingWarmRestarts(optimizer, 5, 0, 0),
        "CosineAnnealingWarmRestarts: tMult 0 is not a number > 0");
    refused(
        () -> new LambdaLR(optimizer, List.of(e -> 1, e -> 2)),
        "LambdaLR: 2 functions for 1 parameter groups; give one, or one for each");
    refused(
        () -> new CyclicLR(optimizer, CyclicLR.options(0.1, 1).maxLr(List.of(1.0, 2.0))),
        "CyclicLR: 2 maxLr for 1 parameter groups; give one, or one for each");
    refused(() -> OneCycleLR.options(1, 1), "OneCycleLR: totalSteps 1 is not a number > 1");
    refused(
        () -> OneCycleLR.options(1, 9).pctStart(1.5), "OneCycleLR: pctStart 1.5 is not in [0, 1]");
    refused(
        () -> new SequentialLR(optimizer, List.of(), List.of()),
        "SequentialLR: no schedulers; give at least one");
    refused(
        () -> new ChainedScheduler(List.of()),
        "ChainedScheduler: no schedulers; give at least one");
    var other = new StepLR(optimizer(), 3);
    refused(
        () -> new ChainedScheduler(List.of(new StepLR(optimizer, 3), other)),
        "ChainedScheduler: scheduler 1 is of another optimizer; they must share one");
    refused(
        () -> new SequentialLR(optimizer, List.of(new StepLR(optimizer, 3)), List.of(3)),
        "SequentialLR: milestones [3] is not one for each of the schedulers but the first, which"
            + " are 1");
    refused(
        () ->
            new SequentialLR(
                optimizer, List.of(new StepLR(optimizer, 3), new StepLR(optimizer, 3)), List.of(0)),
        "SequentialLR: milestone 0 is not later than 0");
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
        () -> ClipGrad.clipGradNorm(List.of(), 1, -1),
        "clipGradNorm: normType -1.0 is not a number ≥ 0");
    refused(
        () -> ClipGrad.clipGradValue(List.of(), Double.NaN),
        "clipGradValue: clipValue NaN is not a number ≥ 0");
  }

  private static void refused(Runnable action, String message) {
    assertThatThrownBy(action::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void moreStepsThanOneCycleHasAreRefused() {
    var scheduler = new OneCycleLR(optimizer(), OneCycleLR.options(1, 2));
    scheduler.step();
    scheduler.step();
    assertThatThrownBy(scheduler::step)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("OneCycleLR: step 3 of 2; give totalSteps as epochs times batches of an epoch");
  }
}
