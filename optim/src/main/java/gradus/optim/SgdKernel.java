// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

/// The arithmetic of one [SGD] step, with or without a momentum's buffer as its state.
///
/// @param sign −1 to maximize
/// @param decay weight decay λ
/// @param momentum μ; the buffer is all zeros at first, so that μ does not matter then
/// @param take how much of the gradient goes into the buffer
/// @param nesterov whether the step is g + μ·b instead of b
/// @param lr learning rate
record SgdKernel(
    double sign, double decay, double momentum, double take, boolean nesterov, double lr)
    implements Kernel {

  /// Without momentum.
  static SgdKernel plain(double sign, double decay, double lr) {
    return new SgdKernel(sign, decay, 0, 1, false, lr);
  }

  @Override
  public void run(float[] w, float[] g, float[][] state, int from, int to) {
    if (state.length == 0) {
      plain(w, g, from, to);
    } else {
      momentum(w, g, state[0], from, to);
    }
  }

  @Override
  public void run(double[] w, double[] g, double[][] state, int from, int to) {
    if (state.length == 0) {
      plain(w, g, from, to);
    } else {
      momentum(w, g, state[0], from, to);
    }
  }

  private void plain(float[] w, float[] g, int from, int to) {
    float sign = (float) this.sign;
    float decay = (float) this.decay;
    float lr = (float) this.lr;
    for (int i = from; i < to; i++) {
      w[i] -= lr * (sign * g[i] + decay * w[i]);
    }
  }

  private void plain(double[] w, double[] g, int from, int to) {
    double sign = this.sign;
    double decay = this.decay;
    double lr = this.lr;
    for (int i = from; i < to; i++) {
      w[i] -= lr * (sign * g[i] + decay * w[i]);
    }
  }

  private void momentum(float[] w, float[] g, float[] b, int from, int to) {
    float sign = (float) this.sign;
    float decay = (float) this.decay;
    float momentum = (float) this.momentum;
    float take = (float) this.take;
    float ofGradient = nesterov ? 1 : 0;
    float ofBuffer = nesterov ? momentum : 1;
    float lr = (float) this.lr;
    for (int i = from; i < to; i++) {
      float d = sign * g[i] + decay * w[i];
      float v = momentum * b[i] + take * d;
      b[i] = v;
      w[i] -= lr * (ofGradient * d + ofBuffer * v);
    }
  }

  private void momentum(double[] w, double[] g, double[] b, int from, int to) {
    double sign = this.sign;
    double decay = this.decay;
    double momentum = this.momentum;
    double take = this.take;
    double ofGradient = nesterov ? 1 : 0;
    double ofBuffer = nesterov ? momentum : 1;
    double lr = this.lr;
    for (int i = from; i < to; i++) {
      double d = sign * g[i] + decay * w[i];
      double v = momentum * b[i] + take * d;
      b[i] = v;
      w[i] -= lr * (ofGradient * d + ofBuffer * v);
    }
  }
}
