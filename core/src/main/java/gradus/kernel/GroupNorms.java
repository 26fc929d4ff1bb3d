// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import org.jspecify.annotations.Nullable;

/// Group normalisation: each example's `c` channels of a contiguous `x[n, c, inner]` are split into
/// groups, each of which is normalised by its own mean and variance; gamma and beta belong to
/// channels.
///
/// In the float versions the sums of a group and of a channel have the order of [Sums], those over
/// examples the order of [Reduce].
public final class GroupNorms {
  /// Elements below which it is not worth handing over to another thread.
  private static final int GRAIN = 1 << 14;

  private GroupNorms() {}

  /// (x - mean) · invStd · gamma + beta, with 1 for no gamma and 0 for no beta; and mean and invStd
  /// = 1 / √(variance + eps) of each of `n · groups` groups.
  public static void forward(
      float[] x,
      int xo,
      int n,
      int c,
      int inner,
      int groups,
      float @Nullable [] gamma,
      float @Nullable [] beta,
      double eps,
      float[] mean,
      float[] invStd,
      float[] out) {
    int channels = c / groups;
    int size = channels * inner;
    Parallel.forRange(
        n * groups,
        Math.max(GRAIN / Math.max(size, 1), 1),
        (first, last) -> {
          var moments = new Moments();
          for (int g = first; g < last; g++) {
            int at = g * size;
            float centre = moments.mean(x, xo + at, size);
            float s = RowNorms.invStd(moments.squares(x, xo + at, size, centre), size, eps);
            mean[g] = centre;
            invStd[g] = s;
            if (gamma == null && beta == null) {
              RowLoops.normalize(x, xo + at, centre, s, 0, out, at, size);
              continue;
            }
            int k = g % groups * channels;
            for (int i = 0; i < channels; i++, at += inner) {
              float scale = gamma == null ? s : s * gamma[k + i];
              float shift = beta == null ? 0 : beta[k + i];
              RowLoops.normalize(x, xo + at, centre, scale, shift, out, at, inner);
            }
          }
        });
  }

  /// The gradients of [#forward] where mean and invStd are those of x itself: with x̂ = (x - mean)
  /// · invStd and h = dy · gamma, dx = invStd · (h - Σ h / size - x̂ · Σ (h · x̂) / size), the sums
  /// over a group, dgamma = Σ dy · x̂ and dbeta = Σ dy over a channel of all examples.
  public static void backward(
      float[] x,
      int xo,
      float[] dy,
      int dyo,
      int n,
      int c,
      int inner,
      int groups,
      float[] mean,
      float[] invStd,
      float @Nullable [] gamma,
      float[] dx,
      float[] dgamma,
      float[] dbeta) {
    int channels = c / groups;
    int size = channels * inner;
    var gammas = new float[n * c];
    var betas = new float[n * c];
    Parallel.forRange(
        n * groups,
        Math.max(GRAIN / Math.max(size, 1), 1),
        (first, last) -> {
          var moments = new Moments();
          for (int g = first; g < last; g++) {
            float centre = mean[g];
            float s = invStd[g];
            int k = g % groups * channels;
            float sum = 0;
            float dot = 0;
            for (int i = 0; i < channels; i++) {
              int channel = g * channels + i;
              int at = channel * inner;
              moments.products(dy, dyo + at, x, xo + at, inner, centre);
              betas[channel] = moments.sum;
              gammas[channel] = moments.product * s;
              float scale = gamma == null ? 1 : gamma[k + i];
              sum = Math.fma(scale, betas[channel], sum);
              dot = Math.fma(scale, gammas[channel], dot);
            }
            float slope = dot / size * s * s;
            float offset = sum / size * s;
            for (int i = 0; i < channels; i++) {
              int at = (g * channels + i) * inner;
              float scale = gamma == null ? s : s * gamma[k + i];
              RowLoops.gradient(
                  dy, dyo + at, scale, x, xo + at, centre, slope, offset, dx, at, inner);
            }
          }
        });
    Reduce.sum(gammas, 0, 1, n, c, dgamma);
    Reduce.sum(betas, 0, 1, n, c, dbeta);
  }

  /// (x - mean) · invStd · gamma + beta, with 1 for no gamma and 0 for no beta; and mean and invStd
  /// = 1 / √(variance + eps) of each of `n · groups` groups.
  public static void forward(
      double[] x,
      int xo,
      int n,
      int c,
      int inner,
      int groups,
      double @Nullable [] gamma,
      double @Nullable [] beta,
      double eps,
      double[] mean,
      double[] invStd,
      double[] out) {
    int size = c / groups * inner;
    RowNorms.forward(x, xo, n * groups, size, null, null, eps, mean, invStd, out);
    for (int i = 0; i < n * c * inner; i++) {
      int k = i / inner % c;
      double scaled = gamma == null ? out[i] : out[i] * gamma[k];
      out[i] = beta == null ? scaled : scaled + beta[k];
    }
  }

  /// The gradients of [#forward] where mean and invStd are those of x itself: with x̂ = (x - mean)
  /// · invStd and h = dy · gamma, dx = invStd · (h - Σ h / size - x̂ · Σ (h · x̂) / size), the sums
  /// over a group, dgamma = Σ dy · x̂ and dbeta = Σ dy over a channel of all examples.
  public static void backward(
      double[] x,
      int xo,
      double[] dy,
      int dyo,
      int n,
      int c,
      int inner,
      int groups,
      double[] mean,
      double[] invStd,
      double @Nullable [] gamma,
      double[] dx,
      double[] dgamma,
      double[] dbeta) {
    int size = c / groups * inner;
    for (int g = 0; g < n * groups; g++) {
      double sum = 0;
      double dot = 0;
      for (int i = g * size; i < (g + 1) * size; i++) {
        int k = i / inner % c;
        double normal = (x[xo + i] - mean[g]) * invStd[g];
        double d = dy[dyo + i];
        dgamma[k] += d * normal;
        dbeta[k] += d;
        double h = gamma == null ? d : d * gamma[k];
        sum += h;
        dot += h * normal;
      }
      for (int i = g * size; i < (g + 1) * size; i++) {
        double normal = (x[xo + i] - mean[g]) * invStd[g];
        double h = gamma == null ? dy[dyo + i] : dy[dyo + i] * gamma[i / inner % c];
        dx[i] = invStd[g] * (h - sum / size - normal * (dot / size));
      }
    }
  }
}
