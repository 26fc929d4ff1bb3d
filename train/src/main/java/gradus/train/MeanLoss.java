// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import gradus.Tensor;
import java.util.function.BinaryOperator;

/// The mean of a loss over examples.
record MeanLoss(String name, BinaryOperator<Tensor> loss) implements Metric {
  @Override
  public double[] sums(Tensor output, Tensor target) {
    double size = target.size(0);
    return new double[] {loss.apply(output, target).item() * size, size};
  }

  @Override
  public double value(double[] sums) {
    return sums[0] / sums[1];
  }
}
