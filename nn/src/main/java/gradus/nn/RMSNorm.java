// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Parameter;
import gradus.Shape;
import gradus.Tensor;
import org.jspecify.annotations.Nullable;

/// Root mean square normalisation of the last dimensions of each example alone: `y = x / √(mean of
/// x² + eps) · weight`. Without a mean to subtract it does less than [LayerNorm], and often as
/// well.
///
/// Shapes: `x` is `[*, normalizedShape…]`, and `y` too. State, of the normalized shape: the
/// parameter `weight` (ones), unless options say otherwise.
///
/// PyTorch: `torch.nn.RMSNorm`. Source: Zhang and Sennrich, *Root Mean Square Layer Normalization*,
/// NeurIPS 2019.
public final class RMSNorm extends Layer {
  private final Shape normalizedShape;
  private final Options options;
  private final @Nullable Parameter weight;

  /// Makes the layer for the sizes of the last dimensions, with PyTorch's defaults.
  ///
  /// @throws IllegalArgumentException if no size is given or one is not positive
  public RMSNorm(int... normalizedShape) {
    this(Shape.of(normalizedShape), options());
  }

  /// Makes the layer for the sizes of the last dimensions.
  ///
  /// @throws IllegalArgumentException if no size is given or one is not positive
  public RMSNorm(Shape normalizedShape, Options options) {
    Check.normalizedShape("RMSNorm", normalizedShape);
    this.normalizedShape = normalizedShape;
    this.options = options;
    weight =
        options.elementwiseAffine() ? new Parameter(Tensor.ones(normalizedShape.toArray())) : null;
  }

  /// Returns PyTorch's defaults: the `eps` of the dtype, a weight.
  public static Options options() {
    return new Options(null, true);
  }

  /// Settings of root mean square normalisation.
  ///
  /// @param eps added to the mean square, or null for the distance from 1 to the next number of the
  ///   input's dtype: 2⁻²³ or 2⁻⁵²
  /// @param elementwiseAffine whether to learn a weight
  public record Options(@Nullable Double eps, boolean elementwiseAffine) {
    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if `eps` is negative or not finite
    public Options {
      if (eps != null) {
        Check.nonNegative("rmsNorm: eps", eps);
      }
    }

    /// Returns a copy with another `eps`; null for that of the dtype.
    public Options eps(@Nullable Double value) {
      return new Options(value, elementwiseAffine);
    }

    /// Returns a copy with or without a weight.
    public Options elementwiseAffine(boolean value) {
      return new Options(eps, value);
    }
  }

  @Override
  protected Tensor forward(Tensor x) {
    Double eps = options.eps();
    return eps == null
        ? F.rmsNorm(x, normalizedShape, weight)
        : F.rmsNorm(x, normalizedShape, weight, eps);
  }

  @Override
  protected String extraRepr() {
    Double eps = options.eps();
    return "%s, eps=%s, elementwise_affine=%s"
        .formatted(
            Repr.of(normalizedShape),
            eps == null ? "None" : Repr.of(eps),
            Repr.of(options.elementwiseAffine()));
  }
}
