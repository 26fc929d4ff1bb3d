// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import gradus.Grad;
import gradus.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The sums of a loss and of metrics over some batches, added in the order of the batches.
final class Tally {
  private final List<Metric> metrics;
  private double loss;
  private long examples;
  private final List<double[]> sums = new ArrayList<>();

  Tally(List<Metric> metrics) {
    this.metrics = metrics;
  }

  long examples() {
    return examples;
  }

  /// Adds a batch, whose loss counts once for each of its examples.
  void add(double batchLoss, Tensor output, Tensor target) {
    int size = target.size(0);
    loss += batchLoss * size;
    examples += size;
    try (var _ = Grad.off()) {
      for (int m = 0; m < metrics.size(); m++) {
        double[] more = metrics.get(m).sums(output.detach(), target);
        if (sums.size() == m) {
          sums.add(more.clone());
        } else {
          double[] sum = sums.get(m);
          for (int i = 0; i < sum.length; i++) {
            sum[i] += more[i];
          }
        }
      }
    }
  }

  /// Returns the mean loss so far; NaN before the first batch.
  double loss() {
    return loss / examples;
  }

  /// Puts the mean loss and the metrics under their names, with a prefix.
  void putInto(Map<String, Double> out, String prefix) {
    out.put(prefix + "loss", loss());
    for (int m = 0; m < metrics.size(); m++) {
      out.put(prefix + metrics.get(m).name(), metrics.get(m).value(sums.get(m)));
    }
  }

  /// Returns all sums: loss and number of examples, then each metric's.
  List<Tensor> state() {
    List<Tensor> state = new ArrayList<>();
    state.add(Tensor.float64(new double[] {loss, examples}, 2));
    sums.forEach(sum -> state.add(Tensor.float64(sum, sum.length)));
    return state;
  }

  /// Goes on from [#state()].
  ///
  /// @throws IllegalArgumentException if it is of other metrics
  void load(List<Tensor> state) {
    if (state.isEmpty()
        || state.getFirst().numel() != 2
        || (state.size() != 1 && state.size() != 1 + metrics.size())) {
      throw new IllegalArgumentException(
          "the running sums are not those of a loss and %d metrics".formatted(metrics.size()));
    }
    double[] first = state.getFirst().toDoubleArray();
    loss = first[0];
    examples = (long) first[1];
    sums.clear();
    state.stream().skip(1).map(Tensor::toDoubleArray).forEach(sums::add);
  }
}
