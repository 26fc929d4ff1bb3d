// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.Arrays;

/// What [Recurrence] does with arrays of one type.
///
/// @param <A> `float[]` or `double[]`
abstract sealed class RecurrentArrays<A> {
  private static final Floats FLOATS = new Floats();
  private static final Doubles DOUBLES = new Doubles();

  private RecurrentArrays() {}

  static RecurrentArrays<?> of(Object array) {
    return array instanceof float[] ? FLOATS : DOUBLES;
  }

  /// A matrix B that others are multiplied with from the left.
  interface Factor<A> {
    /// As [Panels#addProduct].
    void addProduct(int m, A a, int ao, int as, int from, int to, A c, int co, int cs);
  }

  abstract A allocate(int length);

  abstract void zero(A x, int from, int n);

  /// Prepares a contiguous `[k, n]` from `wo` for so many products.
  abstract Factor<A> factor(int products, A w, int wo, int k, int n);

  /// Prepares the transpose of a contiguous `[n, k]` from `wo` for so many products.
  abstract Factor<A> transposed(int products, A w, int wo, int k, int n);

  abstract void unary(Unary op, A x, int xo, A out, int oo, int n);

  abstract void add(A x, int xo, A out, int oo, int n);

  abstract void multiply(A x, int xo, A y, int yo, A out, int oo, int n);

  /// Adds products.
  abstract void addProducts(A x, int xo, A y, int yo, A out, int oo, int n);

  /// y + weight · (x - y).
  abstract void mix(A weight, int wo, A x, int xo, A y, int yo, A out, int oo, int n);

  /// dh · (1 - h²).
  abstract void tanhGradient(A dh, int dho, A h, int ho, A out, int oo, int n);

  /// dh where h > 0, and at NaN, as PyTorch.
  abstract void reluGradient(A dh, int dho, A h, int ho, A out, int oo, int n);

  /// From the gates after their activations, `hidden` apart, the old c, tanh c and the cotangents
  /// of h and c those of the gates, in `out`, and of the old c, in `dc`.
  abstract void lstmGradient(
      A gates,
      int go,
      int hidden,
      A c,
      int co,
      A tanh,
      int to,
      A dh,
      int dho,
      A dc,
      int dco,
      A out,
      int n);

  /// From the gates after their activations, what came from the state to n, the old h and the
  /// cotangent of h those of what came from the input, of what came from the state, and of the old
  /// h as far as it does not go through the gates, in `dh`.
  abstract void gruGradient(
      A gates,
      int go,
      int hidden,
      A fromState,
      int fo,
      A h,
      int ho,
      A dh,
      int dho,
      A fromInput,
      A toState,
      int n);

  private static final class Floats extends RecurrentArrays<float[]> {
    @Override
    float[] allocate(int length) {
      return new float[length];
    }

    @Override
    void zero(float[] x, int from, int n) {
      Arrays.fill(x, from, from + n, 0);
    }

    @Override
    Factor<float[]> factor(int products, float[] w, int wo, int k, int n) {
      return new Panels(products, k, n, w, wo, n, 1)::addProduct;
    }

    @Override
    Factor<float[]> transposed(int products, float[] w, int wo, int k, int n) {
      return new Panels(products, k, n, w, wo, 1, k)::addProduct;
    }

    @Override
    void unary(Unary op, float[] x, int xo, float[] out, int oo, int n) {
      op.run(x, xo, out, oo, n);
    }

    @Override
    void add(float[] x, int xo, float[] out, int oo, int n) {
      Binary.ADD.run(out, oo, 1, x, xo, 1, out, oo, n);
    }

    @Override
    void multiply(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
      Binary.MUL.run(x, xo, 1, y, yo, 1, out, oo, n);
    }

    @Override
    void addProducts(float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
      RecurrentLoops.addProducts(x, xo, y, yo, out, oo, n);
    }

    @Override
    void mix(
        float[] weight, int wo, float[] x, int xo, float[] y, int yo, float[] out, int oo, int n) {
      RecurrentLoops.mix(weight, wo, x, xo, y, yo, out, oo, n);
    }

    @Override
    void tanhGradient(float[] dh, int dho, float[] h, int ho, float[] out, int oo, int n) {
      RecurrentLoops.tanhGradient(dh, dho, h, ho, out, oo, n);
    }

    @Override
    void reluGradient(float[] dh, int dho, float[] h, int ho, float[] out, int oo, int n) {
      RecurrentLoops.reluGradient(dh, dho, h, ho, out, oo, n);
    }

    @Override
    void lstmGradient(
        float[] gates,
        int go,
        int hidden,
        float[] c,
        int co,
        float[] tanh,
        int to,
        float[] dh,
        int dho,
        float[] dc,
        int dco,
        float[] out,
        int n) {
      RecurrentLoops.lstmGradient(gates, go, hidden, c, co, tanh, to, dh, dho, dc, dco, out, n);
    }

