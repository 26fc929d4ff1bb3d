// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Parameter;
import gradus.Tensor;
import org.jspecify.annotations.Nullable;

/// The affine map `y = x · Wᵀ + b`.
///
/// Shapes: `x` is `[*, inFeatures]`, `y` is `[*, outFeatures]`, `weight` is `[outFeatures,
/// inFeatures]` and `bias` is `[outFeatures]`; both start uniform in `±1/√inFeatures`, as float32.
///
/// PyTorch: `torch.nn.Linear`.
public final class Linear extends Layer {
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /// Makes the layer with a bias; draws weight, then bias, from [gradus.Generator#current()].
  ///
  /// @throws IllegalArgumentException if a size is not positive
  public Linear(int inFeatures, int outFeatures) {
    this(inFeatures, outFeatures, true);
  }

  /// Makes the layer without a bias: PyTorch's `bias=False`.
  ///
  /// @throws IllegalArgumentException if a size is not positive
  public static Linear withoutBias(int inFeatures, int outFeatures) {
    return new Linear(inFeatures, outFeatures, false);
  }

  private Linear(int inFeatures, int outFeatures, boolean withBias) {
    Check.positive("Linear: inFeatures", inFeatures);
    Check.positive("Linear: outFeatures", outFeatures);
    weight = new Parameter(Tensor.zeros(outFeatures, inFeatures));
    Init.kaimingUniform().a(Math.sqrt(5)).fill(weight);
    bias = withBias ? new Parameter(Tensor.zeros(outFeatures)) : null;
    if (bias != null) {
      double bound = 1 / Math.sqrt(inFeatures);
      Init.uniform(-bound, bound).fill(bias);
    }
  }

  /// Returns the weight, `[outFeatures, inFeatures]`.
  public Parameter weight() {
    return weight;
  }

  /// Returns the bias, `[outFeatures]`, or null.
  public @Nullable Parameter bias() {
    return bias;
  }

  /// Returns the size of the last dimension of the input.
  public int inFeatures() {
    return weight.size(1);
  }

  /// Returns the size of the last dimension of the output.
  public int outFeatures() {
    return weight.size(0);
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.linear(x, weight, bias);
  }

  @Override
  protected String extraRepr() {
    return "in_features=%s, out_features=%s, bias=%s"
        .formatted(inFeatures(), outFeatures(), Repr.of(bias != null));
  }
}
