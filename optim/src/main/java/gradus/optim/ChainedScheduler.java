// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import java.util.List;

/// Steps several schedulers together, one after the other:
/// `torch.optim.lr_scheduler.ChainedScheduler`.
public final class ChainedScheduler extends LRScheduler {
  private final List<LRScheduler> schedulers;

  /// Makes a scheduler of others, which from now on are its own to step.
  ///
  /// @param schedulers at least one, all of the same optimizer
  /// @throws IllegalArgumentException if there is no scheduler, or they are of several optimizers
  public ChainedScheduler(List<LRScheduler> schedulers) {
    super(Check.parts("ChainedScheduler", schedulers));
    this.schedulers = List.copyOf(schedulers);
  }

  @Override
  void rewind() {
    super.rewind();
    schedulers.forEach(LRScheduler::rewind);
  }

  @Override
  void advance() {
    super.advance();
    schedulers.forEach(LRScheduler::advance);
  }

  @Override
  protected double first(int group, double lr) {
    double moved = lr;
    for (LRScheduler scheduler : schedulers) {
      moved = scheduler.first(group, moved);
    }
    return moved;
  }

  @Override
  protected double next(int group, double lr) {
    double moved = lr;
    for (LRScheduler scheduler : schedulers) {
      moved = scheduler.at(group, moved);
    }
    return moved;
  }

  @Override
  List<LRScheduler> parts() {
    return schedulers;
  }
}
