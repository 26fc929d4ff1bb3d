// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

/// The arithmetic of one [Adamax] step.
///
/// @param sign −1 to maximize
/// @param decay weight decay λ that is added to the gradient
/// @param beta1 β₁
/// @param beta2 β₂
/// @param eps ε
/// @param stepSize γ / (1 − β₁ᵗ)
record AdamaxKernel(
    double sign, double decay, double beta1, double beta2, double eps, double stepSize)
    implements Kernel {

  @Override
  public void run(float[] w, float[] g, float[][] state, int from, int to) {
    float[] mean = state[0];
    float[] largest = state[1];
    float sign = (float) this.sign;
    float decay = (float) this.decay;
    float beta1 = (float) this.beta1;
    float beta2 = (float) this.beta2;
    float eps = (float) this.eps;
    float stepSize = (float) this.stepSize;
    float rest = (float) (1 - this.beta1);
    for (int i = from; i < to; i++) {
      float d = sign * g[i] + decay * w[i];
      float m = beta1 * mean[i] + rest * d;
      float u = Math.max(beta2 * largest[i], Math.abs(d) + eps);
      mean[i] = m;
      largest[i] = u;
      w[i] -= stepSize * (m / u);
    }
  }

  @Override
  public void run(double[] w, double[] g, double[][] state, int from, int to) {
    double[] mean = state[0];
    double[] largest = state[1];
    double sign = this.sign;
    double decay = this.decay;
    double beta1 = this.beta1;
    double beta2 = this.beta2;
    double eps = this.eps;
    double stepSize = this.stepSize;
    double rest = 1 - this.beta1;
    for (int i = from; i < to; i++) {
      double d = sign * g[i] + decay * w[i];
      double m = beta1 * mean[i] + rest * d;
      double u = Math.max(beta2 * largest[i], Math.abs(d) + eps);
      mean[i] = m;
      largest[i] = u;
      w[i] -= stepSize * (m / u);
    }
  }
}
