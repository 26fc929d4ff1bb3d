// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import java.util.List;
import java.util.function.IntToDoubleFunction;

/// Multiplies the first learning rate by a function of the epoch:
/// `torch.optim.lr_scheduler.LambdaLR`.
///
/// lrₜ = lr₀ · λ(t)
public final class LambdaLR extends LRScheduler {
  private final List<IntToDoubleFunction> lambdas;

  /// Makes a scheduler with one function for all groups.
  ///
  /// @param lambda the factor in each epoch, from epoch 0 on
  public LambdaLR(Optimizer<?> optimizer, IntToDoubleFunction lambda) {
    this(optimizer, List.of(lambda));
  }

  /// Makes a scheduler with a function for each group.
  ///
  /// @param lambdas the factor in each epoch, from epoch 0 on; one, or one for each group
  /// @throws IllegalArgumentException if there are several functions, but not one for each group
  public LambdaLR(Optimizer<?> optimizer, List<IntToDoubleFunction> lambdas) {
    super(optimizer);
    Check.perGroup("LambdaLR", "functions", lambdas, optimizer);
    this.lambdas = List.copyOf(lambdas);
    start();
  }

  @Override
  protected double first(int group, double lr) {
    return next(group, lr);
  }

  @Override
  protected double next(int group, double lr) {
    return baseLr(group) * Check.ofGroup(lambdas, group).applyAsDouble(lastEpoch());
  }
}
