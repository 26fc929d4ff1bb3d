// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.optim.CosineAnnealingLR;
import gradus.optim.ExponentialLR;
import gradus.optim.MultiStepLR;
import gradus.optim.Optimizer;
import gradus.optim.ReduceLROnPlateau;
import gradus.optim.Stateful;
import gradus.optim.StepLR;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How the learning rate goes from epoch to epoch, with the options that each reads.
enum SchedulerKind {
  /// It stays.
  NONE(Set.of(), (_, _) -> null),
  /// It is multiplied in each epoch.
  EXPONENTIAL(Set.of("--lr-decay"), (o, s) -> new ExponentialLR(o, s.decayOr(0.95))),
  /// It is multiplied every so many epochs.
  STEP(Set.of("--lr-decay", "--step-size"), (o, s) -> new StepLR(o, s.stepSize(), s.decayOr(0.1))),
  /// It is multiplied after certain epochs.
  MULTISTEP(
      Set.of("--lr-decay", "--milestones"),
      (o, s) -> new MultiStepLR(o, s.milestones(), s.decayOr(0.1))),
  /// It falls to 0 along half a cosine wave.
  COSINE(Set.of("--epochs"), (o, s) -> new CosineAnnealingLR(o, s.epochs())),
  /// It is multiplied when the number that tells the best epoch has not improved for a while.
  PLATEAU(
      Set.of("--lr-decay", "--plateau-patience"),
      (o, s) ->
          new ReduceLROnPlateau(
              o,
              ReduceLROnPlateau.options()
                  .mode(s.mode())
                  .factor(s.decayOr(0.1))
                  .patience(s.plateauPatience())));

  private interface Maker {
    @Nullable Stateful make(Optimizer<?> optimizer, ScheduleOptions.Settings settings);
  }

  @SuppressWarnings("ImmutableEnumChecker") // from Set.of
  private final Set<String> options;

  @SuppressWarnings("ImmutableEnumChecker") // lambdas that capture nothing
  private final Maker maker;

  SchedulerKind(Set<String> options, Maker maker) {
    this.options = options;
    this.maker = maker;
  }

  /// Whether the schedule depends on an option.
  boolean reads(String option) {
    return options.contains(option);
  }

  @Nullable Stateful make(Optimizer<?> optimizer, ScheduleOptions.Settings settings) {
    return maker.make(optimizer, settings);
  }

  @Override
  public String toString() {
    return Choice.name(this);
  }
}
