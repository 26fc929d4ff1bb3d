// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import java.util.List;

/// Lets several schedulers take turns, each from a milestone on:
/// `torch.optim.lr_scheduler.SequentialLR`.
///
/// ```java
/// var scheduler = new SequentialLR(
///     optimizer,
///     List.of(new LinearLR(optimizer, 0.1, 1, 5), new CosineAnnealingLR(optimizer, 95)),
///     List.of(5));
/// ```
///
/// At its milestone a scheduler is in its epoch 0, with the learning rate that the group was made
/// with as its base; but [MultiplicativeLR] goes on from where the one before ended, as in PyTorch.
public final class SequentialLR extends LRScheduler {
  private final List<LRScheduler> schedulers;
  private final List<Integer> milestones;

  /// Makes a scheduler of others, which from now on are its own to step.
  ///
  /// @param schedulers at least one, all of this optimizer
  /// @param milestones the first epoch of each but the first, each > 0 and larger than the one
  ///   before
  /// @throws IllegalArgumentException if there is no scheduler, one is of another optimizer, or the
  ///   milestones are not such
  public SequentialLR(
      Optimizer<?> optimizer, List<LRScheduler> schedulers, List<Integer> milestones) {
    super(optimizer);
    Check.parts("SequentialLR", schedulers, optimizer);
    Check.that(
        milestones.size() == schedulers.size() - 1,
        "SequentialLR",
        "milestones",
        milestones,
        "one for each of the schedulers but the first, which are " + schedulers.size());
    for (int i = 0; i < milestones.size(); i++) {
      int before = i == 0 ? 0 : milestones.get(i - 1);
      Check.that(
          milestones.get(i) > before,
          "SequentialLR",
          "milestone",
          milestones.get(i),
          "later than " + before);
    }
    this.schedulers = List.copyOf(schedulers);
    this.milestones = List.copyOf(milestones);
    // Their constructors moved the learning rates, one after the other.
    optimizer.groups().forEach(group -> group.lr(group.initialLr()));
    rewind();
    start();
  }

  @Override
  void rewind() {
    super.rewind();
    schedulers.getFirst().rewind();
  }

  @Override
  void advance() {
    super.advance();
    if (milestones.contains(lastEpoch())) {
      active().rewind();
    } else {
      active().advance();
    }
  }

  /// The scheduler whose turn it is.
  private LRScheduler active() {
    int past = 0;
    while (past < milestones.size() && milestones.get(past) <= lastEpoch()) {
      past++;
    }
    return schedulers.get(past);
  }

  @Override
  protected double first(int group, double lr) {
    return schedulers.getFirst().first(group, lr);
  }

  @Override
  protected double next(int group, double lr) {
    return active().at(group, lr);
  }

  @Override
  List<LRScheduler> parts() {
    return schedulers;
  }
}
