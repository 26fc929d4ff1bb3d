// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

/// The arithmetic of one [Lion] step.
///
/// @param sign −1 to maximize
/// @param shrink what the parameter is multiplied with first: 1, or 1 − γ·λ when decoupled
/// @param beta1 β₁
/// @param beta2 β₂
/// @param lr γ
record LionKernel(double sign, double shrink, double beta1, double beta2, double lr)
    implements Kernel {

  @Override
  public void run(float[] w, float[] g, float[][] state, int from, int to) {
    float[] mean = state[0];
    float sign = (float) this.sign;
    float shrink = (float) this.shrink;
    float beta1 = (float) this.beta1;
    float beta2 = (float) this.beta2;
    float lr = (float) this.lr;
    float rest1 = (float) (1 - this.beta1);
    float rest2 = (float) (1 - this.beta2);
    for (int i = from; i < to; i++) {
      float d = sign * g[i];
      float m = mean[i];
      mean[i] = beta2 * m + rest2 * d;
      w[i] = shrink * w[i] - lr * Math.signum(beta1 * m + rest1 * d);
    }
  }

  @Override
  public void run(double[] w, double[] g, double[][] state, int from, int to) {
    double[] mean = state[0];
    double sign = this.sign;
    double shrink = this.shrink;
    double beta1 = this.beta1;
    double beta2 = this.beta2;
    double lr = this.lr;
    double rest1 = 1 - this.beta1;
    double rest2 = 1 - this.beta2;
    for (int i = from; i < to; i++) {
      double d = sign * g[i];
      double m = mean[i];
      mean[i] = beta2 * m + rest2 * d;
      w[i] = shrink * w[i] - lr * Math.signum(beta1 * m + rest1 * d);
    }
  }
}
