// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

/// Lowers the learning rate along half a cosine wave again and again, each time from the top:
/// `torch.optim.lr_scheduler.CosineAnnealingWarmRestarts`.
///
/// In the i-th period, of T₀·multⁱ epochs, with η = `etaMin`, and t epochs after its start: lr = η
/// + ½·(lr₀ − η)·(1 + cos(π·t/(T₀·multⁱ)))
///
/// Loshchilov, Hutter: SGDR: Stochastic Gradient Descent with Warm Restarts, ICLR 2017.
public final class CosineAnnealingWarmRestarts extends LRScheduler {
  private final int t0;
  private final int tMult;
  private final double etaMin;

  /// Makes a scheduler whose periods are all as long, and go down to 0.
  ///
  /// @param t0 epochs of a period
  /// @throws IllegalArgumentException if `t0` is not positive
  public CosineAnnealingWarmRestarts(Optimizer<?> optimizer, int t0) {
    this(optimizer, t0, 1, 0);
  }

  /// Makes a scheduler.
  ///
  /// @param t0 epochs of the first period, T₀
  /// @param tMult how many times longer each period is than the one before, ≥ 1
  /// @param etaMin the lowest learning rate ≥ 0
  /// @throws IllegalArgumentException if `t0` or `tMult` is not positive or `etaMin` is negative
  public CosineAnnealingWarmRestarts(Optimizer<?> optimizer, int t0, int tMult, double etaMin) {
    super(optimizer);
    Check.positive("CosineAnnealingWarmRestarts", "t0", t0);
    Check.positive("CosineAnnealingWarmRestarts", "tMult", tMult);
    Check.notNegative("CosineAnnealingWarmRestarts", "etaMin", etaMin);
    this.t0 = t0;
    this.tMult = tMult;
    this.etaMin = etaMin;
    start();
  }

  @Override
  protected double first(int group, double lr) {
    return next(group, lr);
  }

  @Override
  protected double next(int group, double lr) {
    long period = t0;
    long t = lastEpoch();
    if (tMult == 1) {
      t %= period;
    } else {
      while (t >= period) {
        t -= period;
        period *= tMult;
      }
    }
    double wave = 1 + StrictMath.cos(Math.PI * t / period);
    return etaMin + (baseLr(group) - etaMin) * wave / 2;
  }
}
