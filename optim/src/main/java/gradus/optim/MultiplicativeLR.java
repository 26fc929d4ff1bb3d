// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import java.util.List;
import java.util.function.IntToDoubleFunction;

/// Multiplies the learning rate in each epoch by a function of it:
/// `torch.optim.lr_scheduler.MultiplicativeLR`.
///
/// lrₜ = lrₜ₋₁ · λ(t)
public final class MultiplicativeLR extends LRScheduler {
  private final List<IntToDoubleFunction> lambdas;

  /// Makes a scheduler with one function for all groups.
  ///
  /// @param lambda the factor in each epoch, from epoch 1 on
  public MultiplicativeLR(Optimizer<?> optimizer, IntToDoubleFunction lambda) {
    this(optimizer, List.of(lambda));
  }

  /// Makes a scheduler with a function for each group.
  ///
  /// @param lambdas the factor in each epoch, from epoch 1 on; one, or one for each group
  /// @throws IllegalArgumentException if there are several functions, but not one for each group
  public MultiplicativeLR(Optimizer<?> optimizer, List<IntToDoubleFunction> lambdas) {
    super(optimizer);
    Check.perGroup("MultiplicativeLR", "functions", lambdas, optimizer);
    this.lambdas = List.copyOf(lambdas);
  }

  @Override
  protected double next(int group, double lr) {
    return lr * Check.ofGroup(lambdas, group).applyAsDouble(lastEpoch());
  }

  /// In PyTorch this one goes on from where the scheduler before it ended.
  @Override
  double at(int group, double lr) {
    return lastEpoch() == 0 ? lr : next(group, lr);
  }
}
