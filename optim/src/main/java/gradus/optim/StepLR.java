// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

/// Multiplies the learning rate by γ every so many epochs: `torch.optim.lr_scheduler.StepLR`.
///
/// lrₜ = γ · lrₜ₋₁ where t is a multiple of the step size, else lrₜ₋₁
public final class StepLR extends LRScheduler {
  private final int stepSize;
  private final double gamma;

  /// Makes a scheduler with PyTorch's factor, 0.1.
  ///
  /// @throws IllegalArgumentException if `stepSize` is not positive
  public StepLR(Optimizer<?> optimizer, int stepSize) {
    this(optimizer, stepSize, 0.1);
  }

  /// Makes a scheduler with factor `gamma` ≥ 0.
  ///
  /// @throws IllegalArgumentException if `stepSize` is not positive or `gamma` negative
  public StepLR(Optimizer<?> optimizer, int stepSize, double gamma) {
    super(optimizer);
    Check.positive("StepLR", "stepSize", stepSize);
    Check.notNegative("StepLR", "gamma", gamma);
    this.stepSize = stepSize;
    this.gamma = gamma;
  }

  @Override
  protected double next(int group, double lr) {
    return lastEpoch() % stepSize == 0 ? lr * gamma : lr;
  }
}
