// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

/// The arithmetic of one update of a [WeightAverage]: the average takes the place of the parameter,
/// the parameter that of the gradient.
///
/// @param share the weight of the new values; at 1 the average becomes their equal
record AverageKernel(double share) implements Kernel {

  @Override
  public void run(float[] average, float[] w, float[][] state, int from, int to) {
    float share = (float) this.share;
    float rest = (float) (1 - this.share);
    for (int i = from; i < to; i++) {
      average[i] = rest * average[i] + share * w[i];
    }
  }

  @Override
  public void run(double[] average, double[] w, double[][] state, int from, int to) {
    double share = this.share;
    double rest = 1 - share;
    for (int i = from; i < to; i++) {
      average[i] = rest * average[i] + share * w[i];
    }
  }
}
