// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import java.util.List;

/// The negative log likelihood of numbers under normal distributions with the mean `input` and the
/// variance `var`, but for a constant: `½ (ln v + (input − target)² / v)` with `v = max(var, eps)`.
///
/// Shapes: `input` and `target` alike, or one broadcast to the other; `var` as the input, or
/// without its last dimension or with one of size 1.
///
/// PyTorch: `torch.nn.GaussianNLLLoss`. Source: Nix and Weigend, *Estimating the Mean and Variance
/// of the Target Probability Distribution*, ICNN 1994.
public final class GaussianNLLLoss extends Module {
  private final Options options;

  /// Makes the mean loss.
  public GaussianNLLLoss() {
    this(options());
  }

  /// Makes the loss with the settings given.
  public GaussianNLLLoss(Options options) {
    this.options = options;
  }

  /// Returns PyTorch's defaults: no constant term, `eps` 1e-6, the mean.
  public static Options options() {
    return new Options(false, 1e-6, Reduction.MEAN);
  }

  /// Settings of the likelihood.
  ///
  /// @param full whether to add the constant `½ ln 2π`
  /// @param eps what the variance is held above
  /// @param reduction what to make of the element losses
  public record Options(boolean full, double eps, Reduction reduction) {
    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if `eps` is not positive and finite
    public Options {
      Check.positive("gaussianNllLoss: eps", eps);
    }

    /// Returns a copy with or without the constant term.
    public Options full(boolean value) {
      return new Options(value, eps, reduction);
    }

    /// Returns a copy with another `eps`.
    public Options eps(double value) {
      return new Options(full, value, reduction);
    }

    /// Returns a copy with another reduction.
    public Options reduction(Reduction value) {
      return new Options(full, eps, value);
    }
  }

  /// Returns the loss, running the forward hooks around it; see [F#gaussianNllLoss].
  public Tensor apply(Tensor input, Tensor target, Tensor var) {
    return call(
        List.of(input, target, var),
        in -> F.gaussianNllLoss(in.get(0), in.get(1), in.get(2), options));
  }
}
