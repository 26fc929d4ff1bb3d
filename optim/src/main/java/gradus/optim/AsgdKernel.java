// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

/// The arithmetic of one [ASGD] step.
///
/// @param sign −1 to maximize
/// @param decay weight decay λ that is added to the gradient
/// @param shrink 1 − Λ·η
/// @param eta η
/// @param mu how far the average moves towards the parameter; at 1 it becomes its equal
record AsgdKernel(double sign, double decay, double shrink, double eta, double mu)
    implements Kernel {

  @Override
  public void run(float[] w, float[] g, float[][] state, int from, int to) {
    float[] average = state[0];
    float sign = (float) this.sign;
    float decay = (float) this.decay;
    float shrink = (float) this.shrink;
    float eta = (float) this.eta;
    float mu = (float) this.mu;
    for (int i = from; i < to; i++) {
      float d = sign * g[i] + decay * w[i];
      float next = shrink * w[i] - eta * d;
      float a = average[i];
      w[i] = next;
      average[i] = mu == 1 ? next : a + mu * (next - a);
    }
  }

  @Override
  public void run(double[] w, double[] g, double[][] state, int from, int to) {
    double[] average = state[0];
    double sign = this.sign;
    double decay = this.decay;
    double shrink = this.shrink;
    double eta = this.eta;
    double mu = this.mu;
    for (int i = from; i < to; i++) {
      double d = sign * g[i] + decay * w[i];
      double next = shrink * w[i] - eta * d;
      double a = average[i];
      w[i] = next;
      average[i] = mu == 1 ? next : a + mu * (next - a);
    }
  }
}
