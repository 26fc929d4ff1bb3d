// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Moves the learning rate up and down again between two bounds, and the momentum against it:
/// `torch.optim.lr_scheduler.CyclicLR`. [#step()] after each batch.
///
/// ```java
/// var scheduler = new CyclicLR(optimizer, CyclicLR.options(0.01, 0.1).stepSizeUp(500));
/// ```
///
/// In step t of the c-th cycle, c = 1, 2, …, with x going in straight lines from 0 to 1 in
/// `stepSizeUp` batches and back to 0 in `stepSizeDown`:
///
/// ```text
/// lr       = baseLr + (maxLr − baseLr)·x·s
/// momentum = maxMomentum − (maxMomentum − baseMomentum)·x·s
/// s        = 1 (triangular), 2^(1−c) (triangular2), or γᵗ (exp_range)
/// ```
///
/// Smith: Cyclical Learning Rates for Training Neural Networks, WACV 2017.
public final class CyclicLR extends LRScheduler {
  private static final String NAME = "CyclicLR";

  private final Options options;

  /// Makes a scheduler, and sets each group's learning rate to its base.
  ///
  /// @throws IllegalArgumentException if a list has several elements, but not one for each group
  /// @throws IllegalStateException if the optimizer has no momentum to cycle
  public CyclicLR(Optimizer<?> optimizer, Options options) {
    super(prepared(optimizer, options));
    this.options = options;
    start();
  }

  private static Optimizer<?> prepared(Optimizer<?> optimizer, Options options) {
    Check.perGroup(NAME, "baseLr", options.baseLr, optimizer);
    Check.perGroup(NAME, "maxLr", options.maxLr, optimizer);
    Check.perGroup(NAME, "baseMomentum", options.baseMomentum, optimizer);
    Check.perGroup(NAME, "maxMomentum", options.maxMomentum, optimizer);
    for (int g = 0; g < optimizer.groups().size(); g++) {
      optimizer.groups().get(g).lr(Check.ofGroup(options.baseLr, g));
    }
    return optimizer;
  }

  /// How the cycles shrink.
  public enum Mode {
    /// They don't.
    TRIANGULAR,
    /// Each is half as high as the one before.
    TRIANGULAR2,
    /// By γ in each batch.
    EXP_RANGE
  }

  /// Returns PyTorch's defaults, for all groups: 2000 batches up and as many down, triangular, γ 1,
  /// momentum cycled from 0.9 to 0.8.
  public static Options options(double baseLr, double maxLr) {
    return new Options(
        List.of(baseLr),
        List.of(maxLr),
        2000,
        null,
        Mode.TRIANGULAR,
        1,
        true,
        List.of(0.8),
        List.of(0.9));
  }

