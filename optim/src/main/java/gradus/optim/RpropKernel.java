// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

/// The arithmetic of one [Rprop] step.
///
/// @param sign −1 to maximize
/// @param etaMinus η₋
/// @param etaPlus η₊
/// @param minStep s₀
/// @param maxStep s₁
record RpropKernel(double sign, double etaMinus, double etaPlus, double minStep, double maxStep)
    implements Kernel {

  @Override
  public void run(float[] w, float[] g, float[][] state, int from, int to) {
    float[] previous = state[0];
    float[] stepSize = state[1];
    float sign = (float) this.sign;
    float etaMinus = (float) this.etaMinus;
    float etaPlus = (float) this.etaPlus;
    float minStep = (float) this.minStep;
    float maxStep = (float) this.maxStep;
    for (int i = from; i < to; i++) {
      float d = sign * g[i];
      float turn = d * previous[i];
      float factor = turn > 0 ? etaPlus : turn < 0 ? etaMinus : 1f;
      float size = Math.clamp(stepSize[i] * factor, minStep, maxStep);
      d = turn < 0 ? 0f : d;
      stepSize[i] = size;
      previous[i] = d;
      w[i] -= Math.signum(d) * size;
    }
  }

  @Override
  public void run(double[] w, double[] g, double[][] state, int from, int to) {
    double[] previous = state[0];
    double[] stepSize = state[1];
    double sign = this.sign;
    double etaMinus = this.etaMinus;
    double etaPlus = this.etaPlus;
    double minStep = this.minStep;
    double maxStep = this.maxStep;
    for (int i = from; i < to; i++) {
      double d = sign * g[i];
      double turn = d * previous[i];
      double factor = turn > 0 ? etaPlus : turn < 0 ? etaMinus : 1;
      double size = Math.clamp(stepSize[i] * factor, minStep, maxStep);
      d = turn < 0 ? 0 : d;
      stepSize[i] = size;
      previous[i] = d;
      w[i] -= Math.signum(d) * size;
    }
  }
}
