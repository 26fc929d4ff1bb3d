// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import java.util.List;

/// Multiplies the learning rate by γ in given epochs: `torch.optim.lr_scheduler.MultiStepLR`.
///
/// lrₜ = γⁿ · lrₜ₋₁ where t stands n times among the milestones
public final class MultiStepLR extends LRScheduler {
  private final List<Integer> milestones;
  private final double gamma;

  /// Makes a scheduler with PyTorch's factor, 0.1.
  ///
  /// @throws IllegalArgumentException if a milestone is negative
  public MultiStepLR(Optimizer<?> optimizer, List<Integer> milestones) {
    this(optimizer, milestones, 0.1);
  }

  /// Makes a scheduler with factor `gamma` ≥ 0.
  ///
  /// @throws IllegalArgumentException if a milestone or `gamma` is negative
  public MultiStepLR(Optimizer<?> optimizer, List<Integer> milestones, double gamma) {
    super(optimizer);
    milestones.forEach(epoch -> Check.notNegative("MultiStepLR", "milestone", epoch));
    Check.notNegative("MultiStepLR", "gamma", gamma);
    this.milestones = List.copyOf(milestones);
    this.gamma = gamma;
    start();
  }

  @Override
  protected double first(int group, double lr) {
    return next(group, lr);
  }

  @Override
  protected double next(int group, double lr) {
    double factor = 1;
    for (int epoch : milestones) {
      if (epoch == lastEpoch()) {
        factor *= gamma;
      }
    }
    return lr * factor;
  }
}
