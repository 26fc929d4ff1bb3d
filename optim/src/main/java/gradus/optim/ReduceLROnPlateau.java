// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Lowers the learning rate when a metric has stopped improving:
/// `torch.optim.lr_scheduler.ReduceLROnPlateau`.
///
/// ```java
/// var scheduler = new ReduceLROnPlateau(optimizer, ReduceLROnPlateau.options().patience(3));
/// …
/// scheduler.step(validationLoss);
/// ```
///
/// An epoch is bad if its metric is not better than the best so far by the threshold. After more
/// than `patience` bad epochs in a row, each learning rate becomes max(lr · factor, minLr), unless
/// that would lower it by eps or less; then for `cooldown` epochs none counts as bad.
public final class ReduceLROnPlateau implements Stateful {
  private static final String LAST_EPOCH = "last_epoch";
  private static final String BEST = "best";
  private static final String BAD_EPOCHS = "num_bad_epochs";
  private static final String COOLDOWN = "cooldown_counter";

  private final Optimizer<?> optimizer;
  private final Options options;
  private int lastEpoch;
  private double best;
  private int badEpochs;
  private int cooldownCounter;

  /// Makes a scheduler with PyTorch's defaults.
  public ReduceLROnPlateau(Optimizer<?> optimizer) {
    this(optimizer, options());
  }

  /// Makes a scheduler.
  ///
  /// @throws IllegalArgumentException if there are several `minLr`, but not one for each group
  public ReduceLROnPlateau(Optimizer<?> optimizer, Options options) {
    Check.perGroup("ReduceLROnPlateau", "minLr", options.minLr, optimizer);
    this.optimizer = optimizer;
    this.options = options;
    this.best = options.mode.worst();
  }

  /// Whether a smaller or a larger metric is better.
  public enum Mode {
    /// Smaller is better, as of a loss.
    MIN,
    /// Larger is better, as of an accuracy.
    MAX;

    private double worst() {
      return this == MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
  }

  /// What the threshold is measured in.
  public enum ThresholdMode {
    /// Better means below best · (1 − threshold), or above best · (1 + threshold).
    REL,
    /// Better means below best − threshold, or above best + threshold.
    ABS
  }

  /// Returns PyTorch's defaults: mode min, factor 0.1, patience 10, threshold 1e-4 relative,
  /// cooldown 0, minLr 0, eps 1e-8.
  public static Options options() {
    return new Options(Mode.MIN, 0.1, 10, 1e-4, ThresholdMode.REL, 0, List.of(0.0), 1e-8);
  }

