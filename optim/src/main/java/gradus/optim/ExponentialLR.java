// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

/// Multiplies the learning rate by γ in each epoch: `torch.optim.lr_scheduler.ExponentialLR`.
///
/// lrₜ = γ · lrₜ₋₁
public final class ExponentialLR extends LRScheduler {
  private final double gamma;

  /// Makes a scheduler with factor `gamma` ≥ 0.
  ///
  /// @throws IllegalArgumentException if `gamma` is negative or not finite
  public ExponentialLR(Optimizer<?> optimizer, double gamma) {
    super(optimizer);
    Check.notNegative("ExponentialLR", "gamma", gamma);
    this.gamma = gamma;
  }

  @Override
  protected double next(int group, double lr) {
    return lr * gamma;
  }
}