  /// Options of [CyclicLR].
  ///
  /// @param baseLr the lowest learning rate: one for all groups, or one for each
  /// @param maxLr the highest learning rate of the first cycle: one for all groups, or one for each
  /// @param stepSizeUp batches on the way up, > 0
  /// @param stepSizeDown batches on the way down, > 0; null for as many as up
  /// @param mode how the cycles shrink
  /// @param gamma γ > 0 of the mode [Mode#EXP_RANGE]
  /// @param cycleMomentum whether to move the momentum against the learning rate; needs an
  ///   optimizer that has one
  /// @param baseMomentum the lowest momentum: one for all groups, or one for each
  /// @param maxMomentum the highest momentum: one for all groups, or one for each
  public record Options(
      List<Double> baseLr,
      List<Double> maxLr,
      int stepSizeUp,
      @Nullable Integer stepSizeDown,
      Mode mode,
      double gamma,
      boolean cycleMomentum,
      List<Double> baseMomentum,
      List<Double> maxMomentum) {

    /// Checks the options.
    ///
    /// @throws IllegalArgumentException if one is out of its range
    public Options {
      baseLr = List.copyOf(baseLr);
      maxLr = List.copyOf(maxLr);
      baseMomentum = List.copyOf(baseMomentum);
      maxMomentum = List.copyOf(maxMomentum);
      baseLr.forEach(lr -> Check.notNegative(NAME, "baseLr", lr));
      maxLr.forEach(lr -> Check.notNegative(NAME, "maxLr", lr));
      Check.positive(NAME, "stepSizeUp", stepSizeUp);
      if (stepSizeDown != null) {
        Check.positive(NAME, "stepSizeDown", stepSizeDown);
      }
      Check.positive(NAME, "gamma", gamma);
      baseMomentum.forEach(momentum -> Check.fraction(NAME, "baseMomentum", momentum));
      maxMomentum.forEach(momentum -> Check.fraction(NAME, "maxMomentum", momentum));
    }

    /// Returns the same with other lowest learning rates.
    public Options baseLr(List<Double> baseLr) {
      return new Options(
          baseLr,
          maxLr,
          stepSizeUp,
          stepSizeDown,
          mode,
          gamma,
          cycleMomentum,
          baseMomentum,
          maxMomentum);
    }

    /// Returns the same with one baseLr for all groups.
    public Options baseLr(double baseLr) {
      return baseLr(List.of(baseLr));
    }

    /// Returns the same with other highest learning rates.
    public Options maxLr(List<Double> maxLr) {
      return new Options(
          baseLr,
          maxLr,
          stepSizeUp,
          stepSizeDown,
          mode,
          gamma,
          cycleMomentum,
          baseMomentum,
          maxMomentum);
    }

    /// Returns the same with one maxLr for all groups.
    public Options maxLr(double maxLr) {
      return maxLr(List.of(maxLr));
    }

    /// Returns the same with another number of batches on the way up, > 0.
    public Options stepSizeUp(int stepSizeUp) {
      return new Options(
          baseLr,
          maxLr,
          stepSizeUp,
          stepSizeDown,
          mode,
          gamma,
          cycleMomentum,
          baseMomentum,
          maxMomentum);
    }

    /// Returns the same with another number of batches on the way down, > 0; null for as many as
    /// up.
    public Options stepSizeDown(@Nullable Integer stepSizeDown) {
      return new Options(
          baseLr,
          maxLr,
          stepSizeUp,
          stepSizeDown,
          mode,
          gamma,
          cycleMomentum,
          baseMomentum,
          maxMomentum);
    }

    /// Returns the same with another mode.
    public Options mode(Mode mode) {
      return new Options(
          baseLr,
          maxLr,
          stepSizeUp,
          stepSizeDown,
          mode,
          gamma,
          cycleMomentum,
          baseMomentum,
          maxMomentum);
    }

    /// Returns the same with another γ > 0.
    public Options gamma(double gamma) {
      return new Options(
          baseLr,
          maxLr,
          stepSizeUp,
          stepSizeDown,
          mode,
          gamma,
          cycleMomentum,
          baseMomentum,
          maxMomentum);
    }

    /// Returns the same with or without moving the momentum.
    public Options cycleMomentum(boolean cycleMomentum) {
      return new Options(
          baseLr,
          maxLr,
          stepSizeUp,
          stepSizeDown,
          mode,
          gamma,
          cycleMomentum,
          baseMomentum,
          maxMomentum);
    }

    /// Returns the same with other lowest momenta.
    public Options baseMomentum(List<Double> baseMomentum) {
      return new Options(
          baseLr,
          maxLr,
          stepSizeUp,
          stepSizeDown,
          mode,
          gamma,
          cycleMomentum,
          baseMomentum,
          maxMomentum);
    }

    /// Returns the same with one baseMomentum for all groups.
    public Options baseMomentum(double baseMomentum) {
      return baseMomentum(List.of(baseMomentum));
    }

    /// Returns the same with other highest momenta.
    public Options maxMomentum(List<Double> maxMomentum) {
      return new Options(
          baseLr,
          maxLr,
          stepSizeUp,
          stepSizeDown,
          mode,
          gamma,
          cycleMomentum,
          baseMomentum,
          maxMomentum);
    }

    /// Returns the same with one maxMomentum for all groups.
    public Options maxMomentum(double maxMomentum) {
      return maxMomentum(List.of(maxMomentum));
    }

    private int down() {
      return stepSizeDown == null ? stepSizeUp : stepSizeDown;
    }
  }

  @Override
  protected double first(int group, double lr) {
    return next(group, lr);
  }

  /// The momentum of the group moves along.
  @Override
  protected double next(int group, double lr) {
    double total = (double) options.stepSizeUp + options.down();
    double up = options.stepSizeUp / total;
    double cycle = Math.floor(1 + lastEpoch() / total);
    double x = 1 + lastEpoch() / total - cycle;
    double height = (x <= up ? x / up : (x - 1) / (up - 1)) * scale(cycle);
    if (options.cycleMomentum) {
      double highest = Check.ofGroup(options.maxMomentum, group);
      double lowest = Check.ofGroup(options.baseMomentum, group);
      optimizer().groups().get(group).momentum(highest - (highest - lowest) * height);
    }
    double lowest = Check.ofGroup(options.baseLr, group);
    return lowest + (Check.ofGroup(options.maxLr, group) - lowest) * height;
  }

  private double scale(double cycle) {
    return switch (options.mode) {
      case TRIANGULAR -> 1;
      case TRIANGULAR2 -> StrictMath.pow(2, 1 - cycle);
      case EXP_RANGE -> StrictMath.pow(options.gamma, lastEpoch());
    };
  }
}
