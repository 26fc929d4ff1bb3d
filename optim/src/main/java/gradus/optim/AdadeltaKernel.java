// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

/// The arithmetic of one [Adadelta] step.
///
/// @param sign −1 to maximize
/// @param decay weight decay λ that is added to the gradient
/// @param rho ρ
/// @param eps ε
/// @param lr γ
record AdadeltaKernel(double sign, double decay, double rho, double eps, double lr)
    implements Kernel {

  @Override
  public void run(float[] w, float[] g, float[][] state, int from, int to) {
    float[] square = state[0];
    float[] delta = state[1];
    float sign = (float) this.sign;
    float decay = (float) this.decay;
    float rho = (float) this.rho;
    float eps = (float) this.eps;
    float lr = (float) this.lr;
    float rest = (float) (1 - this.rho);
    for (int i = from; i < to; i++) {
      float d = sign * g[i] + decay * w[i];
      float v = rho * square[i] + rest * d * d;
      float u = delta[i];
      float step = (float) Math.sqrt(u + eps) / (float) Math.sqrt(v + eps) * d;
      square[i] = v;
      delta[i] = rho * u + rest * step * step;
      w[i] -= lr * step;
    }
  }

  @Override
  public void run(double[] w, double[] g, double[][] state, int from, int to) {
    double[] square = state[0];
    double[] delta = state[1];
    double sign = this.sign;
    double decay = this.decay;
    double rho = this.rho;
    double eps = this.eps;
    double lr = this.lr;
    double rest = 1 - this.rho;
    for (int i = from; i < to; i++) {
      double d = sign * g[i] + decay * w[i];
      double v = rho * square[i] + rest * d * d;
      double u = delta[i];
      double step = Math.sqrt(u + eps) / Math.sqrt(v + eps) * d;
      square[i] = v;
      delta[i] = rho * u + rest * step * step;
      w[i] -= lr * step;
    }
  }
}
