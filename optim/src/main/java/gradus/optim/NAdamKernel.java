// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

/// The arithmetic of one [NAdam] step.
///
/// @param sign −1 to maximize
/// @param decay weight decay λ that is added to the gradient
/// @param shrink what the parameter is multiplied with first: 1, or 1 − γ·λ when decoupled
/// @param beta1 β₁
/// @param beta2 β₂
/// @param eps ε
/// @param ofGradient γ·(1−μₜ)/(1−Πμ)
/// @param ofMean γ·μₜ₊₁/(1−Πμ·μₜ₊₁)
/// @param root √(1 − β₂ᵗ)
record NAdamKernel(
    double sign,
    double decay,
    double shrink,
    double beta1,
    double beta2,
    double eps,
    double ofGradient,
    double ofMean,
    double root)
    implements Kernel {

  @Override
  public void run(float[] w, float[] g, float[][] state, int from, int to) {
    float[] mean = state[0];
    float[] square = state[1];
    float sign = (float) this.sign;
    float decay = (float) this.decay;
    float shrink = (float) this.shrink;
    float beta1 = (float) this.beta1;
    float beta2 = (float) this.beta2;
    float eps = (float) this.eps;
    float ofGradient = (float) this.ofGradient;
    float ofMean = (float) this.ofMean;
    float root = (float) this.root;
    float rest1 = (float) (1 - this.beta1);
    float rest2 = (float) (1 - this.beta2);
    for (int i = from; i < to; i++) {
      float d = sign * g[i] + decay * w[i];
      float m = beta1 * mean[i] + rest1 * d;
      float v = beta2 * square[i] + rest2 * d * d;
      mean[i] = m;
      square[i] = v;
      w[i] = shrink * w[i] - (ofGradient * d + ofMean * m) / ((float) Math.sqrt(v) / root + eps);
    }
  }

  @Override
  public void run(double[] w, double[] g, double[][] state, int from, int to) {
    double[] mean = state[0];
    double[] square = state[1];
    double sign = this.sign;
    double decay = this.decay;
    double shrink = this.shrink;
    double beta1 = this.beta1;
    double beta2 = this.beta2;
    double eps = this.eps;
    double ofGradient = this.ofGradient;
    double ofMean = this.ofMean;
    double root = this.root;
    double rest1 = 1 - this.beta1;
    double rest2 = 1 - this.beta2;
    for (int i = from; i < to; i++) {
      double d = sign * g[i] + decay * w[i];
      double m = beta1 * mean[i] + rest1 * d;
      double v = beta2 * square[i] + rest2 * d * d;
      mean[i] = m;
      square[i] = v;
      w[i] = shrink * w[i] - (ofGradient * d + ofMean * m) / (Math.sqrt(v) / root + eps);
    }
  }
}