  /// Options of [ReduceLROnPlateau].
  ///
  /// @param mode whether a smaller or a larger metric is better
  /// @param factor what the learning rate is multiplied with, in [0, 1)
  /// @param patience how many bad epochs in a row are borne, ≥ 0
  /// @param threshold how much better counts as better
  /// @param thresholdMode what the threshold is measured in
  /// @param cooldown how many epochs after a reduction are not counted, ≥ 0
  /// @param minLr below which no learning rate is lowered: one for all groups, or one for each
  /// @param eps a reduction by no more than this is not done
  public record Options(
      Mode mode,
      double factor,
      int patience,
      double threshold,
      ThresholdMode thresholdMode,
      int cooldown,
      List<Double> minLr,
      double eps) {
    private static final String NAME = "ReduceLROnPlateau";

    /// Checks the options.
    ///
    /// @throws IllegalArgumentException if one is out of its range
    public Options {
      Check.fraction(NAME, "factor", factor);
      Check.notNegative(NAME, "patience", patience);
      Check.notNegative(NAME, "threshold", threshold);
      Check.notNegative(NAME, "cooldown", cooldown);
      minLr = List.copyOf(minLr);
      Check.that(!minLr.isEmpty(), NAME, "minLr", minLr, "one number or one for each group");
      minLr.forEach(lr -> Check.notNegative(NAME, "minLr", lr));
      Check.notNegative(NAME, "eps", eps);
    }

    /// Returns the same with another mode.
    public Options mode(Mode mode) {
      return new Options(mode, factor, patience, threshold, thresholdMode, cooldown, minLr, eps);
    }

    /// Returns the same with another factor in [0, 1).
    public Options factor(double factor) {
      return new Options(mode, factor, patience, threshold, thresholdMode, cooldown, minLr, eps);
    }

    /// Returns the same with another patience ≥ 0.
    public Options patience(int patience) {
      return new Options(mode, factor, patience, threshold, thresholdMode, cooldown, minLr, eps);
    }

    /// Returns the same with another threshold ≥ 0.
    public Options threshold(double threshold) {
      return new Options(mode, factor, patience, threshold, thresholdMode, cooldown, minLr, eps);
    }

    /// Returns the same with another meaning of the threshold.
    public Options thresholdMode(ThresholdMode thresholdMode) {
      return new Options(mode, factor, patience, threshold, thresholdMode, cooldown, minLr, eps);
    }

    /// Returns the same with another cooldown ≥ 0.
    public Options cooldown(int cooldown) {
      return new Options(mode, factor, patience, threshold, thresholdMode, cooldown, minLr, eps);
    }

    /// Returns the same with a lowest learning rate for each group.
    public Options minLr(List<Double> minLr) {
      return new Options(mode, factor, patience, threshold, thresholdMode, cooldown, minLr, eps);
    }

    /// Returns the same with one lowest learning rate for all groups.
    public Options minLr(double minLr) {
      return minLr(List.of(minLr));
    }

    /// Returns the same with another smallest reduction ≥ 0.
    public Options eps(double eps) {
      return new Options(mode, factor, patience, threshold, thresholdMode, cooldown, minLr, eps);
    }

    private boolean isBetter(double metric, double best) {
      return switch (thresholdMode) {
        case REL ->
            mode == Mode.MIN ? metric < best * (1 - threshold) : metric > best * (1 + threshold);
        case ABS -> mode == Mode.MIN ? metric < best - threshold : metric > best + threshold;
      };
    }
  }

  /// Ends an epoch with this metric. NaN is never better.
  ///
  /// @throws IllegalArgumentException if groups were added since, and have no `minLr`
  public void step(double metric) {
    Check.perGroup("ReduceLROnPlateau", "minLr", options.minLr, optimizer);
    lastEpoch++;
    if (options.isBetter(metric, best)) {
      best = metric;
      badEpochs = 0;
    } else {
      badEpochs++;
    }
    if (cooldownCounter > 0) {
      cooldownCounter--;
      badEpochs = 0;
    }
    if (badEpochs > options.patience) {
      reduce();
      cooldownCounter = options.cooldown;
      badEpochs = 0;
    }
  }

  private void reduce() {
    int g = 0;
    for (ParamGroup<?> group : optimizer.groups()) {
      double minLr = Check.ofGroup(options.minLr, g);
      double lr = Math.max(group.lr() * options.factor, minLr);
      if (group.lr() - lr > options.eps) {
        group.lr(lr);
      }
      g++;
    }
  }

  /// Returns how many times [#step] was called.
  public int lastEpoch() {
    return lastEpoch;
  }

  /// Returns the best metric so far; ±∞ before the first.
  public double best() {
    return best;
  }

  /// Returns the present learning rate of each group: PyTorch's `get_last_lr`.
  public double[] getLastLr() {
    return LRScheduler.lrs(optimizer);
  }

  /// Returns `last_epoch`, `best`, `num_bad_epochs` and `cooldown_counter`. The present learning
  /// rates belong to the optimizer's state.
  @Override
  public StateDict stateDict() {
    Map<String, Double> scalars = new LinkedHashMap<>();
    scalars.put(LAST_EPOCH, (double) lastEpoch);
    scalars.put(BEST, best);
    scalars.put(BAD_EPOCHS, (double) badEpochs);
    scalars.put(COOLDOWN, (double) cooldownCounter);
    return new StateDict(Map.of(), scalars);
  }

  @Override
  public void loadStateDict(StateDict state) {
    var reader = new StateDict.Reader("ReduceLROnPlateau", state);
    int newEpoch = reader.epochs(LAST_EPOCH);
    double newBest = reader.scalar(BEST);
    int newBad = reader.epochs(BAD_EPOCHS);
    int newCooldown = reader.epochs(COOLDOWN);
    reader.end();
    lastEpoch = newEpoch;
    best = newBest;
    badEpochs = newBad;
    cooldownCounter = newCooldown;
  }
}
