// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Parameter;
import gradus.Shape;
import gradus.Tensor;
import org.jspecify.annotations.Nullable;

/// Layer normalisation of the last dimensions of each example alone: `y = (x − mean) / √(var + eps)
/// · weight + bias`, with the biased variance.
///
/// Shapes: `x` is `[*, normalizedShape…]`, and `y` too. State, of the normalized shape: parameters
/// `weight` (ones) and `bias` (zeros), unless options say otherwise.
///
/// PyTorch: `torch.nn.LayerNorm`. Source: Ba et al., *Layer Normalization*, 2016.
public final class LayerNorm extends Layer {
  private final Shape normalizedShape;
  private final Options options;
  private final @Nullable Parameter weight;
  private final @Nullable Parameter bias;

  /// Makes the layer for the sizes of the last dimensions, with PyTorch's defaults.
  ///
  /// @throws IllegalArgumentException if no size is given or one is not positive
  public LayerNorm(int... normalizedShape) {
    this(Shape.of(normalizedShape), options());
  }

  /// Makes the layer for the sizes of the last dimensions.
  ///
  /// @throws IllegalArgumentException if no size is given or one is not positive
  public LayerNorm(Shape normalizedShape, Options options) {
    Check.normalizedShape("LayerNorm", normalizedShape);
    this.normalizedShape = normalizedShape;
    this.options = options;
    int[] sizes = normalizedShape.toArray();
    boolean affine = options.elementwiseAffine();
    weight = affine ? new Parameter(Tensor.ones(sizes)) : null;
    bias = affine && options.bias() ? new Parameter(Tensor.zeros(sizes)) : null;
  }

  /// Returns PyTorch's defaults: `eps` 1e-5, a weight and a bias.
  public static Options options() {
    return new Options(1e-5, true, true);
  }

  /// Settings of layer normalisation.
  ///
  /// @param eps added to the variance
  /// @param elementwiseAffine whether to learn a weight, and a bias if wanted
  /// @param bias whether to learn a bias beside the weight
  public record Options(double eps, boolean elementwiseAffine, boolean bias) {
    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if `eps` is negative or not finite
    public Options {
      Check.nonNegative("layerNorm: eps", eps);
    }

    /// Returns a copy with another `eps`.
    public Options eps(double value) {
      return new Options(value, elementwiseAffine, bias);
    }

    /// Returns a copy with or without weight and bias.
    public Options elementwiseAffine(boolean value) {
      return new Options(eps, value, bias);
    }

    /// Returns a copy with or without a bias beside the weight.
    public Options bias(boolean value) {
      return new Options(eps, elementwiseAffine, value);
    }
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.layerNorm(x, normalizedShape, weight, bias, options.eps());
  }

  @Override
  protected String extraRepr() {
    return "%s, eps=%s, elementwise_affine=%s"
        .formatted(
            Repr.of(normalizedShape), Repr.of(options.eps()), Repr.of(options.elementwiseAffine()));
  }
}