    @Override
    void gruGradient(
        float[] gates,
        int go,
        int hidden,
        float[] fromState,
        int fo,
        float[] h,
        int ho,
        float[] dh,
        int dho,
        float[] fromInput,
        float[] toState,
        int n) {
      RecurrentLoops.gruGradient(
          gates, go, hidden, fromState, fo, h, ho, dh, dho, fromInput, toState, n);
    }
  }

  private static final class Doubles extends RecurrentArrays<double[]> {
    @Override
    double[] allocate(int length) {
      return new double[length];
    }

    @Override
    void zero(double[] x, int from, int n) {
      Arrays.fill(x, from, from + n, 0);
    }

    @Override
    Factor<double[]> factor(int products, double[] w, int wo, int k, int n) {
      return new DoublePanels(k, n, w, wo, n, 1)::addProduct;
    }

    @Override
    Factor<double[]> transposed(int products, double[] w, int wo, int k, int n) {
      return new DoublePanels(k, n, w, wo, 1, k)::addProduct;
    }

    @Override
    void unary(Unary op, double[] x, int xo, double[] out, int oo, int n) {
      op.run(x, xo, out, oo, n);
    }

    @Override
    void add(double[] x, int xo, double[] out, int oo, int n) {
      for (int i = 0; i < n; i++) {
        out[oo + i] += x[xo + i];
      }
    }

    @Override
    void multiply(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
      for (int i = 0; i < n; i++) {
        out[oo + i] = x[xo + i] * y[yo + i];
      }
    }

    @Override
    void addProducts(double[] x, int xo, double[] y, int yo, double[] out, int oo, int n) {
      for (int i = 0; i < n; i++) {
        out[oo + i] = Math.fma(x[xo + i], y[yo + i], out[oo + i]);
      }
    }

    @Override
    void mix(
        double[] weight,
        int wo,
        double[] x,
        int xo,
        double[] y,
        int yo,
        double[] out,
        int oo,
        int n) {
      for (int i = 0; i < n; i++) {
        out[oo + i] = Math.fma(weight[wo + i], x[xo + i] - y[yo + i], y[yo + i]);
      }
    }

    @Override
    void tanhGradient(double[] dh, int dho, double[] h, int ho, double[] out, int oo, int n) {
      for (int i = 0; i < n; i++) {
        out[oo + i] = dh[dho + i] * (1 - h[ho + i] * h[ho + i]);
      }
    }

    @Override
    void reluGradient(double[] dh, int dho, double[] h, int ho, double[] out, int oo, int n) {
      for (int i = 0; i < n; i++) {
        out[oo + i] = h[ho + i] <= 0 ? 0 : dh[dho + i];
      }
    }

    @Override
    void lstmGradient(
        double[] gates,
        int go,
        int hidden,
        double[] c,
        int co,
        double[] tanh,
        int to,
        double[] dh,
        int dho,
        double[] dc,
        int dco,
        double[] out,
        int n) {
      for (int k = 0; k < n; k++) {
        double i = gates[go + k];
        double f = gates[go + hidden + k];
        double g = gates[go + 2 * hidden + k];
        double o = gates[go + 3 * hidden + k];
        double t = tanh[to + k];
        double d = dc[dco + k] + dh[dho + k] * o * (1 - t * t);
        out[go + k] = d * g * (i * (1 - i));
        out[go + hidden + k] = d * c[co + k] * (f * (1 - f));
        out[go + 2 * hidden + k] = d * i * (1 - g * g);
        out[go + 3 * hidden + k] = dh[dho + k] * t * (o * (1 - o));
        dc[dco + k] = d * f;
      }
    }

    @Override
    void gruGradient(
        double[] gates,
        int go,
        int hidden,
        double[] fromState,
        int fo,
        double[] h,
        int ho,
        double[] dh,
        int dho,
        double[] fromInput,
        double[] toState,
        int n) {
      for (int k = 0; k < n; k++) {
        double r = gates[go + k];
        double z = gates[go + hidden + k];
        double m = gates[go + 2 * hidden + k];
        double d = dh[dho + k];
        double dn = d * (1 - z) * (1 - m * m);
        double dz = d * (h[ho + k] - m) * (z * (1 - z));
        double dr = dn * fromState[fo + k] * (r * (1 - r));
        fromInput[go + k] = dr;
        toState[go + k] = dr;
        fromInput[go + hidden + k] = dz;
        toState[go + hidden + k] = dz;
        fromInput[go + 2 * hidden + k] = dn;
        toState[go + 2 * hidden + k] = dn * r;
        dh[dho + k] = d * z;
      }
    }
  }
}
