// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

/// The arithmetic of one [RMSprop] step. State: the mean of the squares, then the mean if centered,
/// then the momentum's buffer if there is momentum.
///
/// The compiler takes the two questions out of the loop, and vectorises what remains.
///
/// @param sign −1 to maximize
/// @param decay weight decay λ that is added to the gradient
/// @param alpha α
/// @param eps ε
/// @param centered whether the mean is subtracted
/// @param momentum μ
/// @param lr γ
record RmsPropKernel(
    double sign,
    double decay,
    double alpha,
    double eps,
    boolean centered,
    double momentum,
    double lr)
    implements Kernel {

  @Override
  public void run(float[] w, float[] g, float[][] state, int from, int to) {
    boolean centered = this.centered;
    boolean accelerated = this.momentum > 0;
    float[] square = state[0];
    float[] mean = state[centered ? 1 : 0];
    float[] buffer = state[accelerated ? state.length - 1 : 0];
    float sign = (float) this.sign;
    float decay = (float) this.decay;
    float alpha = (float) this.alpha;
    float eps = (float) this.eps;
    float momentum = (float) this.momentum;
    float lr = (float) this.lr;
    float rest = (float) (1 - this.alpha);
    for (int i = from; i < to; i++) {
      float d = sign * g[i] + decay * w[i];
      float v = alpha * square[i] + rest * d * d;
      square[i] = v;
      if (centered) {
        float m = alpha * mean[i] + rest * d;
        mean[i] = m;
        v -= m * m;
      }
      float step = d / ((float) Math.sqrt(v) + eps);
      if (accelerated) {
        step += momentum * buffer[i];
        buffer[i] = step;
      }
      w[i] -= lr * step;
    }
  }

  @Override
  public void run(double[] w, double[] g, double[][] state, int from, int to) {
    boolean centered = this.centered;
    boolean accelerated = this.momentum > 0;
    double[] square = state[0];
    double[] mean = state[centered ? 1 : 0];
    double[] buffer = state[accelerated ? state.length - 1 : 0];
    double sign = this.sign;
    double decay = this.decay;
    double alpha = this.alpha;
    double eps = this.eps;
    double momentum = this.momentum;
    double lr = this.lr;
    double rest = 1 - this.alpha;
    for (int i = from; i < to; i++) {
      double d = sign * g[i] + decay * w[i];
      double v = alpha * square[i] + rest * d * d;
      square[i] = v;
      if (centered) {
        double m = alpha * mean[i] + rest * d;
        mean[i] = m;
        v -= m * m;
      }
      double step = d / (Math.sqrt(v) + eps);
      if (accelerated) {
        step += momentum * buffer[i];
        buffer[i] = step;
      }
      w[i] -= lr * step;
    }
  }
}
