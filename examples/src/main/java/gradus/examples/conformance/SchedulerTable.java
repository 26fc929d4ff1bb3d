// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.optim.CosineAnnealingLR;
import gradus.optim.ExponentialLR;
import gradus.optim.LRScheduler;
import gradus.optim.MultiStepLR;
import gradus.optim.Optimizer;
import gradus.optim.ReduceLROnPlateau;
import gradus.optim.StepLR;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How each of PyTorch's learning rate schedulers is made, by its class's name.
final class SchedulerTable {
  private static final Map<String, Maker> MAKERS =
      Map.of(
          "StepLR", (o, a) -> epochs(stepLr(o, a)),
          "MultiStepLR", (o, a) -> epochs(multiStepLr(o, a)),
          "ExponentialLR", (o, a) -> epochs(new ExponentialLR(o, a.number("gamma"))),
          "CosineAnnealingLR", (o, a) -> epochs(cosineAnnealingLr(o, a)),
          "ReduceLROnPlateau", (o, a) -> new ReduceLROnPlateau(o, plateau(a))::step);

  private SchedulerTable() {}

  private interface Maker {
    Scheduler make(Optimizer<?> optimizer, Fields args);
  }

  /// A scheduler, whether it looks at a metric or not.
  interface Scheduler {
    /// Ends an epoch with this metric.
    void step(double metric);
  }

  /// Returns a scheduler of `optimizer`.
  ///
  /// @throws Unsupported if Gradus lacks it
  static Scheduler make(String name, Optimizer<?> optimizer, Fields args) {
    Maker maker = MAKERS.get(name);
    if (maker == null) {
      throw new Unsupported(List.of(name));
    }
    Scheduler scheduler = maker.make(optimizer, args);
    args.end();
    return scheduler;
  }

  private static Scheduler epochs(LRScheduler scheduler) {
    return _ -> scheduler.step();
  }

  private static StepLR stepLr(Optimizer<?> o, Fields a) {
    int stepSize = a.integer("step_size");
    return a.has("gamma") ? new StepLR(o, stepSize, a.number("gamma")) : new StepLR(o, stepSize);
  }

  private static MultiStepLR multiStepLr(Optimizer<?> o, Fields a) {
    List<Integer> milestones = Arrays.stream(a.integers("milestones")).boxed().toList();
    return a.has("gamma")
        ? new MultiStepLR(o, milestones, a.number("gamma"))
        : new MultiStepLR(o, milestones);
  }

  private static CosineAnnealingLR cosineAnnealingLr(Optimizer<?> o, Fields a) {
    int tMax = a.integer("T_max");
    return a.has("eta_min")
        ? new CosineAnnealingLR(o, tMax, a.number("eta_min"))
        : new CosineAnnealingLR(o, tMax);
  }

  private static ReduceLROnPlateau.Options plateau(Fields a) {
    var o = ReduceLROnPlateau.options();
    if (a.has("mode")) {
      o = o.mode(ReduceLROnPlateau.Mode.valueOf(a.text("mode").toUpperCase(Locale.ROOT)));
    }
    o = a.setNumber(o, "factor", ReduceLROnPlateau.Options::factor);
    if (a.has("patience")) {
      o = o.patience(a.integer("patience"));
    }
    o = a.setNumber(o, "threshold", ReduceLROnPlateau.Options::threshold);
    if (a.has("threshold_mode")) {
      String mode = a.text("threshold_mode").toUpperCase(Locale.ROOT);
      o = o.thresholdMode(ReduceLROnPlateau.ThresholdMode.valueOf(mode));
    }
    if (a.has("cooldown")) {
      o = o.cooldown(a.integer("cooldown"));
    }
    if (a.has("min_lr")) {
      o = o.minLr(Arrays.stream(a.numbers("min_lr")).boxed().toList());
    }
    return a.setNumber(o, "eps", ReduceLROnPlateau.Options::eps);
  }
}
