// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import java.util.List;

/// One cycle for a whole training: up to the highest learning rate, then down to next to nothing,
/// with the momentum against it: `torch.optim.lr_scheduler.OneCycleLR`. [#step()] after each batch.
///
/// ```java
/// int steps = epochs * loader.length();
/// var scheduler = new OneCycleLR(optimizer, OneCycleLR.options(0.1, steps));
/// ```
///
/// With n = `totalSteps`, p = `pctStart` and first = maxLr/divFactor, the learning rate goes from
/// first (step 0) to maxLr (step p·n − 1) to first/finalDivFactor (step n − 1), or, in three
/// phases, to maxLr, back to first (step 2·p·n − 2) and then to first/finalDivFactor. The momentum
/// is highest where the learning rate is lowest, and stays so in the third phase.
///
/// Smith, Topin: Super-Convergence: Very Fast Training of Neural Networks Using Large Learning
/// Rates, 2018; the paper has three phases.
public final class OneCycleLR extends LRScheduler {
  private static final String NAME = "OneCycleLR";

  private final Options options;

  /// Makes a scheduler, and sets each group's learning rate to maxLr/divFactor.
  ///
  /// @throws IllegalArgumentException if a list has several elements, but not one for each group
  /// @throws IllegalStateException if the optimizer has no momentum to cycle
  public OneCycleLR(Optimizer<?> optimizer, Options options) {
    super(prepared(optimizer, options));
    this.options = options;
    start();
  }

  private static Optimizer<?> prepared(Optimizer<?> optimizer, Options options) {
    Check.perGroup(NAME, "maxLr", options.maxLr, optimizer);
    Check.perGroup(NAME, "baseMomentum", options.baseMomentum, optimizer);
    Check.perGroup(NAME, "maxMomentum", options.maxMomentum, optimizer);
    for (int g = 0; g < optimizer.groups().size(); g++) {
      double first = Check.ofGroup(options.maxLr, g) / options.divFactor;
      optimizer.groups().get(g).initialLr(first);
    }
    return optimizer;
  }

  /// The shape of a way from one value to another.
  public enum Anneal {
    /// Half a cosine wave.
    COS,
    /// A straight line.
    LINEAR;

    /// Returns the value at part `pct` of the way.
    double between(double start, double end, double pct) {
      return switch (this) {
        case COS -> end + (start - end) / 2 * (StrictMath.cos(Math.PI * pct) + 1);
        case LINEAR -> (end - start) * pct + start;
      };
    }
  }

  /// Returns PyTorch's defaults, for all groups: 0.3 of the batches up, along half cosine waves,
  /// momentum cycled from 0.95 to 0.85, first learning rate maxLr/25, last 1e-4 of that, two
  /// phases.
  public static Options options(double maxLr, int totalSteps) {
    return new Options(
        List.of(maxLr),
        totalSteps,
        0.3,
        Anneal.COS,
        true,
        List.of(0.85),
        List.of(0.95),
        25,
        1e4,
        false);
  }

