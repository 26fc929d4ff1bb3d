// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

/// Lowers the learning rate by a factor for the first epochs:
/// `torch.optim.lr_scheduler.ConstantLR`.
///
/// lrₜ = factor · lr₀ before epoch `totalIters`, lr₀ from there on
public final class ConstantLR extends LRScheduler {
  private final double factor;
  private final int totalIters;

  /// Makes a scheduler with PyTorch's defaults: a third, for 5 epochs.
  public ConstantLR(Optimizer<?> optimizer) {
    this(optimizer, 1.0 / 3, 5);
  }

  /// Makes a scheduler.
  ///
  /// @param factor what the learning rate is multiplied with, in (0, 1]
  /// @param totalIters the first epoch with the full learning rate
  /// @throws IllegalArgumentException if `factor` is not in (0, 1] or `totalIters` is negative
  public ConstantLR(Optimizer<?> optimizer, double factor, int totalIters) {
    super(optimizer);
    Check.that(factor > 0 && factor <= 1, "ConstantLR", "factor", factor, "in (0, 1]");
    Check.notNegative("ConstantLR", "totalIters", totalIters);
    this.factor = factor;
    this.totalIters = totalIters;
    start();
  }

  @Override
  protected double first(int group, double lr) {
    return lr * factor;
  }

  @Override
  protected double next(int group, double lr) {
    return lastEpoch() == totalIters ? lr * (1 / factor) : lr;
  }
}
