// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import gradus.Tensor;
import java.util.List;

/// The arithmetic of one [Adam] or [AdamW] step, in PyTorch's order of operations. State: the two
/// means, and the largest mean of squares with AMSGrad.
///
/// @param sign −1 to maximize
/// @param decay weight decay that is added to the gradient
/// @param shrink what the parameter is multiplied with first: 1, or 1 − γ·λ when decoupled
/// @param beta1 β₁
/// @param beta2 β₂
/// @param eps ε
/// @param stepSize γ / (1 − β₁ᵗ)
/// @param root √(1 − β₂ᵗ)
record AdamKernel(
    double sign,
    double decay,
    double shrink,
    double beta1,
    double beta2,
    double eps,
    double stepSize,
    double root)
    implements Kernel {
  private static final String MEAN = "exp_avg";
  private static final String SQUARE = "exp_avg_sq";
  private static final String LARGEST = "max_exp_avg_sq";

  static List<String> stateNames(boolean amsgrad) {
    return amsgrad ? List.of(MEAN, SQUARE, LARGEST) : List.of(MEAN, SQUARE);
  }

  static AdamKernel of(Adam.Options o, long step) {
    return new AdamKernel(
        o.maximize() ? -1 : 1,
        o.weightDecay(),
        1,
        o.beta1(),
        o.beta2(),
        o.eps(),
        o.lr() / correction(o.beta1(), step),
        Math.sqrt(correction(o.beta2(), step)));
  }

  static AdamKernel of(AdamW.Options o, long step) {
    return new AdamKernel(
        o.maximize() ? -1 : 1,
        0,
        1 - o.lr() * o.weightDecay(),
        o.beta1(),
        o.beta2(),
        o.eps(),
        o.lr() / correction(o.beta1(), step),
        Math.sqrt(correction(o.beta2(), step)));
  }

  /// 1 − βᵗ: the means start at 0, and are this fraction of what they would be.
  static double correction(double beta, long step) {
    return 1 - StrictMath.pow(beta, (double) step);
  }

  void update(Tensor param, Tensor grad, ParamState state, boolean amsgrad) {
    update(param, grad, state.getAll(stateNames(amsgrad)));
  }

  @Override
  public void run(float[] w, float[] g, float[][] state, int from, int to) {
    if (state.length == 2) {
      update(w, g, state[0], state[1], from, to);
    } else {
      amsgrad(w, g, state[0], state[1], state[2], from, to);
    }
  }

  @Override
  public void run(double[] w, double[] g, double[][] state, int from, int to) {
    if (state.length == 2) {
      update(w, g, state[0], state[1], from, to);
    } else {
      amsgrad(w, g, state[0], state[1], state[2], from, to);
    }
  }

  private void update(float[] w, float[] g, float[] m, float[] v, int from, int to) {
    float sign = (float) this.sign;
    float decay = (float) this.decay;
    float shrink = (float) this.shrink;
    float beta1 = (float) this.beta1;
    float beta2 = (float) this.beta2;
    float rest1 = (float) (1 - this.beta1);
    float rest2 = (float) (1 - this.beta2);
    float eps = (float) this.eps;
    float stepSize = (float) this.stepSize;
    float root = (float) this.root;
    for (int i = from; i < to; i++) {
      float d = sign * g[i] + decay * w[i];
      float mean = beta1 * m[i] + rest1 * d;
      float square = beta2 * v[i] + rest2 * d * d;
      m[i] = mean;
      v[i] = square;
      w[i] = shrink * w[i] - stepSize * (mean / ((float) Math.sqrt(square) / root + eps));
    }
  }

  private void update(double[] w, double[] g, double[] m, double[] v, int from, int to) {
    double sign = this.sign;
    double decay = this.decay;
    double shrink = this.shrink;
    double beta1 = this.beta1;
    double beta2 = this.beta2;
    double rest1 = 1 - beta1;
    double rest2 = 1 - beta2;
    double eps = this.eps;
    double stepSize = this.stepSize;
    double root = this.root;
    for (int i = from; i < to; i++) {
      double d = sign * g[i] + decay * w[i];
      double mean = beta1 * m[i] + rest1 * d;
      double square = beta2 * v[i] + rest2 * d * d;
      m[i] = mean;
      v[i] = square;
      w[i] = shrink * w[i] - stepSize * (mean / (Math.sqrt(square) / root + eps));
    }
  }

  /// As [#update], in three passes: together with a maximum the loop is not always vectorised.
  private void amsgrad(float[] w, float[] g, float[] m, float[] v, float[] max, int from, int to) {
    float sign = (float) this.sign;
    float decay = (float) this.decay;
    float shrink = (float) this.shrink;
    float beta1 = (float) this.beta1;
    float beta2 = (float) this.beta2;
    float rest1 = (float) (1 - this.beta1);
    float rest2 = (float) (1 - this.beta2);
    float eps = (float) this.eps;
    float stepSize = (float) this.stepSize;
    float root = (float) this.root;
    for (int i = from; i < to; i++) {
      float d = sign * g[i] + decay * w[i];
      m[i] = beta1 * m[i] + rest1 * d;
      v[i] = beta2 * v[i] + rest2 * d * d;
    }
    for (int i = from; i < to; i++) {
      max[i] = Math.max(max[i], v[i]);
    }
    for (int i = from; i < to; i++) {
      w[i] = shrink * w[i] - stepSize * (m[i] / ((float) Math.sqrt(max[i]) / root + eps));
    }
  }

  private void amsgrad(
      double[] w, double[] g, double[] m, double[] v, double[] max, int from, int to) {
    double sign = this.sign;
    double decay = this.decay;
    double shrink = this.shrink;
    double beta1 = this.beta1;
    double beta2 = this.beta2;
    double rest1 = 1 - beta1;
    double rest2 = 1 - beta2;
    double eps = this.eps;
    double stepSize = this.stepSize;
    double root = this.root;
    for (int i = from; i < to; i++) {
      double d = sign * g[i] + decay * w[i];
      m[i] = beta1 * m[i] + rest1 * d;
      v[i] = beta2 * v[i] + rest2 * d * d;
    }
    for (int i = from; i < to; i++) {
      max[i] = Math.max(max[i], v[i]);
    }
    for (int i = from; i < to; i++) {
      w[i] = shrink * w[i] - stepSize * (m[i] / (Math.sqrt(max[i]) / root + eps));
    }
  }
}