  /// Options of [OneCycleLR].
  ///
  /// @param maxLr the highest learning rate: one for all groups, or one for each
  /// @param totalSteps batches of the whole training, > 1: epochs times batches of an epoch
  /// @param pctStart the part of the batches on the way up, in [0, 1]
  /// @param annealStrategy the shape of each way
  /// @param cycleMomentum whether to move the momentum against the learning rate; needs an
  ///   optimizer that has one
  /// @param baseMomentum the lowest momentum: one for all groups, or one for each
  /// @param maxMomentum the highest momentum: one for all groups, or one for each
  /// @param divFactor maxLr over the first learning rate, > 0
  /// @param finalDivFactor the first learning rate over the last, > 0
  /// @param threePhase whether to go down to the first learning rate as fast as up, and from there
  ///   to the last
  public record Options(
      List<Double> maxLr,
      int totalSteps,
      double pctStart,
      Anneal annealStrategy,
      boolean cycleMomentum,
      List<Double> baseMomentum,
      List<Double> maxMomentum,
      double divFactor,
      double finalDivFactor,
      boolean threePhase) {

    /// Checks the options.
    ///
    /// @throws IllegalArgumentException if one is out of its range
    public Options {
      maxLr = List.copyOf(maxLr);
      baseMomentum = List.copyOf(baseMomentum);
      maxMomentum = List.copyOf(maxMomentum);
      maxLr.forEach(lr -> Check.notNegative(NAME, "maxLr", lr));
      Check.that(totalSteps > 1, NAME, "totalSteps", totalSteps, "a number > 1");
      Check.that(pctStart >= 0 && pctStart <= 1, NAME, "pctStart", pctStart, "in [0, 1]");
      baseMomentum.forEach(momentum -> Check.fraction(NAME, "baseMomentum", momentum));
      maxMomentum.forEach(momentum -> Check.fraction(NAME, "maxMomentum", momentum));
      Check.positive(NAME, "divFactor", divFactor);
      Check.positive(NAME, "finalDivFactor", finalDivFactor);
    }

    /// Returns the same with other highest learning rates.
    public Options maxLr(List<Double> maxLr) {
      return new Options(
          maxLr,
          totalSteps,
          pctStart,
          annealStrategy,
          cycleMomentum,
          baseMomentum,
          maxMomentum,
          divFactor,
          finalDivFactor,
          threePhase);
    }

    /// Returns the same with one maxLr for all groups.
    public Options maxLr(double maxLr) {
      return maxLr(List.of(maxLr));
    }

    /// Returns the same with another number of batches of the whole training, > 1.
    public Options totalSteps(int totalSteps) {
      return new Options(
          maxLr,
          totalSteps,
          pctStart,
          annealStrategy,
          cycleMomentum,
          baseMomentum,
          maxMomentum,
          divFactor,
          finalDivFactor,
          threePhase);
    }

    /// Returns the same with another part of the batches on the way up, in [0, 1].
    public Options pctStart(double pctStart) {
      return new Options(
          maxLr,
          totalSteps,
          pctStart,
          annealStrategy,
          cycleMomentum,
          baseMomentum,
          maxMomentum,
          divFactor,
          finalDivFactor,
          threePhase);
    }

    /// Returns the same with another shape of each way.
    public Options annealStrategy(Anneal annealStrategy) {
      return new Options(
          maxLr,
          totalSteps,
          pctStart,
          annealStrategy,
          cycleMomentum,
          baseMomentum,
          maxMomentum,
          divFactor,
          finalDivFactor,
          threePhase);
    }

    /// Returns the same with or without moving the momentum.
    public Options cycleMomentum(boolean cycleMomentum) {
      return new Options(
          maxLr,
          totalSteps,
          pctStart,
          annealStrategy,
          cycleMomentum,
          baseMomentum,
          maxMomentum,
          divFactor,
          finalDivFactor,
          threePhase);
    }

    /// Returns the same with other lowest momenta.
    public Options baseMomentum(List<Double> baseMomentum) {
      return new Options(
          maxLr,
          totalSteps,
          pctStart,
          annealStrategy,
          cycleMomentum,
          baseMomentum,
          maxMomentum,
          divFactor,
          finalDivFactor,
          threePhase);
    }

    /// Returns the same with one baseMomentum for all groups.
    public Options baseMomentum(double baseMomentum) {
      return baseMomentum(List.of(baseMomentum));
    }

    /// Returns the same with other highest momenta.
    public Options maxMomentum(List<Double> maxMomentum) {
      return new Options(
          maxLr,
          totalSteps,
          pctStart,
          annealStrategy,
          cycleMomentum,
          baseMomentum,
          maxMomentum,
          divFactor,
          finalDivFactor,
          threePhase);
    }

    /// Returns the same with one maxMomentum for all groups.
    public Options maxMomentum(double maxMomentum) {
      return maxMomentum(List.of(maxMomentum));
    }

    /// Returns the same with another ratio > 0 of maxLr to the first learning rate.
    public Options divFactor(double divFactor) {
      return new Options(
          maxLr,
          totalSteps,
          pctStart,
          annealStrategy,
          cycleMomentum,
          baseMomentum,
          maxMomentum,
          divFactor,
          finalDivFactor,
          threePhase);
    }

    /// Returns the same with another ratio > 0 of the first learning rate to the last.
    public Options finalDivFactor(double finalDivFactor) {
      return new Options(
          maxLr,
          totalSteps,
          pctStart,
          annealStrategy,
          cycleMomentum,
          baseMomentum,
          maxMomentum,
          divFactor,
          finalDivFactor,
          threePhase);
    }

    /// Returns the same with or without a third phase.
    public Options threePhase(boolean threePhase) {
      return new Options(
          maxLr,
          totalSteps,
          pctStart,
          annealStrategy,
          cycleMomentum,
          baseMomentum,
          maxMomentum,
          divFactor,
          finalDivFactor,
          threePhase);
    }
  }

  /// A part of the cycle, from where the one before ended.
  private record Phase(
      double endStep, double startLr, double endLr, double startMomentum, double endMomentum) {}

  private List<Phase> phases(int group) {
    double max = Check.ofGroup(options.maxLr, group);
    double first = max / options.divFactor;
    double last = first / options.finalDivFactor;
    double low = Check.ofGroup(options.baseMomentum, group);
    double high = Check.ofGroup(options.maxMomentum, group);
    double up = options.pctStart * options.totalSteps;
    int end = options.totalSteps - 1;
    return options.threePhase
        ? List.of(
            new Phase(up - 1, first, max, high, low),
            new Phase(2 * up - 2, max, first, low, high),
            new Phase(end, first, last, high, high))
        : List.of(new Phase(up - 1, first, max, high, low), new Phase(end, max, last, low, high));
  }

  @Override
  protected double first(int group, double lr) {
    return next(group, lr);
  }

  /// The momentum of the group moves along.
  @Override
  protected double next(int group, double lr) {
    int t = lastEpoch();
    if (t > options.totalSteps) {
      throw new IllegalStateException(
          "OneCycleLR: step %d of %d; give totalSteps as epochs times batches of an epoch"
              .formatted(t, options.totalSteps));
    }
    double start = 0;
    List<Phase> phases = phases(group);
    Phase phase = phases.getFirst();
    for (int i = 1; i < phases.size() && t > phase.endStep; i++) {
      start = phase.endStep;
      phase = phases.get(i);
    }
    double pct = (t - start) / (phase.endStep - start);
    if (options.cycleMomentum) {
      double momentum = options.annealStrategy.between(phase.startMomentum, phase.endMomentum, pct);
      optimizer().groups().get(group).momentum(momentum);
    }
    return options.annealStrategy.between(phase.startLr, phase.endLr, pct);
  }
}
