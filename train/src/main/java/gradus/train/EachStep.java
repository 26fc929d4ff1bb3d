// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import gradus.optim.LRScheduler;
import gradus.optim.StateDict;
import gradus.optim.Stateful;

/// A scheduler that is stepped after each step of the optimizer, rather than after each epoch.
record EachStep(LRScheduler scheduler) implements Stateful {
  @Override
  public StateDict stateDict() {
    return scheduler.stateDict();
  }

  @Override
  public void loadStateDict(StateDict state) {
    scheduler.loadStateDict(state);
  }
}
