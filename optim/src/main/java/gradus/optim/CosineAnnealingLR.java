// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

/// Lowers the learning rate along half a cosine wave, and raises it again along the other half:
/// `torch.optim.lr_scheduler.CosineAnnealingLR`.
///
/// With T = `tMax` and η = `etaMin`, lrₜ = η + ½·(lr₀ − η)·(1 + cos(π·t/T)), computed from lrₜ₋₁ as
/// PyTorch does, so that other schedulers may move the learning rate too:
///
/// lrₜ = η + (lrₜ₋₁ − η) · (1 + cos(π·t/T)) / (1 + cos(π·(t−1)/T))
///
/// Loshchilov, Hutter: SGDR: Stochastic Gradient Descent with Warm Restarts, ICLR 2017; without the
/// restarts.
public final class CosineAnnealingLR extends LRScheduler {
  private final int tMax;
  private final double etaMin;

  /// Makes a scheduler that goes down to 0.
  ///
  /// @param tMax epochs from the highest to the lowest
  /// @throws IllegalArgumentException if `tMax` is not positive
  public CosineAnnealingLR(Optimizer<?> optimizer, int tMax) {
    this(optimizer, tMax, 0);
  }

  /// Makes a scheduler that goes down to `etaMin` ≥ 0.
  ///
  /// @param tMax epochs from the highest to the lowest
  /// @throws IllegalArgumentException if `tMax` is not positive or `etaMin` is negative
  public CosineAnnealingLR(Optimizer<?> optimizer, int tMax, double etaMin) {
    super(optimizer);
    Check.positive("CosineAnnealingLR", "tMax", tMax);
    Check.notNegative("CosineAnnealingLR", "etaMin", etaMin);
    this.tMax = tMax;
    this.etaMin = etaMin;
  }

  @Override
  protected double next(int group, double lr) {
    int t = lastEpoch();
    if (Math.floorMod(t - 1 - tMax, 2 * tMax) == 0) {
      // At the bottom the quotient is 0 / 0: the first epoch of the way up is computed afresh.
      return lr + (baseLr(group) - etaMin) * (1 - StrictMath.cos(Math.PI / tMax)) / 2;
    }
    return wave(t) / wave(t - 1) * (lr - etaMin) + etaMin;
  }

  private double wave(int t) {
    return 1 + StrictMath.cos(Math.PI * t / tMax);
  }
}
