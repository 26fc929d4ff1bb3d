// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Generator;
import gradus.Tensor;
import gradus.internal.Raw;
import java.util.Arrays;

/// The dropouts of [F]: what differs is the shape of the noise and what a dropped value becomes.
final class Dropouts {
  /// The lower limit of SELU, negated: its scale times its alpha.
  private static final double SELU_LIMIT = 1.7580993408473766;

  private Dropouts() {}

  /// Zeroes where a noise of shape `noise` says so, and scales the rest by `1 / (1 − p)`.
  static Tensor zeroing(String op, Tensor x, double p, int[] noise, Generator generator) {
    check(op, x, p);
    if (p == 0) {
      return x;
    }
    if (p == 1) {
      return x.mul(0);
    }
    Tensor mask = generator.dropoutMask(x.dtype(), p, noise);
    Tensor y = x.mul(mask);
    Raw.giveBack(mask);
    return y;
  }

  /// Sets to SELU's lower limit where a noise of shape `noise` says so, and restores the variance
  /// by the factor `a` and the mean by a shift.
  static Tensor alpha(String op, Tensor x, double p, int[] noise, Generator generator) {
    check(op, x, p);
    if (p == 0) {
      return x;
    }
    if (p == 1) {
      return x.mul(0);
    }
    double a = 1 / Math.sqrt((SELU_LIMIT * SELU_LIMIT * p + 1) * (1 - p));
    Tensor kept = generator.bernoulli(1 - p, noise).to(x.dtype());
    Tensor shift = kept.sub(1 - p).mul(SELU_LIMIT * a);
    return x.mul(kept.mul(a)).add(shift);
  }

  /// Returns the shape of a noise that is one per channel, the dimension `channels`.
  static int[] perChannel(Tensor x, int channels) {
    int[] noise = x.shape().toArray();
    Arrays.fill(noise, channels + 1, noise.length, 1);
    return noise;
  }

  private static void check(String op, Tensor x, double p) {
    Check.unit(op + ": p", p);
    Check.floating(op, "input", x);
  }
}
