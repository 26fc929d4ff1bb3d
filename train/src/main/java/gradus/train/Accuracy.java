// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import gradus.Tensor;

/// The share of examples whose largest output is their label's.
record Accuracy() implements Metric {
  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public double[] sums(Tensor output, Tensor target) {
    return new double[] {output.argmax(1).eq(target).sum().item(), target.numel()};
  }

  @Override
  public double value(double[] sums) {
    return sums[0] / sums[1];
  }
}
