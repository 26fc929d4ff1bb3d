// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

/// Moves the learning rate in a straight line between two factors, as for a warm-up:
/// `torch.optim.lr_scheduler.LinearLR`.
///
/// With factors a and b, n = `totalIters` and fₜ = a + (b − a)·min(t, n)/n: lrₜ = lrₜ₋₁ · fₜ/fₜ₋₁,
/// which is lr₀ · fₜ if nobody else moves the learning rate.
public final class LinearLR extends LRScheduler {
  private final double startFactor;
  private final double endFactor;
  private final int totalIters;

  /// Makes a scheduler with PyTorch's defaults: from a third to all of the learning rate, over 5
  /// epochs.
  public LinearLR(Optimizer<?> optimizer) {
    this(optimizer, 1.0 / 3, 1, 5);
  }

  /// Makes a scheduler.
  ///
  /// @param startFactor the factor a in epoch 0, in (0, 1]
  /// @param endFactor the factor b from epoch `totalIters` on, in [0, 1]
  /// @param totalIters epochs from one to the other
  /// @throws IllegalArgumentException if a factor is out of its range or `totalIters` is not
  ///   positive
  public LinearLR(Optimizer<?> optimizer, double startFactor, double endFactor, int totalIters) {
    super(optimizer);
    Check.that(
        startFactor > 0 && startFactor <= 1, "LinearLR", "startFactor", startFactor, "in (0, 1]");
    Check.that(endFactor >= 0 && endFactor <= 1, "LinearLR", "endFactor", endFactor, "in [0, 1]");
    Check.positive("LinearLR", "totalIters", totalIters);
    this.startFactor = startFactor;
    this.endFactor = endFactor;
    this.totalIters = totalIters;
    start();
  }

  @Override
  protected double first(int group, double lr) {
    return lr * startFactor;
  }

  @Override
  protected double next(int group, double lr) {
    if (lastEpoch() > totalIters) {
      return lr;
    }
    double slope = endFactor - startFactor;
    return lr * (1 + slope / (totalIters * startFactor + (lastEpoch() - 1) * slope));
  }
}
