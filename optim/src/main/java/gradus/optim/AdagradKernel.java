// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

/// The arithmetic of one [Adagrad] step.
///
/// @param sign −1 to maximize
/// @param decay weight decay λ that is added to the gradient
/// @param stepSize γ / (1 + (t−1)·η)
/// @param eps ε
record AdagradKernel(double sign, double decay, double stepSize, double eps) implements Kernel {

  @Override
  public void run(float[] w, float[] g, float[][] state, int from, int to) {
    float[] sum = state[0];
    float sign = (float) this.sign;
    float decay = (float) this.decay;
    float stepSize = (float) this.stepSize;
    float eps = (float) this.eps;
    for (int i = from; i < to; i++) {
      float d = sign * g[i] + decay * w[i];
      float s = sum[i] + d * d;
      sum[i] = s;
      w[i] -= stepSize * (d / ((float) Math.sqrt(s) + eps));
    }
  }

  @Override
  public void run(double[] w, double[] g, double[][] state, int from, int to) {
    double[] sum = state[0];
    double sign = this.sign;
    double decay = this.decay;
    double stepSize = this.stepSize;
    double eps = this.eps;
    for (int i = from; i < to; i++) {
      double d = sign * g[i] + decay * w[i];
      double s = sum[i] + d * d;
      sum[i] = s;
      w[i] -= stepSize * (d / (Math.sqrt(s) + eps));
    }
  }
}
