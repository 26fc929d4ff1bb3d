// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import static java.util.Map.entry;

import gradus.optim.ChainedScheduler;
import gradus.optim.ConstantLR;
import gradus.optim.CosineAnnealingLR;
import gradus.optim.CosineAnnealingWarmRestarts;
import gradus.optim.CyclicLR;
import gradus.optim.ExponentialLR;
import gradus.optim.LRScheduler;
import gradus.optim.LambdaLR;
import gradus.optim.LinearLR;
import gradus.optim.MultiStepLR;
import gradus.optim.MultiplicativeLR;
import gradus.optim.OneCycleLR;
import gradus.optim.Optimizer;
import gradus.optim.PolynomialLR;
import gradus.optim.ReduceLROnPlateau;
import gradus.optim.SWALR;
import gradus.optim.SequentialLR;
import gradus.optim.StepLR;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How each of PyTorch's learning rate schedulers is made, by its class's name.
final class SchedulerTable {
  private static final Map<String, Maker> MAKERS =
      Map.ofEntries(
          entry("StepLR", SchedulerTable::stepLr),
          entry("MultiStepLR", SchedulerTable::multiStepLr),
          entry("ExponentialLR", (o, a) -> new ExponentialLR(o, a.number("gamma"))),
          entry("CosineAnnealingLR", SchedulerTable::cosineAnnealingLr),
          entry("ConstantLR", SchedulerTable::constantLr),
          entry("LinearLR", SchedulerTable::linearLr),
          entry("PolynomialLR", SchedulerTable::polynomialLr),
          entry("CosineAnnealingWarmRestarts", SchedulerTable::warmRestarts),
          entry("CyclicLR", (o, a) -> new CyclicLR(o, cyclic(a))),
          entry("OneCycleLR", (o, a) -> new OneCycleLR(o, oneCycle(a))),
          entry("SWALR", SchedulerTable::swaLr),
          entry("LambdaLR", (o, a) -> new LambdaLR(o, Lambdas.read(a))),
          entry("MultiplicativeLR", (o, a) -> new MultiplicativeLR(o, Lambdas.read(a))),
          entry("SequentialLR", (o, a) -> new SequentialLR(o, parts(o, a), milestones(a))),
          entry("ChainedScheduler", (o, a) -> new ChainedScheduler(parts(o, a))));

  private SchedulerTable() {}

  private interface Maker {
    LRScheduler make(Optimizer<?> optimizer, Fields args);
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
    if (name.equals("ReduceLROnPlateau")) {
      var plateau = new ReduceLROnPlateau(optimizer, plateau(args));
      args.end();
      return plateau::step;
    }
    LRScheduler scheduler = scheduler(name, optimizer, args);
    return _ -> scheduler.step();
  }

  private static LRScheduler scheduler(String name, Optimizer<?> optimizer, Fields args) {
    Maker maker = MAKERS.get(name);
    if (maker == null) {
      throw new Unsupported(List.of(name));
    }
    // Before the first step PyTorch's epoch is -1, which its constructors go on from.
    args.ignore("verbose");
    if (args.has("last_epoch")) {
      Tolerance.EXACT.check("last_epoch", args.integer("last_epoch"), -1);
    }
    LRScheduler scheduler = maker.make(optimizer, args);
    args.end();
    return scheduler;
  }

  private static List<LRScheduler> parts(Optimizer<?> optimizer, Fields args) {
    List<LRScheduler> parts = new ArrayList<>();
    for (Fields part : args.objects("schedulers")) {
      parts.add(scheduler(part.text("op"), optimizer, part.object("args")));
      part.end();
    }
    return parts;
  }

  private static List<Integer> milestones(Fields a) {
    return Arrays.stream(a.integers("milestones")).boxed().toList();
  }

  private static List<Double> numbers(Fields a, String key) {
    return Arrays.stream(a.numbers(key)).boxed().toList();
  }

  /// Returns the constant that PyTorch spells `text`.
  private static <E extends Enum<E>> E constant(Class<E> type, String text) {
    return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
  }

  private static StepLR stepLr(Optimizer<?> o, Fields a) {
    int stepSize = a.integer("step_size");
    return a.has("gamma") ? new StepLR(o, stepSize, a.number("gamma")) : new StepLR(o, stepSize);
  }

  private static MultiStepLR multiStepLr(Optimizer<?> o, Fields a) {
    return a.has("gamma")
        ? new MultiStepLR(o, milestones(a), a.number("gamma"))
        : new MultiStepLR(o, milestones(a));
  }

  private static CosineAnnealingLR cosineAnnealingLr(Optimizer<?> o, Fields a) {
    int tMax = a.integer("T_max");
    return a.has("eta_min")
        ? new CosineAnnealingLR(o, tMax, a.number("eta_min"))
        : new CosineAnnealingLR(o, tMax);
  }

