// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import gradus.Tensor;

/// The share of examples whose label has one of the `k` largest outputs.
record TopKAccuracy(int k) implements Metric {
  TopKAccuracy {
    Check.positive("topK", "k", k);
  }

  @Override
  public String name() {
    return "top" + k + "_accuracy";
  }

  @Override
  public double[] sums(Tensor output, Tensor target) {
    double[] scores = output.toDoubleArray();
    long[] labels = target.toLongArray();
    int classes = output.size(1);
    int hits = 0;
    for (int i = 0; i < labels.length; i++) {
      if (rank(scores, i * classes, classes, (int) labels[i]) < k) {
        hits++;
      }
    }
    return new double[] {hits, labels.length};
  }

  /// How many classes come before `label`. Written so that a NaN comes before everything.
  private static int rank(double[] scores, int from, int classes, int label) {
    double own = scores[from + label];
    int before = 0;
    for (int c = 0; c < classes; c++) {
      double other = scores[from + c];
      if (c != label && (!(other <= own) || (other == own && c < label))) {
        before++;
      }
    }
    return before;
  }

  @Override
  public double value(double[] sums) {
    return sums[0] / sums[1];
  }
}
