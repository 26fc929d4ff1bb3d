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
/// schedulers on one optimizer work together. Call it once at the end of each epoch.
///
/// A scheduler of your own is one method, [#next].
public abstract class LRScheduler implements Stateful {
  private static final String LAST_EPOCH = "last_epoch";

  private final Optimizer<?> optimizer;
  private final List<Double> baseLrs = new ArrayList<>();
  private int lastEpoch;

  /// Makes a scheduler in epoch 0; the present learning rates are the base.
  protected LRScheduler(Optimizer<?> optimizer) {
    this.optimizer = optimizer;
    noteBaseLrs();
  }

  /// Returns the learning rate that a group has in [#lastEpoch()] ≥ 1.
  ///
  /// @param lr its learning rate in the epoch before
  /// @param baseLr its learning rate in epoch 0
  protected abstract double next(double lr, double baseLr);

  /// Enters the next epoch.
  public final void step() {
    noteBaseLrs();
    lastEpoch++;
    int g = 0;
    for (ParamGroup<?> group : optimizer.groups()) {
      group.lr(next(group.lr(), baseLrs.get(g++)));
    }
  }

  /// Groups that were added since start from the learning rate that they have now.
  private void noteBaseLrs() {
    for (int g = baseLrs.size(); g < optimizer.groups().size(); g++) {
      baseLrs.add(optimizer.groups().get(g).lr());
    }
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

  /// Returns `last_epoch` and `base_lrs.<group>`. The present learning rates belong to the
  /// optimizer's state.
  @Override
  public final StateDict stateDict() {
    Map<String, Double> scalars = new LinkedHashMap<>();
    scalars.put(LAST_EPOCH, (double) lastEpoch);
    for (int g = 0; g < baseLrs.size(); g++) {
      scalars.put(baseKey(g), baseLrs.get(g));
    }
    return new StateDict(Map.of(), scalars);
  }

  @Override
  public final void loadStateDict(StateDict state) {
    var reader = new StateDict.Reader(getClass().getSimpleName(), state);
    int epoch = reader.epochs(LAST_EPOCH);
    List<Double> lrs = new ArrayList<>();
    for (int g = 0; g < optimizer.groups().size(); g++) {
      lrs.add(reader.scalar(baseKey(g)));
    }
    reader.end();
    lastEpoch = epoch;
    baseLrs.clear();
    baseLrs.addAll(lrs);
  }

  private static String baseKey(int group) {
    return "base_lrs." + group;
  }
}
