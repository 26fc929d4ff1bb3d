// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Moves the learning rates of an optimizer's groups from epoch to epoch:
/// `torch.optim.lr_scheduler.LRScheduler`.
///
/// Each [#step()] computes the next learning rate of a group from the present one, so that several
/// schedulers on one optimizer work together. Call it once at the end of each epoch, or, for
/// [OneCycleLR], [CyclicLR] and whatever else counts in batches, after each step of the optimizer:
/// an epoch is then a batch.
///
/// A scheduler of your own is one method, [#next]; if epoch 0 has not the learning rate that the
/// group was given, also [#first], and a constructor that ends with [#start()].
public abstract class LRScheduler implements Stateful {
  private static final String LAST_EPOCH = "last_epoch";

  private final Optimizer<?> optimizer;
  private final List<Double> baseLrs = new ArrayList<>();
  private int lastEpoch;

  /// Makes a scheduler in epoch 0. Base is the learning rate that each group had when the first
  /// scheduler of the optimizer was made.
  protected LRScheduler(Optimizer<?> optimizer) {
    this.optimizer = optimizer;
    noteBaseLrs();
  }

  /// Returns the learning rate that a group has in epoch 0; by default the one that it has anyway.
  ///
  /// @param group the number of the group
  /// @param lr its learning rate so far
  protected double first(int group, double lr) {
    return lr;
  }

  /// Returns the learning rate that a group has in [#lastEpoch()] ≥ 1.
  ///
  /// @param group the number of the group
  /// @param lr its learning rate in the epoch before
  protected abstract double next(int group, double lr);

  /// Sets the learning rates of epoch 0, at the end of a constructor.
  protected final void start() {
    move();
  }

  /// Enters the next epoch.
  public final void step() {
    advance();
    move();
  }

  private void move() {
    for (int g = 0; g < optimizer.groups().size(); g++) {
      ParamGroup<?> group = optimizer.groups().get(g);
      group.lr(lastEpoch == 0 ? first(g, group.lr()) : next(g, group.lr()));
    }
  }

  /// Counts an epoch, without a change of the learning rates.
  void advance() {
    noteBaseLrs();
    lastEpoch++;
  }

  /// Goes back to epoch 0, without a change of the learning rates.
  void rewind() {
    noteBaseLrs();
    lastEpoch = 0;
  }

  /// Returns the learning rate of a group in an epoch that may also be 0 again, where it starts
  /// from its base.
  double at(int group, double lr) {
    return lastEpoch == 0 ? first(group, baseLr(group)) : next(group, lr);
  }

  /// Groups that were added since start from the learning rate that they have now.
  private void noteBaseLrs() {
    for (int g = baseLrs.size(); g < optimizer.groups().size(); g++) {
      baseLrs.add(optimizer.groups().get(g).initialLr());
    }
  }

  /// Returns the optimizer whose learning rates are moved.
  public final Optimizer<?> optimizer() {
    return optimizer;
  }

  /// Returns the learning rate that a group started from.
  protected final double baseLr(int group) {
    return baseLrs.get(group);
  }

  /// Returns the number of the epoch, which is how many times [#step()] was called.
  public final int lastEpoch() {
    return lastEpoch;
  }

  /// Returns the present learning rate of each group: PyTorch's `get_last_lr`.
  public final double[] getLastLr() {
    return lrs(optimizer);
  }

  static double[] lrs(Optimizer<?> optimizer) {
    return optimizer.groups().stream().mapToDouble(ParamGroup::lr).toArray();
  }

  /// Returns `last_epoch` and `base_lrs.<group>`; of schedulers made of others, also theirs, as
  /// `schedulers.<number>.last_epoch` and so on. The present learning rates and momenta belong to
  /// the optimizer's state.
  @Override
  public final StateDict stateDict() {
    Map<String, Double> scalars = new LinkedHashMap<>();
    save("", scalars);
    return new StateDict(Map.of(), scalars);
  }

  @Override
  public final void loadStateDict(StateDict state) {
    var reader = new StateDict.Reader(getClass().getSimpleName(), state);
    Runnable loaded = load("", reader);
    reader.end();
    loaded.run();
  }

  /// Returns the schedulers that this is made of.
  List<LRScheduler> parts() {
    return List.of();
  }

  private void save(String prefix, Map<String, Double> scalars) {
    scalars.put(prefix + LAST_EPOCH, (double) lastEpoch);
    for (int g = 0; g < baseLrs.size(); g++) {
      scalars.put(prefix + baseKey(g), baseLrs.get(g));
    }
    for (int i = 0; i < parts().size(); i++) {
      parts().get(i).save(partPrefix(prefix, i), scalars);
    }
  }

  /// Reads a state, and returns what puts it in place once all has been read.
  private Runnable load(String prefix, StateDict.Reader reader) {
    int epoch = reader.epochs(prefix + LAST_EPOCH);
    List<Double> lrs = new ArrayList<>();
    for (int g = 0; g < optimizer.groups().size(); g++) {
      lrs.add(reader.scalar(prefix + baseKey(g)));
    }
    List<Runnable> loaded = new ArrayList<>();
    for (int i = 0; i < parts().size(); i++) {
      loaded.add(parts().get(i).load(partPrefix(prefix, i), reader));
    }
    return () -> {
      lastEpoch = epoch;
      baseLrs.clear();
      baseLrs.addAll(lrs);
      loaded.forEach(Runnable::run);
    };
  }

  private static String baseKey(int group) {
    return "base_lrs." + group;
  }

  private static String partPrefix(String prefix, int part) {
    return prefix + "schedulers." + part + ".";
  }
}
