// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

/// Lowers the learning rate to 0 by a power of the epochs that are left:
/// `torch.optim.lr_scheduler.PolynomialLR`.
///
/// With n = `totalIters`: lrₜ = lrₜ₋₁ · ((n − t)/(n − t + 1))^power until epoch n, which is lr₀ ·
/// (1 − t/n)^power if nobody else moves the learning rate.
public final class PolynomialLR extends LRScheduler {
  private final int totalIters;
  private final double power;

  /// Makes a scheduler with PyTorch's defaults: in a straight line, over 5 epochs.
  public PolynomialLR(Optimizer<?> optimizer) {
    this(optimizer, 5, 1);
  }

  /// Makes a scheduler.
  ///
  /// @param totalIters epochs until the learning rate is 0
  /// @param power the exponent; 1 is a straight line
  /// @throws IllegalArgumentException if `totalIters` is not positive or `power` is negative
  public PolynomialLR(Optimizer<?> optimizer, int totalIters, double power) {
    super(optimizer);
    Check.positive("PolynomialLR", "totalIters", totalIters);
    Check.notNegative("PolynomialLR", "power", power);
    this.totalIters = totalIters;
    this.power = power;
  }

  @Override
  protected double next(int group, double lr) {
    if (lastEpoch() > totalIters) {
      return lr;
    }
    double left = 1 - (double) lastEpoch() / totalIters;
    double before = 1 - (lastEpoch() - 1.0) / totalIters;
    return lr * StrictMath.pow(left / before, power);
  }
}
