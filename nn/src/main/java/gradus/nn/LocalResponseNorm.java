// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Divides each element by what its neighbours in other channels (dimension 1) have: `x / (k +
/// alpha / size · Σ x²)^beta`, where the sum is over `size` channels, `size / 2` of them before.
///
/// Shapes: `x` is `[N, C, *]`, and `y` too.
///
/// PyTorch: `torch.nn.LocalResponseNorm`. Source: Krizhevsky et al., *ImageNet Classification with
/// Deep Convolutional Neural Networks*, NeurIPS 2012.
public final class LocalResponseNorm extends Layer {
  private final int size;
  private final Options options;

  /// Makes the layer for neighbourhoods of `size` channels, with PyTorch's defaults.
  ///
  /// @throws IllegalArgumentException if the size is not positive
  public LocalResponseNorm(int size) {
    this(size, options());
  }

  /// Makes the layer for neighbourhoods of `size` channels.
  ///
  /// @throws IllegalArgumentException if the size is not positive
  public LocalResponseNorm(int size, Options options) {
    Check.positive("localResponseNorm: size", size);
    this.size = size;
    this.options = options;
  }

  /// Returns PyTorch's defaults: `alpha` 1e-4, `beta` 0.75, `k` 1.
  public static Options options() {
    return new Options(1e-4, 0.75, 1);
  }

  /// Settings of local response normalisation.
  ///
  /// @param alpha the factor of the neighbours' mean square
  /// @param beta the power of the divisor
  /// @param k what the divisor is with neighbours of 0
  public record Options(double alpha, double beta, double k) {
    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if one is not finite
    public Options {
      Check.finite("localResponseNorm: alpha", alpha);
      Check.finite("localResponseNorm: beta", beta);
      Check.finite("localResponseNorm: k", k);
    }

    /// Returns a copy with another factor of the neighbours' mean square.
    public Options alpha(double value) {
      return new Options(value, beta, k);
    }

    /// Returns a copy with another power.
    public Options beta(double value) {
      return new Options(alpha, value, k);
    }

    /// Returns a copy with another `k`.
    public Options k(double value) {
      return new Options(alpha, beta, value);
    }
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.localResponseNorm(x, size, options);
  }

  @Override
  protected String extraRepr() {
    return "%s, alpha=%s, beta=%s, k=%s"
        .formatted(size, Repr.of(options.alpha()), Repr.of(options.beta()), Repr.of(options.k()));
  }
}