  private static ConstantLR constantLr(Optimizer<?> o, Fields a) {
    return new ConstantLR(o, a.number("factor", 1.0 / 3), a.integer("total_iters", 5));
  }

  private static LinearLR linearLr(Optimizer<?> o, Fields a) {
    return new LinearLR(
        o,
        a.number("start_factor", 1.0 / 3),
        a.number("end_factor", 1),
        a.integer("total_iters", 5));
  }

  private static PolynomialLR polynomialLr(Optimizer<?> o, Fields a) {
    return new PolynomialLR(o, a.integer("total_iters", 5), a.number("power", 1));
  }

  private static CosineAnnealingWarmRestarts warmRestarts(Optimizer<?> o, Fields a) {
    return new CosineAnnealingWarmRestarts(
        o, a.integer("T_0"), a.integer("T_mult", 1), a.number("eta_min", 0));
  }

  private static CyclicLR.Options cyclic(Fields a) {
    var o = CyclicLR.options(0, 0).baseLr(numbers(a, "base_lr")).maxLr(numbers(a, "max_lr"));
    o = o.stepSizeUp(a.integer("step_size_up", o.stepSizeUp()));
    if (a.has("step_size_down") && !a.isNull("step_size_down")) {
      o = o.stepSizeDown(a.integer("step_size_down"));
    }
    if (a.has("mode")) {
      o = o.mode(constant(CyclicLR.Mode.class, a.text("mode")));
    }
    o = a.setNumber(o, "gamma", CyclicLR.Options::gamma);
    a.ignore("scale_mode"); // of the function that None stands for
    if (a.given("scale_fn")) {
      throw new Mismatch("a scale_fn is not data");
    }
    o = a.setFlag(o, "cycle_momentum", CyclicLR.Options::cycleMomentum);
    if (a.has("base_momentum")) {
      o = o.baseMomentum(numbers(a, "base_momentum"));
    }
    return a.has("max_momentum") ? o.maxMomentum(numbers(a, "max_momentum")) : o;
  }

  private static OneCycleLR.Options oneCycle(Fields a) {
    boolean counted = a.has("total_steps") && !a.isNull("total_steps");
    int steps =
        counted ? a.integer("total_steps") : a.integer("epochs") * a.integer("steps_per_epoch");
    a.ignore("epochs", "steps_per_epoch");
    var o = OneCycleLR.options(0, steps).maxLr(numbers(a, "max_lr"));
    o = a.setNumber(o, "pct_start", OneCycleLR.Options::pctStart);
    if (a.has("anneal_strategy")) {
      o = o.annealStrategy(constant(OneCycleLR.Anneal.class, a.text("anneal_strategy")));
    }
    o = a.setFlag(o, "cycle_momentum", OneCycleLR.Options::cycleMomentum);
    if (a.has("base_momentum")) {
      o = o.baseMomentum(numbers(a, "base_momentum"));
    }
    if (a.has("max_momentum")) {
      o = o.maxMomentum(numbers(a, "max_momentum"));
    }
    o = a.setNumber(o, "div_factor", OneCycleLR.Options::divFactor);
    o = a.setNumber(o, "final_div_factor", OneCycleLR.Options::finalDivFactor);
    return a.setFlag(o, "three_phase", OneCycleLR.Options::threePhase);
  }

  private static SWALR swaLr(Optimizer<?> o, Fields a) {
    var strategy = a.has("anneal_strategy") ? a.text("anneal_strategy") : "cos";
    return new SWALR(
        o,
        numbers(a, "swa_lr"),
        a.integer("anneal_epochs", 10),
        constant(OneCycleLR.Anneal.class, strategy));
  }

  private static ReduceLROnPlateau.Options plateau(Fields a) {
    a.ignore("verbose");
    var o = ReduceLROnPlateau.options();
    if (a.has("mode")) {
      o = o.mode(constant(ReduceLROnPlateau.Mode.class, a.text("mode")));
    }
    o = a.setNumber(o, "factor", ReduceLROnPlateau.Options::factor);
    if (a.has("patience")) {
      o = o.patience(a.integer("patience"));
    }
    o = a.setNumber(o, "threshold", ReduceLROnPlateau.Options::threshold);
    if (a.has("threshold_mode")) {
      o =
          o.thresholdMode(
              constant(ReduceLROnPlateau.ThresholdMode.class, a.text("threshold_mode")));
    }
    if (a.has("cooldown")) {
      o = o.cooldown(a.integer("cooldown"));
    }
    if (a.has("min_lr")) {
      o = o.minLr(numbers(a, "min_lr"));
    }
    return a.setNumber(o, "eps", ReduceLROnPlateau.Options::eps);
  }
}
