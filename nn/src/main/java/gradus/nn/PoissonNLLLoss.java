// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// The negative log likelihood of counts under a Poisson distribution, but for a constant: `e^input
/// − target · input` for an input that is the logarithm of the mean, else `input − target ·
/// ln(input + eps)`.
///
/// Shapes: `input` and `target` alike, or one broadcast to the other.
///
/// PyTorch: `torch.nn.PoissonNLLLoss`.
public final class PoissonNLLLoss extends Loss {
  private final Options options;

  /// Makes the mean loss of the logarithms of means.
  public PoissonNLLLoss() {
    this(options());
  }

  /// Makes the loss with the settings given.
  public PoissonNLLLoss(Options options) {
    this.options = options;
  }

  /// Returns PyTorch's defaults: an input of logarithms, no constant term, `eps` 1e-8, the mean.
  public static Options options() {
    return new Options(true, false, 1e-8, Reduction.MEAN);
  }

  /// Settings of the likelihood.
  ///
  /// @param logInput whether the input is the logarithm of the mean
  /// @param full whether to add Stirling's approximation of `ln target!`, for targets above 1
  /// @param eps added to a mean, for the logarithm
  /// @param reduction what to make of the element losses
  public record Options(boolean logInput, boolean full, double eps, Reduction reduction) {
    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if `eps` is negative or not finite
    public Options {
      Check.nonNegative("poissonNllLoss: eps", eps);
    }

    /// Returns a copy whose input is the logarithm of the mean, or not.
    public Options logInput(boolean value) {
      return new Options(value, full, eps, reduction);
    }

    /// Returns a copy with or without the constant term.
    public Options full(boolean value) {
      return new Options(logInput, value, eps, reduction);
    }

    /// Returns a copy with another `eps`.
    public Options eps(double value) {
      return new Options(logInput, full, value, reduction);
    }

    /// Returns a copy with another reduction.
    public Options reduction(Reduction value) {
      return new Options(logInput, full, eps, value);
    }
  }

  @Override
  protected Tensor forward(Tensor input, Tensor target) {
    return F.poissonNllLoss(input, target, options);
  }
}
