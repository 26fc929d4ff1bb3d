// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Parameter;
import gradus.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The bilinear map `yₒ = x₁ᵀ · Wₒ · x₂ + bₒ` of two inputs.
///
/// Shapes: `x₁` is `[*, in1Features]`, `x₂` is `[*, in2Features]`, `y` is `[*, outFeatures]`,
/// `weight` is `[outFeatures, in1Features, in2Features]` and `bias` is `[outFeatures]`; both start
/// uniform in `±1/√in1Features`.
///
/// PyTorch: `torch.nn.Bilinear`.
public final class Bilinear extends Module {
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /// Makes the layer with a bias; draws weight, then bias, from [gradus.Generator#current()].
  ///
  /// @throws IllegalArgumentException if a size is not positive
  public Bilinear(int in1Features, int in2Features, int outFeatures) {
    this(in1Features, in2Features, outFeatures, true);
  }

  /// Makes the layer without a bias: PyTorch's `bias=False`.
  ///
  /// @throws IllegalArgumentException if a size is not positive
  public static Bilinear withoutBias(int in1Features, int in2Features, int outFeatures) {
    return new Bilinear(in1Features, in2Features, outFeatures, false);
  }

  private Bilinear(int in1Features, int in2Features, int outFeatures, boolean withBias) {
    Check.positive("Bilinear: in1Features", in1Features);
    Check.positive("Bilinear: in2Features", in2Features);
    Check.positive("Bilinear: outFeatures", outFeatures);
    double bound = 1 / Math.sqrt(in1Features);
    weight = new Parameter(Tensor.zeros(outFeatures, in1Features, in2Features));
    Init.uniform(-bound, bound).fill(weight);
    bias = withBias ? new Parameter(Tensor.zeros(outFeatures)) : null;
    if (bias != null) {
      Init.uniform(-bound, bound).fill(bias);
    }
  }

  /// Returns the weight, `[outFeatures, in1Features, in2Features]`.
  public Parameter weight() {
    return weight;
  }

  /// Returns the bias, `[outFeatures]`, or null.
  public @Nullable Parameter bias() {
    return bias;
  }

  /// Returns the output for `x1` and `x2`, running the forward hooks.
  ///
  /// @throws IllegalArgumentException if sizes or dtypes do not match
  public Tensor apply(Tensor x1, Tensor x2) {
    return call(List.of(x1, x2), in -> F.bilinear(in.get(0), in.get(1), weight, bias));
  }

  @Override
  protected String extraRepr() {
    return "in1_features=%s, in2_features=%s, out_features=%s, bias=%s"
        .formatted(weight.size(1), weight.size(2), weight.size(0), Repr.of(bias != null));
  }
}
